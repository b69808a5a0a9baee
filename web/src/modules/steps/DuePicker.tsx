import { get, withQuery } from "@/api/client";
import { asError } from "@/api/error";
import type { Day, DueAnswer } from "@/api/types";
import { t } from "@/texts";
import { Button } from "@/ui/controls";
import { FieldBox } from "@/ui/FieldBox";
import { DateInput } from "@/ui/DateInput";
import { toast } from "@/ui/toast";

interface Props {
  value: Day | null;
  onChange: (due: Day | null) => void;
  error?: string;
  required?: boolean;
  label?: string;
}

/** A deadline typed, picked, or so many working days from today as the agency's calendar counts them. */
export function DuePicker({ value, onChange, error, required, label }: Props) {
  const count = async (days: number) => {
    try {
      const answer = await get<DueAnswer>(withQuery("/calendar/due", { working_days: days }));
      onChange(answer.due);
    } catch (caught) {
      toast.failed(asError(caught).message);
    }
  };
  return (
    <FieldBox label={label ?? t("step.due")} error={error} required={required}>
      {(id) => (
        <div className="row wrap">
          <span style={{ width: 170 }}>
            <DateInput id={id} value={value} onChange={onChange} invalid={Boolean(error)} />
          </span>
          {[3, 5, 10].map((days) => (
            <Button key={days} size="small" onClick={() => void count(days)}>
              {t("step.working_days", { days })}
            </Button>
          ))}
        </div>
      )}
    </FieldBox>
  );
}
