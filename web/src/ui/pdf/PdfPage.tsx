import { useEffect, useRef, useState } from "react";
import { t } from "@/texts";
import type { PDFDocumentProxy, PDFPageProxy } from "./engine";

interface Props {
  document: PDFDocumentProxy;
  number: number;
  total: number;
  width: number;
  zoom: number | "width";
}

/** A page is drawn when it comes near and let go when it is far: a file of five hundred pages stays light. */
export function PdfPage({ document, number, total, width, zoom }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(number <= 1);
  const [page, setPage] = useState<PDFPageProxy>();

  useEffect(() => {
    const watch = new IntersectionObserver((entries) => setNear(entries.some((entry) => entry.isIntersecting)), { rootMargin: "800px 0px" });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    if (!near || page) return;
    let gone = false;
    void document.getPage(number).then((got) => !gone && setPage(got)).catch(() => undefined);
    return () => void (gone = true);
  }, [near, page, document, number]);

  const natural = page?.getViewport({ scale: 1 });
  // A sheet is never blown up beyond what reads well when it is fitted.
  const scale = natural ? (zoom === "width" ? Math.min(width, 1000) / natural.width : zoom * 1.25) : 1;
  useEffect(() => {
    if (!near || !page || !canvas.current || !words.current) return;
    let stop: (() => void) | undefined;
    let gone = false;
    void import("./engine").then(({ drawPage }) => {
      if (gone || !canvas.current || !words.current) return;
      const drawing = drawPage(page, scale, canvas.current, words.current);
      stop = drawing.cancel;
      drawing.done.catch(() => undefined);
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [near, page, scale]);

  const size = natural ? { width: natural.width * scale, height: natural.height * scale } : { width: Math.min(width, 1000), height: Math.min(width, 1000) * 1.414 };
  return (
    <div ref={box} className="sheet" style={size} aria-label={t("pdf.page_of", { page: number, total })} role="group">
      {near && page && (
        <>
          <canvas ref={canvas} style={size} />
          <div ref={words} className="words" />
        </>
      )}
    </div>
  );
}
