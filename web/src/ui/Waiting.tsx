import { useEffect, useState } from "react";
import { t } from "@/texts";

/** Nothing for 0.3 s, then that it is working, after 3 s how far: a share where known, else the seconds. */
export function Waiting({ share, what }: { share?: number; what?: string }) {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const clock = setInterval(() => setElapsed(Date.now() - began), 300);
    return () => clearInterval(clock);
  }, []);
  if (elapsed < 300) return <div className="waiting" aria-hidden="true" />;
  const far = share !== undefined ? `${Math.round(share * 100)} %` : elapsed >= 3000 ? t("ui.seconds", { seconds: Math.floor(elapsed / 1000) }) : "";
  return (
    <div className="waiting" role="status">
      <span className="turn" aria-hidden="true" />
      <span className="grow">
        {what ?? t("ui.working")} {far}
        {share !== undefined && (
          <span className="bar" aria-hidden="true">
            <i style={{ width: `${share * 100}%` }} />
          </span>
        )}
      </span>
    </div>
  );
}
