import { useState } from "react";
import { Link } from "react-router-dom";
import { put } from "@/api/client";
import { cache, useDo, useGet } from "@/api/hooks";
import type { Notice } from "@/api/types";
import { showInstant } from "@/base/dates";
import { t } from "@/texts";
import { IconButton, Popover } from "@/ui/controls";
import { BellOutlined } from "@/ui/icons";
import { State } from "@/ui/Panel";

interface Notices {
  items: Notice[];
  unseen: number;
}

/** Where one does something about it: the record, or the page that waits for one's confirmation. */
const pages: Record<string, string> = { right_change: "/organisation/right-changes", hand_over: "/organisation/hand-overs" };
const placeOf = (notice: Notice): string | undefined => (notice.record ? `/records/${notice.record}` : pages[notice.kind]);

export function Bell() {
  const notices = useGet<Notices>("/notices");
  const [open, setOpen] = useState(false);
  const see = useDo(() => put("/notices/seen"), () => cache.invalidate("/notices"));
  const unseen = notices.data?.unseen ?? 0;
  const show = (shown: boolean) => {
    setOpen(shown);
    if (!shown && unseen > 0) void see.run();
  };
  return (
    <Popover
      open={open}
      onOpenChange={show}
      trigger="click"
      placement="bottomRight"
      title={t("notices.title")}
      content={
        <State of={notices} isEmpty={notices.data?.items.length === 0} empty={<div className="notice">{t("notices.empty")}</div>}>
          {(data) => (
            <ul className="notices">
              {data.items.map((notice) => (
                <li key={notice.id} className={notice.seen ? undefined : "unseen"}>
                  <div>{placeOf(notice) ? <Link to={placeOf(notice)!} onClick={() => show(false)}>{notice.text}</Link> : notice.text}</div>
                  <div className="small quiet number">{showInstant(notice.at)}</div>
                </li>
              ))}
            </ul>
          )}
        </State>
      }
    >
      <span className="bell">
        <IconButton name={unseen ? t("notices.unseen", { count: unseen }) : t("notices.title")} icon={<BellOutlined />} />
        {unseen > 0 && <b aria-hidden="true">{unseen > 99 ? "99+" : unseen}</b>}
      </span>
    </Popover>
  );
}
