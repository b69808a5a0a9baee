import { useEffect, useMemo, useRef, type ReactNode } from "react";
import { Link, useNavigate } from "react-router-dom";
import type { Pages } from "@/api/hooks";
import { usePreferences } from "@/api/preferences";
import { useKeys } from "@/base/keys";
import { showCount, showInteger } from "@/base/numbers";
import { t } from "@/texts";
import { Button, Checkbox } from "./controls";
import { ColumnChoice } from "./ColumnChoice";
import { useNarrow } from "./narrow";
import { State } from "./Panel";

export interface Column<T> {
  code: string;
  label: string;
  render: (row: T) => ReactNode;
  /** A quieter line below, outside the link. */
  under?: (row: T) => ReactNode;
  width?: number | string;
  right?: boolean;
  nowrap?: boolean;
  /** The name `order` knows it by; absent: can't be ordered by. */
  order?: string;
  /** Not shown until chosen. */
  optional?: boolean;
}

export type Key = string | number;

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: Pages<T>;
  rowKey: (row: T) => Key;
  href?: (row: T) => string;
  /** Which column holds the link; the first by default. */
  linked?: string;
  current?: Key | null;
  onCurrent?: (row: T) => void;
  onOpen?: (row: T) => void;
  unseen?: (row: T) => boolean;
  selected?: Set<Key>;
  onSelected?: (keys: Set<Key>) => void;
  strip?: ReactNode;
  result?: (row: T) => ReactNode;
  order?: string;
  onOrder?: (order: string) => void;
  empty: ReactNode;
  /** Name under which the chosen columns are remembered. */
  remember?: string;
  card?: (row: T) => ReactNode;
  /** Columns share the width by their numbers; one without a number is the widest. */
  fixed?: boolean;
}

/** A compact table read by key: J K move, Enter opens, X ticks. On a phone the rows are cards. */
export function DataList<T>(props: Props<T>) {
  const { rows, rowKey, href, onOpen, onCurrent, current, selected, onSelected } = props;
  const narrow = useNarrow();
  const navigate = useNavigate();
  const items = useMemo(() => rows.data ?? [], [rows.data]);
  const index = items.findIndex((row) => rowKey(row) === current);

  const move = (by: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, index < 0 ? 0 : index + by))];
    if (next) onCurrent?.(next);
    if (by > 0 && index + by >= items.length - 3) rows.loadMore();
  };
  const open = (row: T) => (onOpen ? onOpen(row) : href && navigate(href(row)));
  const tick = (row: T) => {
    if (!onSelected) return;
    const keys = new Set(selected);
    if (!keys.delete(rowKey(row))) keys.add(rowKey(row));
    onSelected(keys);
  };
  const here = items[index];
  useKeys({
    j: onCurrent && (() => move(1)),
    k: onCurrent && (() => move(-1)),
    Enter: here && (() => open(here)),
    x: here && onSelected && (() => tick(here)),
  });

  return (
    <div className="list fill">
      {selected && selected.size > 0 && (
        <div className="list-strip">
          <span className="strong">{t("list.selected", { count: selected.size })}</span>
          {props.strip}
          <span className="grow" />
          <Button size="small" look="quiet" onClick={() => onSelected?.(new Set())}>
            {t("list.clear_selection")}
          </Button>
        </div>
      )}
      <State of={rows} isEmpty={items.length === 0} empty={props.empty}>
        {() => (
          <>
            <div className="list-scroll" tabIndex={0} role="region" aria-label={props.label}>
              {narrow && props.card ? <Cards {...props} items={items} card={props.card} open={open} /> : <Table {...props} items={items} tick={tick} open={open} />}
            </div>
            <Foot rows={rows} shown={items.length} />
          </>
        )}
      </State>
    </div>
  );
}

function Foot<T>({ rows, shown }: { rows: Pages<T>; shown: number }) {
  const total = rows.count ?? (rows.more ? undefined : { number: shown, more: false });
  return (
    <div className="list-foot">
      <span className="number">{total ? t("list.shown_of", { shown: showInteger(shown), total: showCount(total) }) : t("list.shown", { shown: showInteger(shown) })}</span>
      {rows.more && (
        <Button size="small" onClick={rows.loadMore} loading={rows.loadingMore}>
          {t("list.more")}
        </Button>
      )}
    </div>
  );
}

