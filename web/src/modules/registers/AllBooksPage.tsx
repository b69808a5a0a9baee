import { Link } from "react-router-dom";
import { withQuery } from "@/api/client";
import { useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Book, RegisterSummary } from "@/api/types";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Empty, State } from "@/ui/Panel";
import { bookName } from "./BooksPage";
import "./books.css";

/** The books of every register for this year; each opens its page. */
export function AllBooksPage() {
  const registers = useGet<RegisterSummary[]>("/registers");
  return (
    <Page title={t("books.title")} under={t("books.all_help")}>
      <State of={registers} empty={<Empty title={t("registers.none")}>{t("registers.none_help")}</Empty>}>
        {(all) => (
          <div className="books">
            {all.filter((register) => register.may.books).map((register) => (
              <OfRegister key={register.code} register={register} />
            ))}
          </div>
        )}
      </State>
    </Page>
  );
}

function OfRegister({ register }: { register: RegisterSummary }) {
  const { session } = useSigned();
  const books = useGet<Book[]>(withQuery(`/registers/${register.code}/books`, { year: session.server.today.slice(0, 4) }));
  if (!books.error && !books.data?.length) return null;
  return (
    <section className="book">
      <h2>
        <Link to={`/registers/${register.code}/books`}>{register.title}</Link>
      </h2>
      <State of={books}>
        {(all) => (
          <dl className="facts">
            {all.map((book) => (
              <div key={book.book} style={{ display: "contents" }}>
                <dt>{bookName(book.label, register.title)}</dt>
                <dd className="number">
                  {t("books.last")}: {book.last}
                  {book.gaps.length > 0 && ` · ${t("books.gaps")}: ${book.gaps.length}`}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </State>
    </section>
  );
}
