import type { ComponentType } from "react";
import {
  AlertOutlined, ApartmentOutlined, AuditOutlined, BookOutlined, CalendarOutlined, CheckOutlined, CheckSquareOutlined, ClusterOutlined, DatabaseOutlined, DesktopOutlined, FileOutlined, FlagOutlined,
  FolderOutlined, HistoryOutlined, IdcardOutlined, InboxOutlined, InfoCircleOutlined, LinkOutlined, MailOutlined, OrderedListOutlined, SafetyOutlined,
  SearchOutlined, SendOutlined, SettingOutlined, SwapOutlined, SyncOutlined, TeamOutlined, ToolOutlined, UnorderedListOutlined, UserOutlined, UserSwitchOutlined,
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

/** Those of the entries that are no register's, by their codes. */
const own: Record<string, ComponentType> = {
  todo: InboxOutlined,
  support: TeamOutlined,
  inform: InfoCircleOutlined,
  watching: SendOutlined,
  unit: ApartmentOutlined,
  done: HistoryOutlined,
  books: OrderedListOutlined,
  search: SearchOutlined,
  calendar: CalendarOutlined,
  acting: UserSwitchOutlined,
  hand_overs: SwapOutlined,
  units: ApartmentOutlined,
  accounts: UserOutlined,
  right_changes: SafetyOutlined,
  lists: UnorderedListOutlined,
  journal: AuditOutlined,
  backups: DatabaseOutlined,
  jobs: SyncOutlined,
  settings: SettingOutlined,
};

/** Beside the word of a menu entry: the picture a register asks for by `name`, else the entry's own; nothing for what it doesn't know. */
export function MenuIcon({ name, code }: { name?: string; code?: string }) {
  const Picture = (name && pictures[name]) || (code && own[code]) || undefined;
  return Picture ? (
    <span className="menu-icon" aria-hidden>
      <Picture />
    </span>
  ) : null;
}
