import { useState } from "react";
import { withQuery } from "@/api/client";
import { useGet } from "@/api/hooks";
import type { AccessReason, Id, Party } from "@/api/types";
import { t } from "@/texts";
import { FieldBox } from "@/ui/FieldBox";
import { PartyPicker } from "@/ui/PartyPicker";
import { Empty, State } from "@/ui/Panel";

/** Why somebody can see this record: every reason, in words. */
export function AccessTab({ record }: { record: Id }) {
  const [person, setPerson] = useState<Party | null>(null);
  const access = useGet<AccessReason[]>(withQuery(`/records/${record}/access`, { person: person?.id }));
  return (
    <div className="tab-pane">
      <FieldBox label={t("access.person")}>{(id) => <PartyPicker id={id} kinds="person" value={person} onChange={setPerson} placeholder={t("access.person_search")} />}</FieldBox>
      <State of={access} empty={<Empty>{person ? t("access.nobody_person", { person: person.label }) : t("access.nobody")}</Empty>}>
        {(reasons) => (
          <dl className="facts">
            {reasons.map((reason, index) => (
              <div key={index} style={{ display: "contents" }}>
                <dt>{typeof reason.party === "string" ? reason.party : [reason.party.label, reason.party.detail].filter(Boolean).join(", ")}</dt>
                <dd>
                  {reason.reasons.map((each) => (
                    <div key={each}>{each}</div>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </State>
    </div>
  );
}
