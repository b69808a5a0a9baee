import { useSigned } from "@/api/session";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { PasswordForm } from "./PasswordForm";
import "./session.css";

/** The first password was told to somebody else: nothing opens before it is changed. */
export function FirstPasswordPage() {
  const { session, refresh, signOut } = useSigned();
  return (
    <main className="gate">
      <div className="gate-box">
        <h1>{t("password.first")}</h1>
        <div className="quiet">{t("password.first_help", { login: session.account.login })}</div>
        <PasswordForm after={() => void refresh()} />
        <Button look="quiet" onClick={() => void signOut()}>
          {t("session.sign_out")}
        </Button>
      </div>
    </main>
  );
}