function Cards<T>({ items, rowKey, href, card, unseen, onCurrent, open }: Props<T> & { items: T[]; card: (row: T) => ReactNode; open: (row: T) => void }) {
  return (
    <ul className="cards">
      {items.map((row) => (
        <li key={rowKey(row)} className={unseen?.(row) ? "unseen" : undefined}>
          {href ? (
            <Link to={href(row)} onClick={() => onCurrent?.(row)}>
              {card(row)}
            </Link>
          ) : (
            <button type="button" onClick={() => { onCurrent?.(row); open(row); }}>
              {card(row)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The columns shown: those chosen before, else all that are not optional. */
export function useColumns<T>(columns: Column<T>[], remember?: string): { shown: Column<T>[]; choose: (codes: string[] | null) => void } {
  const [preferences, change] = usePreferences();
  const chosen = remember ? preferences.columns?.[remember] : undefined;
  const shown = chosen ? columns.filter((column) => chosen.includes(column.code)) : columns.filter((column) => !column.optional);
  const choose = (codes: string[] | null) => {
    const others = { ...preferences.columns };
    if (codes) others[remember ?? ""] = codes;
    else delete others[remember ?? ""];
    change({ columns: others });
  };
  return { shown: shown.length ? shown : columns, choose };
}

function Table<T>({ items, columns, rowKey, href, linked, current, onCurrent, unseen, selected, onSelected, result, order, onOrder, remember, label, fixed, tick, open }: Props<T> & { items: T[]; tick: (row: T) => void; open: (row: T) => void }) {
  const { shown, choose } = useColumns(columns, remember);
  const link = linked ?? shown[0]?.code;
  const all = items.length > 0 && items.every((row) => selected?.has(rowKey(row)));
  const body = useRef<HTMLTableSectionElement>(null);
  useEffect(() => {
    body.current?.querySelector("tr.current")?.scrollIntoView({ block: "nearest" });
  }, [current]);

  return (
    <table aria-label={label} className={fixed ? "fixed" : undefined} style={fixed ? { minWidth: least(shown) } : undefined}>
      <thead>
        <tr>
          {onSelected && (
            <th className="tick" scope="col">
              <Checkbox checked={all} aria-label={t("list.select_all")} onChange={() => onSelected(all ? new Set() : new Set(items.map(rowKey)))} />
            </th>
          )}
          {shown.map((column) => (
            <th key={column.code} scope="col" style={{ width: fixed ? shareOf(column, shown) : column.width }} className={column.right ? "right" : undefined} aria-sort={sorted(column, order)}>
              {column.order && onOrder ? (
                <button type="button" onClick={() => onOrder(order === column.order ? `-${column.order}` : column.order!)}>
                  {column.label} <span aria-hidden="true">{arrow(column, order)}</span>
                </button>
              ) : (
                column.label
              )}
            </th>
          ))}
          {result && <th scope="col" style={{ width: 170 }}>{t("list.result")}</th>}
          {remember && (
            <th scope="col" className="choice">
              <ColumnChoice columns={columns} shown={shown.map((column) => column.code)} choose={choose} />
            </th>
          )}
        </tr>
      </thead>
      <tbody ref={body}>
        {items.map((row) => {
          const key = rowKey(row);
          const classes = [key === current ? "current" : "", unseen?.(row) ? "unseen" : "", onCurrent || href ? "opens" : ""];
          return (
            <tr
              key={key}
              className={classes.filter(Boolean).join(" ") || undefined}
              aria-current={key === current ? "true" : undefined}
              onClick={(event) => {
                if ((event.target as HTMLElement).closest("a, button, input, label")) return;
                if (onCurrent) onCurrent(row);
                else if (href) open(row);
              }}
              onDoubleClick={() => open(row)}
            >
              {onSelected && (
                <td className="tick">
                  <Checkbox checked={selected?.has(key)} aria-label={t("list.select_row", { row: key })} onChange={() => tick(row)} />
                </td>
              )}
              {shown.map((column) => (
                <td key={column.code} className={[column.right ? "right number" : "", column.nowrap ? "nowrap" : ""].filter(Boolean).join(" ") || undefined}>
                  {column.code === link && href ? <Link to={href(row)}>{column.render(row) || t("list.untitled")}</Link> : column.render(row)}
                  {column.under?.(row)}
                </td>
              ))}
              {result && <td>{result(row)}</td>}
              {remember && <td />}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const weightOf = <T,>(column: Column<T>) => (typeof column.width === "number" ? column.width : 190);

/** Widths as shares of the table, so that columns grow and shrink together; the ticks and the column choice keep a little. */
function shareOf<T>(column: Column<T>, columns: Column<T>[]): string {
  return `${(95 * weightOf(column)) / columns.reduce((sum, each) => sum + weightOf(each), 0)}%`;
}

/** Below this a table scrolls sideways rather than break words. */
function least<T>(columns: Column<T>[]): number {
  return columns.reduce((sum, column) => sum + weightOf(column), 60) * 0.98;
}

function sorted<T>(column: Column<T>, order?: string) {
  if (!column.order) return undefined;
  if (order === column.order) return "ascending" as const;
  return order === `-${column.order}` ? ("descending" as const) : undefined;
}

function arrow<T>(column: Column<T>, order?: string) {
  const way = sorted(column, order);
  return way === "ascending" ? "▲" : way === "descending" ? "▼" : "";
}
