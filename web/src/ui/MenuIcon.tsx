import type { ComponentType } from "react";
import {
  AlertOutlined, BookOutlined, CalendarOutlined, CheckOutlined, CheckSquareOutlined, ClusterOutlined, DesktopOutlined, FileOutlined, FlagOutlined,
  FolderOutlined, IdcardOutlined, LinkOutlined, MailOutlined, TeamOutlined, ToolOutlined,
} from "@/ui/icons";

/** The pictures a register may ask for (`icon:` of its declaration); src/core/registers/check_folder.cpp has the same names. */
const pictures: Record<string, ComponentType> = {
  alert: AlertOutlined,
  book: BookOutlined,
  calendar: CalendarOutlined,
  check: CheckOutlined,
  "check-square": CheckSquareOutlined,
  cluster: ClusterOutlined,
  desktop: DesktopOutlined,
  file: FileOutlined,
  flag: FlagOutlined,
  folder: FolderOutlined,
  idcard: IdcardOutlined,
  link: LinkOutlined,
  mail: MailOutlined,
  team: TeamOutlined,
  tool: ToolOutlined,
};

/** Beside the word of a menu entry; nothing for a name it doesn't know. */
export function MenuIcon({ name }: { name: string }) {
  const Picture = pictures[name];
  return Picture ? (
    <span className="menu-icon" aria-hidden>
      <Picture />
    </span>
  ) : null;
}
