import { post, remove } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import type { Phrase } from "@/api/types";
import { t } from "@/texts";
import { Button, IconButton } from "@/ui/controls";
import { CloseOutlined, PlusOutlined } from "@/ui/icons";
import { Fault } from "@/ui/Fault";
import "./steps.css";

/** Quick phrases of a bút phê: the agency's and one's own; a click adds the sentence. */
export function Phrases({ text, onText }: { text: string; onText: (text: string) => void }) {
  const phrases = useGet<Phrase[]>("/phrases");
  const keep = useDo(() => post("/phrases", { text: text.trim() }), () => cache.invalidate("/phrases"));
  const drop = useDo((phrase: Phrase) => remove(`/phrases/${phrase.id}`), () => cache.invalidate("/phrases"));
  const known = phrases.data?.some((phrase) => phrase.text === text.trim());
  return (
    <>
      <div className="phrases" role="group" aria-label={t("step.phrases")}>
        {phrases.data?.map((phrase) => (
          <span key={phrase.id} className="phrase">
            <button type="button" onClick={() => onText(text.trim() ? `${text.trimEnd()} ${phrase.text}` : phrase.text)}>
              {phrase.text}
            </button>
            {phrase.own && <IconButton name={t("step.phrase_drop")} icon={<CloseOutlined />} size="small" onClick={() => void drop.run(phrase)} />}
          </span>
        ))}
        {text.trim() && !known && (
          <Button size="small" look="quiet" icon={<PlusOutlined />} onClick={() => void keep.run()} loading={keep.running}>
            {t("step.phrase_keep")}
          </Button>
        )}
      </div>
      <Fault error={phrases.error ?? keep.error ?? drop.error} />
    </>
  );
}
