import { Tree } from "antd";
import { useMemo, useState, type Key, type ReactNode } from "react";
import type { Id, Unit } from "@/api/types";
import { fold } from "@/base/numbers";
import { t } from "@/texts";
import { TextInput } from "./inputs";

interface Node {
  key: Id;
  title: ReactNode;
  children: Node[];
}

/** Flat units in tree order → nodes; a unit whose parent is not among them stands at the top. */
export function treeOf(units: Unit[], label: (unit: Unit) => ReactNode): Node[] {
  const nodes = new Map<Id, Node>(units.map((unit) => [unit.id, { key: unit.id, title: label(unit), children: [] }]));
  const top: Node[] = [];
  for (const unit of units) {
    const node = nodes.get(unit.id)!;
    const parent = unit.parent != null ? nodes.get(unit.parent) : undefined;
    (parent ? parent.children : top).push(node);
  }
  return top;
}

/** The units whose name fits, and all above them. */
export function narrowed(units: Unit[], typed: string): Unit[] {
  const wanted = fold(typed.trim());
  if (!wanted) return units;
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const keep = new Set<Id>();
  for (const unit of units) {
    if (!fold(`${unit.name} ${unit.short_name} ${unit.abbreviation}`).includes(wanted)) continue;
    for (let at: Unit | undefined = unit; at && !keep.has(at.id); at = at.parent != null ? byId.get(at.parent) : undefined) keep.add(at.id);
  }
  return units.filter((unit) => keep.has(unit.id));
}

interface Props {
  units: Unit[];
  chosen?: Id | null;
  onChoose: (unit: Id) => void;
}

export function UnitTree({ units, chosen, onChoose }: Props) {
  const [typed, setTyped] = useState("");
  const shown = useMemo(() => narrowed(units, typed), [units, typed]);
  const first = useMemo(() => units.filter((unit) => unit.parent == null || unit.is_agency).map((unit) => unit.id as Key), [units]);
  const [opened, setOpened] = useState<Key[] | null>(null);
  const expanded = typed ? shown.map((unit) => unit.id as Key) : (opened ?? first);
  return (
    <div className="column fill" style={{ minHeight: 0 }}>
      <TextInput value={typed} onChange={setTyped} label={t("units.find")} placeholder={t("units.find")} clear />
      <div style={{ overflow: "auto", minHeight: 0 }}>
        <Tree
          blockNode
          treeData={treeOf(shown, (unit) => (
            <span title={unit.name}>
              {unit.name} {unit.abbreviation && <span className="small quiet">{unit.abbreviation}</span>}
            </span>
          ))}
          selectedKeys={chosen != null ? [chosen] : []}
          expandedKeys={expanded}
          onExpand={setOpened}
          onSelect={(keys) => keys[0] !== undefined && onChoose(Number(keys[0]))}
          aria-label={t("units.tree")}
        />
      </div>
    </div>
  );
}
