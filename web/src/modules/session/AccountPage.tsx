import { remove } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import { useSigned } from "@/api/session";
import type { AccountSession } from "@/api/types";
import { showAgent } from "@/base/agent";
import { showInstant } from "@/base/dates";
import { Page } from "@/frame/Page";
import { t } from "@/texts";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { Panel } from "@/ui/Panel";
import { toast } from "@/ui/toast";
import { PasswordForm } from "./PasswordForm";
import "./session.css";

export function AccountPage() {
  const { session } = useSigned();
  const sessions = useGet<AccountSession[]>("/account/sessions");
  const end = useDo((id: string | number) => remove(`/account/sessions/${id}`), () => cache.invalidate("/account/sessions"));
  return (
    <Page title={t("account.title")}>
      <div className="account">
        <Panel title={t("password.change")}>
          <PasswordForm after={() => toast.done(t("password.changed"))} />
        </Panel>
        <Panel title={t("account.sessions")} state={sessions} empty={t("account.no_sessions")}>
          <p className="quiet">{t("account.sessions_help", { login: session.account.login })}</p>
          <Fault error={end.error} />
          <ul className="cards">
            {sessions.data?.map((each) => (
              <li key={each.id}>
                <div>
                  <div className="row">
                    <span className="grow strong">{showAgent(each.agent)}</span>
                    {each.current ? (
                      <Badge tone="green">{t("account.current")}</Badge>
                    ) : (
                      <Button size="small" onClick={() => void end.run(each.id)}>
                        {t("account.end")}
                      </Button>
                    )}
                  </div>
                  <div className="quiet small" title={each.agent}>{t("account.address", { address: each.address })}</div>
                  <div className="quiet small number">{t("account.seen", { from: showInstant(each.created_at), to: showInstant(each.last_seen_at) })}</div>
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </Page>
  );
}
