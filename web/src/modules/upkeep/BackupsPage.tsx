import { useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { Backups } from "@/api/types";
import { dayOf, daysBetween, showInstant } from "@/base/dates";
import { showInteger, showSize } from "@/base/numbers";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Empty, State } from "@/ui/Panel";
import "./upkeep.css";

/** When the office was last copied, what has come since, and how a copy is made. The copy itself never comes through the browser. */
export function BackupsPage() {
  const backups = useGet<Backups>("/backups");
  return (
    <Page title={t("backups.title")} under={t("backups.help")}>
      <State of={backups}>{(state) => <Shown state={state} />}</State>
    </Page>
  );
}

function Shown({ state }: { state: Backups }) {
  const { session } = useSigned();
  const last = state.made[0];
  const age = last ? daysBetween(dayOf(last.at), session.server.today) : null;
  const entries = state.entries_since > 100_000 ? t("backups.over", { count: showInteger(100_000) }) : showInteger(state.entries_since);
  return (
    <>
      <section>
        <h2>{t("backups.last")}</h2>
        <dl className="facts" style={{ maxWidth: 720 }}>
          <dt>{t("backups.when")}</dt>
          <dd>
            {last ? showInstant(last.at) : t("backups.never")}{" "}
            {age === null ? <Badge tone="red-outline">{t("backups.none_badge")}</Badge> : age > 1 ? <Badge tone="amber">{t("backups.days", { count: String(age) })}</Badge> : <Badge tone="green">{t("backups.fresh")}</Badge>}
          </dd>
          <dt>{t(last ? "backups.since" : "backups.unsaved")}</dt>
          <dd>{t("backups.since_text", { entries, contents: showInteger(state.contents_since), size: showSize(state.bytes_since) })}</dd>
          <dt>{t("backups.kept")}</dt>
          <dd>{t("backups.kept_text", { contents: showInteger(state.contents), size: showSize(state.bytes) })}</dd>
        </dl>
      </section>
      <section>
        <h2>{t("backups.how")}</h2>
        <p>{t("backups.how_text")}</p>
        <pre className="upkeep-command" tabIndex={0}>{`congvu backup --data ${state.folder} -o /noi-luu/congvu-$(date +%F).backup`}</pre>
        <p>{t("backups.restore_text")}</p>
        <pre className="upkeep-command" tabIndex={0}>congvu restore /noi-luu/congvu-….backup --data /thu-muc-moi</pre>
        <p className="warn">{t("backups.keys")}</p>
      </section>
      <section>
        <h2>{t("backups.made")}</h2>
        {state.made.length === 0 ? (
          <Empty title={t("backups.none")}>{t("backups.none_help")}</Empty>
        ) : (
          <ul className="upkeep-list">
            {state.made.map((backup) => (
              <li key={backup.at}>
                <span className="number">{showInstant(backup.at)}</span>
                <span className="grow one-line" title={backup.file}>{backup.file}</span>
                <span className="upkeep-facts small">
                  <span>{showSize(backup.bytes)}</span>
                  <span>{t("backups.contents", { count: showInteger(backup.contents) })}</span>
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
