import { useState } from "react";
import { useParams } from "react-router-dom";
import { post, withQuery } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Book, BookNumber, UnopenedBook } from "@/api/types";
import { showInstant } from "@/base/dates";
import { readInteger, showInteger } from "@/base/numbers";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Confirm } from "@/ui/Confirm";
import { Button } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { FieldBox } from "@/ui/FieldBox";
import { ReadInput, TextInput } from "@/ui/inputs";
import { SelectInput } from "@/ui/SelectInput";
import { Empty, State } from "@/ui/Panel";
import { useRegister } from "./calls";
import { closing } from "./closing";
import "./books.css";

type Doing = { what: "reserve" | "cancel" | "close"; book: Book } | null;

/** A book's label begins with its register's title where there are several: "Văn bản đến – Giấy mời" is the book of invitations. */
export const bookName = (label: string, register = ""): string => t("books.name", { name: label.startsWith(`${register} – `) ? label.slice(register.length + 3) : label });

/** The number books of a register: last number, gaps, what is held, reserved and cancelled, closing the year. */
export function BooksPage() {
  const { register: code = "" } = useParams();
  const { session } = useSigned();
  const thisYear = Number(session.server.today.slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const register = useRegister(code);
  const books = useGet<Book[]>(withQuery(`/registers/${code}/books`, { year }));
  const mayOpen = session.permissions.includes("number_books") && year === thisYear;
  const unopened = useGet<UnopenedBook[]>(mayOpen ? `/registers/${code}/books/unopened` : null);
  const [opening, setOpening] = useState<UnopenedBook | null>(null);
  const [doing, setDoing] = useState<Doing>(null);
  const years = Array.from({ length: 6 }, (_, back) => String(thisYear - back));
  return (
    <Page
      title={t("books.of", { register: register.data?.title ?? "" })}
      actions={
        <span style={{ width: 120 }}>
          <SelectInput value={String(year)} onChange={(chosen) => chosen && setYear(Number(chosen))} clear={false} label={t("books.year")} options={years.map((each) => ({ value: each, label: each }))} />
        </span>
      }
    >
      <State of={books} empty={<Empty title={t("books.none", { year })}>{t("books.none_help")}</Empty>}>
        {(all) => (
          <div className="books">
            {all.map((book) => (
              <section key={book.book} className="book">
                <div className="row wrap">
                  <h2 className="grow">{bookName(book.label, register.data?.title)}</h2>
                  {book.closed_at ? (
                    <Badge tone="grey">{t("books.closed", { at: showInstant(book.closed_at) })}</Badge>
                  ) : (
                    <>
                      <Button size="small" onClick={() => setDoing({ what: "reserve", book })}>{t("books.reserve")}</Button>
                      <Button size="small" onClick={() => setDoing({ what: "cancel", book })}>{t("books.cancel")}</Button>
                      {closing(book.year, thisYear) === "now" && <Button size="small" look="danger" onClick={() => setDoing({ what: "close", book })}>{t("books.close")}</Button>}
                      {closing(book.year, thisYear) === "later" && <span className="quiet small">{t("books.close_from", { year: book.year + 1 })}</span>}
                    </>
                  )}
                </div>
                <dl className="facts">
                  <dt>{t("books.last")}</dt>
                  <dd className="number strong">{book.last}</dd>
                  <Numbers label={t("books.gaps")} numbers={book.gaps} none={t("books.no_gaps")} />
                  <Numbers label={t("books.held")} numbers={book.held} none={t("books.no_numbers")} />
                  <Numbers label={t("books.reserved")} numbers={book.reserved} none={t("books.no_numbers")} />
                  <dt>{t("books.cancelled")}</dt>
                  <dd>
                    {book.cancelled.length === 0 && <span className="quiet">{t("books.no_numbers")}</span>}
                    {book.cancelled.map((each) => (
                      <div key={each.number}>
                        <span className="number strong">{each.number}</span>: {each.reason} <span className="quiet small">{[each.by, showInstant(each.at)].filter(Boolean).join(", ")}</span>
                      </div>
                    ))}
                  </dd>
                </dl>
              </section>
            ))}
          </div>
        )}
      </State>
      {mayOpen && !!unopened.data?.length && (
        <section className="books unopened" aria-label={t("books.unopened")}>
          <h2>{t("books.unopened")}</h2>
          <div className="quiet small">{t("books.unopened_help")}</div>
          {unopened.data.map((book) => (
            <div key={book.part} className="row wrap">
              <span className="grow">{bookName(book.label, register.data?.title)}</span>
              <Button size="small" onClick={() => setOpening(book)}>{t("books.open")}</Button>
            </div>
          ))}
        </section>
      )}
      {opening && <OpenDialog register={code} title={register.data?.title} book={opening} close={() => setOpening(null)} />}
      {doing && <BookDialog register={code} title={register.data?.title} doing={doing} close={() => setDoing(null)} />}
    </Page>
  );
}

function Numbers({ label, numbers, none }: { label: string; numbers: BookNumber[]; none: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="number">{numbers.length ? numbers.map((each) => (each.reason ? `${each.number} (${each.reason})` : each.number)).join(", ") : <span className="quiet">{none}</span>}</dd>
    </>
  );
}

function OpenDialog({ register, title, book, close }: { register: string; title?: string; book: UnopenedBook; close: () => void }) {
  const [first, setFirst] = useState<number | null>(1);
  const run = useDo(
    () => post(`/registers/${register}/books`, { part: book.part, first }),
    () => {
      cache.invalidate(`/registers/${register}/books`);
      close();
    },
  );
  return (
    <Dialog title={t("books.open")} close={close} act={() => void run.run()} running={run.running} blocked={!first || first < 1} error={run.error} actLabel={t("books.open")} width={440}>
      <div className="quiet">{book.year ? `${bookName(book.label, title)}, ${book.year}` : bookName(book.label, title)}</div>
      <FieldBox label={t("books.first")} required error={run.error?.fields.first} help={t("books.first_help")}>
        {(id) => <ReadInput<number> id={id} value={first} onChange={setFirst} read={readInteger} show={showInteger} />}
      </FieldBox>
    </Dialog>
  );
}

function BookDialog({ register, title, doing, close }: { register: string; title?: string; doing: NonNullable<Doing>; close: () => void }) {
  const { what, book } = doing;
  const [count, setCount] = useState<number | null>(1);
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const path = `/registers/${register}/books/${book.book}`;
  const run = useDo(
    () => {
      if (what === "reserve") return post(`${path}/reservations`, { count, reason: reason.trim() });
      if (what === "cancel") return post(`${path}/cancellations`, { number: readInteger(number) ?? number, reason: reason.trim() });
      return post(`${path}/closing`);
    },
    () => {
      cache.invalidate(`/registers/${register}/books`);
      close();
    },
  );
  if (what === "close") return <Confirm title={t("books.close")} text={t("books.close_text", { book: bookName(book.label, title), year: book.year, last: book.last })} actLabel={t("books.close")} danger running={run.running} error={run.error} close={close} act={() => void run.run()} />;
  const blocked = !reason.trim() || (what === "reserve" ? !count || count < 1 : !number.trim());
  return (
    <Dialog title={what === "reserve" ? t("books.reserve") : t("books.cancel")} close={close} act={() => void run.run()} running={run.running} blocked={blocked} error={run.error} danger={what === "cancel"} actLabel={what === "reserve" ? t("books.reserve") : t("books.cancel")} width={440}>
      <div className="quiet">{bookName(book.label, title)}, {book.year}</div>
      {what === "reserve" ? (
        <FieldBox label={t("books.count")} required error={run.error?.fields.count} help={t("books.count_help", { first: showInteger(Math.max(book.last + 1, book.first)) })}>
          {(id) => <ReadInput<number> id={id} value={count} onChange={setCount} read={readInteger} show={showInteger} />}
        </FieldBox>
      ) : (
        <FieldBox label={t("books.number")} required error={run.error?.fields.number} help={t("books.number_help")}>
          {(id) => <TextInput id={id} value={number} onChange={setNumber} />}
        </FieldBox>
      )}
      <FieldBox label={t("ui.reason")} required error={run.error?.fields.reason}>
        {(id) => <TextInput id={id} value={reason} onChange={setReason} />}
      </FieldBox>
    </Dialog>
  );
}
