import type { ApiError } from "@/api/error";
import { t } from "@/texts";
import { Fault } from "@/ui/Fault";
import "./session.css";

export function Unreachable({ error, retry }: { error: ApiError; retry: () => void }) {
  return (
    <main className="gate">
      <div className="gate-box">
        <h1>{t("session.unreachable")}</h1>
        <Fault error={error} retry={retry} />
      </div>
    </main>
  );
}
