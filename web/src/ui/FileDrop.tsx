import { useRef, useState } from "react";
import { idempotencyKey } from "@/api/client";
import { asError, type ApiError } from "@/api/error";
import { upload } from "@/api/files";
import type { StoredFile } from "@/api/types";
import { showSize } from "@/base/numbers";
import { t } from "@/texts";
import { Button } from "./controls";
import { Fault } from "./Fault";
import { UploadOutlined } from "./icons";
import { useUnsaved } from "./unsaved";
import "./filedrop.css";

interface Sending {
  key: string;
  file: File;
  share: number;
  error?: ApiError;
}

interface Props {
  many?: boolean;
  accept?: string;
  text?: string;
  onStored: (file: StoredFile) => void;
  compact?: boolean;
  /** What is stored waits at the desk until it stands on a record. */
  waits?: boolean;
}

const atOnce = 3;
const limit = 200;

/** One file or two hundred, dropped or chosen: progress for each, and each can be tried again. */
export function FileDrop({ many, accept, text, onStored, compact, waits }: Props) {
  const [sending, setSending] = useState<Sending[]>([]);
  const [over, setOver] = useState(false);
  const [left, setLeft] = useState(0);
  const [began, setBegan] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const waiting = useRef<Sending[]>([]);
  const running = useRef(0);

  // What is still on its way would be lost.
  useUnsaved(sending.length > 0);

  const done = began - sending.length;

  const change = (key: string, changed: Partial<Sending> | null) =>
    setSending((all) => (changed ? all.map((one) => (one.key === key ? { ...one, ...changed } : one)) : all.filter((one) => one.key !== key)));

  const next = () => {
    while (running.current < atOnce && waiting.current.length > 0) {
      const one = waiting.current.shift()!;
      running.current += 1;
      upload(one.file, { progress: (share) => change(one.key, { share }), key: one.key, waits })
        .then(
          (stored) => {
            change(one.key, null);
            onStored(stored);
          },
          (error: unknown) => change(one.key, { error: asError(error) }),
        )
        .finally(() => {
          running.current -= 1;
          next();
        });
    }
  };
  const add = (files: FileList | null) => {
    const all = Array.from(files ?? []);
    const chosen = all.slice(0, many ? limit : 1);
    setLeft(many ? all.length - chosen.length : 0);
    const added = chosen.map((file) => ({ key: idempotencyKey(), file, share: 0 }));
    setBegan(sending.length + added.length);
    setSending((all) => [...all, ...added]);
    waiting.current.push(...added);
    next();
  };
  const again = (one: Sending) => {
    change(one.key, { error: undefined, share: 0 });
    waiting.current.push(one);
    next();
  };

  return (
    <div className="column">
      <div
        className={`drop ${over ? "over" : ""} ${compact ? "compact" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          add(event.dataTransfer.files);
        }}
      >
        <span className="quiet">{text ?? (many ? t("files.drop_many") : t("files.drop"))}</span>
        <Button size="small" icon={<UploadOutlined />} onClick={() => input.current?.click()}>
          {t("files.choose")}
        </Button>
        <input
          ref={input}
          type="file"
          multiple={many}
          accept={accept}
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t("files.choose")}
          onChange={(event) => {
            add(event.target.files);
            event.target.value = "";
          }}
        />
      </div>
      {left > 0 && <div className="warn" role="status">{t("files.too_many", { limit, count: left })}</div>}
      {began > 3 && sending.length > 0 && (
        <div className="sent" role="status">
          {t("files.sent_of", { sent: done, total: began })}
          <div className="bar"><i style={{ width: `${(100 * done) / began}%` }} /></div>
        </div>
      )}
      {sending.length > 0 && (
        <ul className="sending">
          {sending.map((one) => (
            <li key={one.key}>
              <div className="row">
                <span className="grow one-line" title={one.file.name}>{one.file.name}</span>
                <span className="small quiet number">{showSize(one.file.size)}</span>
                {one.error ? (
                  <Button size="small" look="quiet" onClick={() => change(one.key, null)}>
                    {t("ui.drop")}
                  </Button>
                ) : (
                  <span className="small number">{one.share > 0 ? `${Math.round(one.share * 100)} %` : t("files.waits")}</span>
                )}
              </div>
              {one.error ? <Fault error={one.error} retry={() => again(one)} /> : <div className="bar"><i style={{ width: `${one.share * 100}%` }} /></div>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
