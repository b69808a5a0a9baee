import { useState } from "react";
import { downloadOf, pageOf } from "@/api/files";
import type { RecordFile } from "@/api/types";
import { t } from "@/texts";
import { Button } from "../controls";

type Shown = Pick<RecordFile, "file" | "name" | "state"> & { pages?: number | null; reason?: string | null };

/** Pages as pictures drawn by the server: for what the browser can't read. Without a page count, until one is missing. */
export function PagePictures({ file, zoom }: { file: Shown; zoom: number | "width" }) {
  const [last, setLast] = useState(file.pages ?? 1);
  const [missing, setMissing] = useState(false);
  const width = Math.round((zoom === "width" ? 1 : zoom) * 1000);
  if (missing && last <= 1) {
    return (
      <div className="notice centre">
        <h3>{t("pdf.no_picture")}</h3>
        <div>{file.reason || t("pdf.no_picture_help")}</div>
        <Button href={downloadOf(file.file)}>{t("files.download")}</Button>
      </div>
    );
  }
  return (
    <div className="paper-scroll" tabIndex={0} role="region" aria-label={file.name}>
      {Array.from({ length: last }, (_, index) => (
        <img
          key={index}
          className="sheet"
          loading="lazy"
          src={pageOf(file.file, index + 1, width)}
          alt={t("pdf.page_of", { page: index + 1, total: file.pages ?? "…" })}
          style={{ width: zoom === "width" ? "min(100%, 1000px)" : `${width}px` }}
          onLoad={() => !file.pages && !missing && index + 1 === last && setLast(last + 1)}
          onError={() => {
            setMissing(true);
            if (!file.pages && index + 1 === last && last > 1) setLast(last - 1);
          }}
        />
      ))}
    </div>
  );
}
