import type { ApiError } from "@/api/error";
import { t } from "@/texts";
import { Button } from "./controls";
import { ReloadOutlined, WarningOutlined } from "./icons";

/** An error where it happened: what, the request to name to the administrator, and a way to try again. */
export function Fault({ error, retry }: { error?: ApiError | null; retry?: () => void }) {
  if (!error) return null;
  // A field is told about once: what is too long is not missing as well.
  const others = error.also.filter((fault) => fault.message !== error.message && (!fault.field || error.fields[fault.field] === fault.message));
  return (
    <div className="fault" role="alert">
      <WarningOutlined aria-hidden="true" />
      <div className="grow">
        <div>{error.message}</div>
        {others.length > 0 && (
          <ul style={{ margin: "4px 0 0", paddingLeft: 18 }}>
            {others.map((fault, index) => (
              <li key={index}>{fault.message}</li>
            ))}
          </ul>
        )}
        {error.request && <div className="small">{t("error.request", { request: error.request })}</div>}
      </div>
      {retry && (
        <Button size="small" icon={<ReloadOutlined />} onClick={retry}>
          {t("ui.retry")}
        </Button>
      )}
    </div>
  );
}
