import { NavLink } from "react-router-dom";
import { t } from "@/texts";
import { CalendarOutlined, FileTextOutlined, InboxOutlined, SearchOutlined } from "@/ui/icons";

/** The phone's four places. Signing takes the second when there is signing. */
export function BottomBar() {
  return (
    <nav className="frame-bottom" aria-label={t("frame.places")}>
      <NavLink to="/inbox"><InboxOutlined aria-hidden="true" />{t("frame.work")}</NavLink>
      <NavLink to="/registers"><FileTextOutlined aria-hidden="true" />{t("frame.documents")}</NavLink>
      <NavLink to="/calendar"><CalendarOutlined aria-hidden="true" />{t("frame.calendar")}</NavLink>
      <NavLink to="/search"><SearchOutlined aria-hidden="true" />{t("frame.find")}</NavLink>
    </nav>
  );
}
