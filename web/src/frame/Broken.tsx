import { useRouteError } from "react-router-dom";
import { t } from "@/texts";
import { Button } from "@/ui/controls";

/** A fault of our own: say so, and start the page anew. A new version on the server shows here as a missing chunk. */
export function Broken() {
  const error = useRouteError();
  return (
    <main className="notice centre" role="alert">
      <h3>{t("frame.broken")}</h3>
      <div>{t("frame.broken_help")}</div>
      <code className="small">{error instanceof Error ? error.message : String(error)}</code>
      <Button look="primary" onClick={() => window.location.reload()}>
        {t("ui.reload")}
      </Button>
    </main>
  );
}
