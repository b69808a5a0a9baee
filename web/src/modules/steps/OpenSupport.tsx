import { useGet } from "@/api/hooks";
import type { Id, Step } from "@/api/types";
import { t } from "@/texts";
import { Checkbox } from "@/ui/controls";
import { openOfOthers, openSupport } from "./calls";

interface Props {
  record: Id;
  /** The step that is ended; absent: the record itself. */
  step?: Id;
  despite: boolean;
  onDespite: (despite: boolean) => void;
}

/** Who has not finished yet, and the consent to end it all the same. */
export function OpenSupport({ record, step, despite, onDespite }: Props) {
  const tree = useGet<Step[]>(`/records/${record}/steps`);
  const open = step ? openSupport(tree.data ?? [], step) : openOfOthers(tree.data ?? []);
  return (
    <div className="column">
      {open.length > 0 && (
        <ul className="still-open" aria-label={t("step.still_open")}>
          {open.map((each) => (
            <li key={each.id}>
              {each.role_label}: {each.to.label}
              {each.to.detail && <span className="quiet"> – {each.to.detail}</span>}
            </li>
          ))}
        </ul>
      )}
      <Checkbox checked={despite} onChange={(event) => onDespite(event.target.checked)}>
        {t("step.despite_open")}
      </Checkbox>
    </div>
  );
}
