import { useState } from "react";
import { useNavigate } from "react-router-dom";
import { useDo } from "@/api/hooks";
import { useSigned } from "@/api/session";
import { t } from "@/texts";
import { Button, Dropdown, type MenuProps } from "@/ui/controls";
import { CheckOutlined, DownOutlined, UserOutlined } from "@/ui/icons";
import { ConfirmLoss } from "@/ui/LeaveGuard";
import { useNarrow } from "@/ui/narrow";
import { toast } from "@/ui/toast";
import { anythingUnsaved } from "@/ui/unsaved";

/** Who is signed in, which post is acted from, the language, the way out. */
export function PersonMenu() {
  const { session, post, language, choosePost, chooseLanguage, signOut } = useSigned();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const choose = useDo(async (act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      toast.failed(error instanceof Error ? error.message : String(error));
    }
  });
  const [asking, setAsking] = useState<(() => Promise<void>) | null>(null);
  /** The page is drawn anew by it: what is typed there and kept nowhere is asked about first. */
  const redraw = (act: () => Promise<void>) => (anythingUnsaved() ? setAsking(() => act) : void choose.run(act));
  const elsewhere = session.posts.some((each) => !!each.waiting);
  const mark = (on: boolean) => (on ? <CheckOutlined /> : <span style={{ width: 14, display: "inline-block" }} />);
  const items: MenuProps["items"] = [
    {
      type: "group",
      label: t("frame.posts"),
      children: session.posts.map((each) => ({
        key: `post-${each.id}`,
        icon: mark(each.id === session.post),
        label: (
          <>
            {each.title}, {each.unit.name}
            {each.acting_for && <> ({t("frame.acting_short", { person: each.acting_for })})</>}
            {!!each.waiting && <span className="small quiet"> · {t("frame.waits_there", { count: each.waiting > 1000 ? "1.000+" : each.waiting })}</span>}
          </>
        ),
        onClick: () => each.id !== session.post && redraw(() => choosePost(each.id)),
      })),
    },
    {
      type: "group",
      label: t("frame.language"),
      children: (["vi", "en"] as const).map((each) => ({
        key: each,
        icon: mark(each === language),
        label: each === "vi" ? "Tiếng Việt" : "English",
        onClick: () => each !== language && redraw(() => chooseLanguage(each)),
      })),
    },
    { type: "divider" },
    { key: "account", label: t("account.title"), onClick: () => navigate("/account") },
    { key: "out", label: t("session.sign_out"), onClick: () => redraw(signOut) },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
        {narrow ? (
          <Button look="quiet" icon={<>{elsewhere && <span className="who-elsewhere" aria-hidden="true" />}<UserOutlined /></>} aria-label={elsewhere ? `${session.person.full_name}, ${t("frame.work_elsewhere")}` : session.person.full_name} />
        ) : (
          <Button look="quiet" style={{ height: 38 }}>
            <span className="who">
              <span className="who-name one-line">{[session.person.rank, session.person.full_name].filter(Boolean).join(" ")}</span>
              {post && <span className="who-post small quiet one-line">{post.title}</span>}
            </span>
            {elsewhere && <span className="who-elsewhere" role="img" aria-label={t("frame.work_elsewhere")} title={t("frame.work_elsewhere")} />}
            <DownOutlined aria-hidden="true" style={{ fontSize: 10 }} />
          </Button>
        )}
      </Dropdown>
      {asking && <ConfirmLoss text={t("frame.redraw_text")} close={() => setAsking(null)} act={() => { setAsking(null); void choose.run(asking); }} />}
    </>
  );
}
