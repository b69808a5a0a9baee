import { useEffect, useState } from "react";
import { contentOf } from "@/api/files";
import type { RecordFile } from "@/api/types";
import { t } from "@/texts";
import { Empty } from "../Panel";
import { Waiting } from "../Waiting";

/** How much of a long text is shown; the rest is read after a download. */
const shown = 200_000;

/** A text file as it is, a paragraph a line. */
export function TextPage({ file, zoom }: { file: Pick<RecordFile, "file" | "name">; zoom: number | "width" }) {
  const [text, setText] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    fetch(contentOf(file.file), { signal: leaving.signal, credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then(setText)
      .catch(() => !leaving.signal.aborted && setFailed(true));
    return () => leaving.abort();
  }, [file.file]);
  return (
    <div className="paper-scroll" tabIndex={0} role="region" aria-label={file.name}>
      {failed && <Empty title={t("pdf.no_picture")}>{t("pdf.no_picture_help")}</Empty>}
      {text === undefined && !failed && <Waiting what={t("pdf.opening")} />}
      {text !== undefined && (
        <div className="sheet text" style={{ fontSize: `${14 * (zoom === "width" ? 1 : zoom)}px` }}>
          {text.slice(0, shown)}
          {text.length > shown && <p className="quiet">{t("pdf.text_cut")}</p>}
        </div>
      )}
    </div>
  );
}
