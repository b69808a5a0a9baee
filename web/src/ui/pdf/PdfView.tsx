import { useEffect, useRef, useState } from "react";
import { contentOf, downloadOf } from "@/api/files";
import type { RecordFile } from "@/api/types";
import { t } from "@/texts";
import { Button, IconButton } from "../controls";
import { DownloadOutlined, FileImageOutlined, ZoomInOutlined, ZoomOutOutlined } from "../icons";
import { Waiting } from "../Waiting";
import type { Opened } from "./engine";
import { PagePictures } from "./PagePictures";
import { PdfPage } from "./PdfPage";
import { TextPage } from "./TextPage";
import "./pdf.css";

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

type Shown = Pick<RecordFile, "file" | "name" | "media_type" | "state"> & { pages?: number | null; reason?: string | null };

/** A file of a record: PDF by pdf.js, a picture as it is, anything else as pictures of its pages made by the server. */
export function FileView({ file, address }: { file: Shown; address?: string }) {
  const [zoom, setZoom] = useState<number | "width">("width");
  const isPdf = file.media_type === "application/pdf";
  const [pictures, setPictures] = useState(!isPdf);
  const step = (by: number) =>
    setZoom((now) => {
      const at = zooms.findIndex((each) => each >= (now === "width" ? 1 : now));
      return zooms[Math.max(0, Math.min(zooms.length - 1, at + by))]!;
    });
  const isImage = file.media_type.startsWith("image/");
  const isText = file.media_type.startsWith("text/plain");
  return (
    <div className="paper">
      <div className="paper-tools" role="toolbar" aria-label={t("pdf.tools")}>
        <span className="grow one-line small" title={file.name}>{file.name}</span>
        <IconButton name={t("pdf.smaller")} icon={<ZoomOutOutlined />} size="small" onClick={() => step(-1)} />
        <Button size="small" look="quiet" onClick={() => setZoom("width")} title={t("pdf.fit")}>
          {zoom === "width" ? t("pdf.fit") : `${Math.round(zoom * 100)} %`}
        </Button>
        <IconButton name={t("pdf.larger")} icon={<ZoomInOutlined />} size="small" onClick={() => step(1)} />
        {isPdf && <IconButton name={pictures ? t("pdf.as_pdf") : t("pdf.as_pictures")} icon={<FileImageOutlined />} size="small" onClick={() => setPictures(!pictures)} />}
        <IconButton name={t("files.download")} icon={<DownloadOutlined />} size="small" href={downloadOf(file.file)} />
      </div>
      {isImage ? (
        <div className="paper-scroll" tabIndex={0} role="region" aria-label={file.name}>
          <img className="sheet" src={address ?? contentOf(file.file)} alt={file.name} style={{ width: zoom === "width" ? "100%" : `${zoom * 800}px` }} />
        </div>
      ) : isText ? (
        <TextPage file={file} zoom={zoom} />
      ) : pictures ? (
        <PagePictures file={file} zoom={zoom} />
      ) : (
        <PdfPages key={address ?? file.file} address={address ?? contentOf(file.file)} name={file.name} zoom={zoom} onStep={step} onPictures={() => setPictures(true)} />
      )}
    </div>
  );
}

interface PagesProps {
  address: string;
  name: string;
  zoom: number | "width";
  onStep: (by: number) => void;
  onPictures: () => void;
}

function PdfPages({ address, name, zoom, onStep, onPictures }: PagesProps) {
  const [opened, setOpened] = useState<Opened>();
  const [failed, setFailed] = useState(false);
  const [share, setShare] = useState<number>();
  const scroll = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    let gone = false;
    let made: Opened | undefined;
    import("./engine")
      .then((engine) => engine.openPdf(address, (part) => !gone && setShare(part)))
      .then((got) => {
        made = got;
        if (gone) got.close();
        else setOpened(got);
      })
      .catch(() => !gone && setFailed(true));
    return () => {
      gone = true;
      made?.close();
    };
  }, [address]);

  useEffect(() => {
    const box = scroll.current;
    if (!box) return;
    const watch = new ResizeObserver(() => setWidth(box.clientWidth - 24));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);

  const keys = (event: React.KeyboardEvent) => {
    if (event.key === "+" || event.key === "=") onStep(1);
    else if (event.key === "-") onStep(-1);
  };
  return (
    <div className="paper-scroll" ref={scroll} tabIndex={0} role="region" aria-label={name} onKeyDown={keys}>
      {failed && (
        <div className="notice centre">
          <h3>{t("pdf.failed")}</h3>
          <div>{t("pdf.failed_help")}</div>
          <Button onClick={onPictures}>{t("pdf.as_pictures")}</Button>
        </div>
      )}
      {!opened && !failed && <Waiting what={t("pdf.opening")} share={share} />}
      {opened && width > 0 && Array.from({ length: opened.document.numPages }, (_, index) => <PdfPage key={index} document={opened.document} number={index + 1} total={opened.document.numPages} width={width} zoom={zoom} />)}
    </div>
  );
}
