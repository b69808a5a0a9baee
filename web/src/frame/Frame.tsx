import { Suspense, useState } from "react";
import { Link, Outlet, useNavigation } from "react-router-dom";
import { useSigned } from "@/api/session";
import { t } from "@/texts";
import { IconButton } from "@/ui/controls";
import { MenuOutlined } from "@/ui/icons";
import { KeyHelp } from "@/ui/KeyHelp";
import { useNarrow } from "@/ui/narrow";
import { Sheet } from "@/ui/Sheet";
import { Waiting } from "@/ui/Waiting";
import { Bell } from "./Bell";
import { BottomBar } from "./BottomBar";
import { LeftMenu } from "./LeftMenu";
import { MakeMenu } from "./MakeMenu";
import { PersonMenu } from "./PersonMenu";
import { TopSearch } from "./TopSearch";
import "./frame.css";

export function Frame() {
  const { session, post } = useSigned();
  const narrow = useNarrow();
  const [menu, setMenu] = useState(false);
  const moving = useNavigation().state === "loading";
  return (
    <div className="frame">
      <header className="frame-top">
        <a className="skip" href="#main">{t("frame.skip")}</a>
        {narrow && <IconButton name={t("frame.menu")} icon={<MenuOutlined />} onClick={() => setMenu(true)} />}
        <Link to="/inbox" className="frame-name">
          {t("session.product")}
          <small>{post?.agency.short_name ?? session.server.name}</small>
        </Link>
        <TopSearch />
        <MakeMenu />
        <span className="grow wide-only" />
        <Bell />
        <PersonMenu />
      </header>
      {post?.acting_for ? (
        <div className="frame-acting" role="status">
          {t("frame.acting", { person: post.acting_for, post: post.title })}
        </div>
      ) : (
        <span />
      )}
      <div className="frame-body">
        {!narrow && (
          <nav className="frame-menu" aria-label={t("frame.menu")}>
            <LeftMenu />
          </nav>
        )}
        <main className="frame-main" id="main" tabIndex={-1} aria-busy={moving}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {narrow && <BottomBar />}
      {narrow && (
        <Sheet title={t("frame.menu")} open={menu} close={() => setMenu(false)} side="left">
          <LeftMenu onGo={() => setMenu(false)} />
        </Sheet>
      )}
      <KeyHelp />
    </div>
  );
}
