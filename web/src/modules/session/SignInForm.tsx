import { useEffect, useState, type FormEvent } from "react";
import { asError, type ApiError } from "@/api/error";
import { useSession } from "@/api/session";
import { useKeys } from "@/base/keys";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { Fault } from "@/ui/Fault";
import { FieldBox } from "@/ui/FieldBox";
import { TextInput } from "@/ui/inputs";

/** Name and password; `known` is the name of whoever sat here until now. */
export function SignInForm({ known }: { known?: string }) {
  const { signIn } = useSession();
  const [login, setLogin] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<ApiError>();
  const [running, setRunning] = useState(false);
  const locked = useCountdown(error?.status === 429 ? error : undefined);

  const run = async () => {
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run();
  };
  useKeys({ "Ctrl+Enter": () => void run() });

  return (
    <form onSubmit={submit} className="sign-in" noValidate>
      <FieldBox label={t("session.login")}>
        {(id) => <TextInput id={id} value={login} onChange={setLogin} autoComplete="username" autoFocus={!known} />}
      </FieldBox>
      <FieldBox label={t("session.password")}>
        {(id) => <TextInput id={id} type="password" value={password} onChange={setPassword} autoComplete="current-password" autoFocus={Boolean(known)} />}
      </FieldBox>
      {error && (locked > 0 || error.status !== 429) && <Fault error={error} />}
      {locked > 0 && <div className="warn" role="status">{t("session.locked", { time: clock(locked) })}</div>}
      <Button look="primary" submit loading={running} disabled={locked > 0} size="large">
        {t("session.sign_in")}
      </Button>
    </form>
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
