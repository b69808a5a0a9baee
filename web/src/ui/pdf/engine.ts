import { GlobalWorkerOptions, TextLayer, getDocument, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import worker from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

/** The only file that knows pdf.js; it is a chunk of its own, fetched when the first PDF is shown. */
GlobalWorkerOptions.workerSrc = worker;

export type { PDFDocumentProxy, PDFPageProxy };

export interface Opened {
  document: PDFDocumentProxy;
  close: () => void;
}

/** Reads by ranges, so that page one of a long file shows before the rest has come. No eval: our CSP forbids it. */
export async function openPdf(url: string, progress: (share: number) => void): Promise<Opened> {
  const task = getDocument({
    url,
    isEvalSupported: false,
    standardFontDataUrl: `${import.meta.env.BASE_URL}assets/pdf-fonts/`,
    withCredentials: true,
    disableAutoFetch: true,
  });
  task.onProgress = ({ loaded, total }: { loaded: number; total: number }) => total > 0 && progress(Math.min(1, loaded / total));
  return { document: await task.promise, close: () => void task.destroy() };
}

/** Draws a page into a canvas and lays its words over it for selecting; answers how to stop. */
export function drawPage(page: PDFPageProxy, scale: number, canvas: HTMLCanvasElement, words: HTMLElement): { done: Promise<void>; cancel: () => void } {
  const viewport = page.getViewport({ scale });
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.floor(viewport.width * ratio);
  canvas.height = Math.floor(viewport.height * ratio);
  const drawing = page.render({ canvasContext: canvas.getContext("2d")!, viewport, transform: ratio === 1 ? undefined : [ratio, 0, 0, ratio, 0, 0] });
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport });
  words.replaceChildren();
  words.style.setProperty("--scale-factor", String(scale));
  void layer.render().catch(() => undefined);
  return {
    done: drawing.promise,
    cancel: () => {
      drawing.cancel();
      layer.cancel();
    },
  };
}
