import { useEffect, useState, type FormEvent } from "react";
import { asError, type ApiError } from "@/api/error";
import { useSession } from "@/api/session";
import { language, speak, t } from "@/texts";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { FieldBox } from "@/ui/FieldBox";
import { TextInput } from "@/ui/inputs";
import "./session.css";

export function SignInPage() {
  const { signIn } = useSession();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<ApiError>();
  const [running, setRunning] = useState(false);
  const [spoken, setSpoken] = useState(language());
  const locked = useCountdown(error?.status === 429 ? error : undefined);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (running || locked > 0 || !login.trim() || !password) return;
    setRunning(true);
    setError(undefined);
    try {
      await signIn(login.trim(), password);
    } catch (caught) {
      setError(asError(caught));
      setPassword("");
      setRunning(false);
    }
  };

  return (
    <main className="gate">
      <div className="gate-box">
        <div>
          <h1>{t("session.product")}</h1>
          <div className="quiet">{t("session.tagline")}</div>
        </div>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <FieldBox label={t("session.login")}>
            {(id) => <TextInput id={id} value={login} onChange={setLogin} autoComplete="username" autoFocus />}
          </FieldBox>
          <FieldBox label={t("session.password")}>
            {(id) => <TextInput id={id} type="password" value={password} onChange={setPassword} autoComplete="current-password" />}
          </FieldBox>
          {error && (locked > 0 || error.status !== 429) && <Fault error={error} />}
          {locked > 0 && <div className="warn" role="status">{t("session.locked", { time: clock(locked) })}</div>}
          <Button look="primary" submit loading={running} disabled={locked > 0} size="large">
            {t("session.sign_in")}
          </Button>
        </form>
        <div className="quiet small">{t("session.forgotten")}</div>
        <div className="gate-languages">
          {(["vi", "en"] as const).map((each) => (
            <button key={each} type="button" lang={each} aria-pressed={spoken === each} onClick={() => void speak(each).then(() => setSpoken(each))}>
              {each === "vi" ? "Tiếng Việt" : "English"}
            </button>
          ))}
        </div>
      </div>
    </main>
  );
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Seconds until a locked account may be tried again. */
function useCountdown(error?: ApiError): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!error) return setLeft(0);
    const until = Date.now() + (error.retryAfter ?? 60) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const ticking = setInterval(tick, 1000);
    return () => clearInterval(ticking);
  }, [error]);
  return left;
}
