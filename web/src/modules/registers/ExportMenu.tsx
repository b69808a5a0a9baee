import { useState } from "react";
import { withQuery } from "@/api/client";
import { download } from "@/api/download";
import { ApiError } from "@/api/error";
import { t } from "@/texts";
import { Button, Dropdown } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { DownloadOutlined, DownOutlined } from "@/ui/icons";

const formats = ["csv", "xlsx", "pdf"] as const;

/** The list as a file: what the list shows now, all of it. A long one is made while the button turns; what can't be made says why. */
export function ExportMenu({ register, query }: { register: string; query: Record<string, string | null | undefined> }) {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<ApiError>();
  const run = async (format: string) => {
    setRunning(true);
    try {
      await download(withQuery(`/registers/${register}/export`, { format, ...query }));
    } catch (failed) {
      if (!(failed instanceof ApiError)) throw failed;
      setError(failed);
    } finally {
      setRunning(false);
    }
  };
  const items = formats.map((format) => ({ key: format, label: t(`registers.export.${format}`), onClick: () => void run(format) }));
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]}>
        <Button icon={<DownloadOutlined />} loading={running}>
          {t("registers.export")} <DownOutlined aria-hidden="true" style={{ fontSize: 10 }} />
        </Button>
      </Dropdown>
      <Dialog title={t("registers.export")} open={error !== undefined} close={() => setError(undefined)} error={error}>
        {t("registers.export.failed")}
      </Dialog>
    </>
  );
}
