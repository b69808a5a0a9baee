import type { ReactNode } from "react";
import { Link } from "react-router-dom";
import type { ApiError } from "@/api/error";
import type { Loaded } from "@/api/hooks";
import { t } from "@/texts";
import { Fault } from "./Fault";
import { Waiting } from "./Waiting";

/** Waiting, error with retry, empty or content: the same everywhere. */
export function State<T>({ of, empty, isEmpty, children }: { of: Loaded<T>; empty?: ReactNode; isEmpty?: boolean; children: (data: T) => ReactNode }) {
  if (of.error && (of.error.status === 404 || of.error.status === 403)) return <Unseen error={of.error} />;
  if (of.data === undefined) return of.error ? <div style={{ padding: 12 }}><Fault error={of.error} retry={of.retry} /></div> : <Waiting />;
  const none = isEmpty ?? (Array.isArray(of.data) && of.data.length === 0);
  return (
    <>
      {of.error && <Fault error={of.error} retry={of.retry} />}
      {none && empty ? empty : children(of.data)}
    </>
  );
}

/** Not there, or not for this post: trying again would not help, going on does. */
function Unseen({ error }: { error: ApiError }) {
  return (
    <Empty title={error.status === 403 ? t("state.forbidden") : t("state.not_found")} action={<Link to="/inbox">{t("frame.to_inbox")}</Link>}>
      {error.message} {t("state.unseen_help")}
    </Empty>
  );
}

interface Props<T> {
  title?: ReactNode;
  action?: ReactNode;
  state?: Loaded<T>;
  empty?: ReactNode;
  isEmpty?: boolean;
  children: ReactNode;
  className?: string;
}

export function Panel<T>({ title, action, state, empty, isEmpty, children, className }: Props<T>) {
  const said = typeof empty === "string" ? <Empty>{empty}</Empty> : empty;
  return (
    <section className={`panel ${className ?? ""}`}>
      {(title || action) && (
        <header>
          <h2>{title}</h2>
          {action}
        </header>
      )}
      {state ? <State of={state} empty={said} isEmpty={isEmpty}>{() => children}</State> : children}
    </section>
  );
}

/** What will appear here and how to make the first. */
export function Empty({ title, children, action }: { title?: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="notice centre">
      {title && <h3>{title}</h3>}
      <div>{children}</div>
      {action}
    </div>
  );
}
