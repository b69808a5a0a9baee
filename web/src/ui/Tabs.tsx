import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import "./tabs.css";

export interface Tab {
  key: string;
  label: ReactNode;
  /** Absent where the tabs only choose what a list below shows. */
  children?: ReactNode;
}

interface Props {
  active: string;
  onChange: (key: string) => void;
  items: Tab[];
  label: string;
}

/** A row of tabs that scrolls sideways on a phone; arrows move, as the pattern for tabs says. */
export function Tabs({ active, onChange, items, label }: Props) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
  const current = items.find((item) => item.key === active);
  useEffect(() => {
    const tab = row.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!row.current || !tab) return;
    const over = tab.offsetLeft + tab.offsetWidth - row.current.scrollLeft - row.current.clientWidth;
    if (over > 0) row.current.scrollLeft += over;
    else if (tab.offsetLeft < row.current.scrollLeft) row.current.scrollLeft = tab.offsetLeft;
  }, [active]);
  const keys = (event: KeyboardEvent) => {
    const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!way) return;
    event.preventDefault();
    const next = items[(items.findIndex((item) => item.key === active) + way + items.length) % items.length];
    if (!next) return;
    onChange(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div className={current?.children === undefined ? "tabs" : "tabs with-panel"}>
      <div className="tabs-row" role="tablist" aria-label={label} ref={row} onKeyDown={keys}>
        {items.map((item) => (
          <button
            key={item.key}
            id={`${id}-${item.key}`}
            type="button"
            role="tab"
            aria-selected={item.key === active}
            aria-controls={item.key === active && item.children !== undefined ? `${id}-panel` : undefined}
            tabIndex={item.key === active ? 0 : -1}
            onClick={() => onChange(item.key)}
          >
            {item.label}
          </button>
        ))}
      </div>
      {current?.children !== undefined && (
        <div className="tabs-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current.key}`} tabIndex={0}>
          {current.children}
        </div>
      )}
    </div>
  );
}
