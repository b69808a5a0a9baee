/** The pictures in use; a picture never stands without a word or a name. */
export {
  AlertOutlined, ApartmentOutlined, AuditOutlined, BellOutlined, BookOutlined, CalendarOutlined, CheckOutlined, CheckSquareOutlined, CloseOutlined,
  ClusterOutlined, DatabaseOutlined, DeleteOutlined, DesktopOutlined, DownOutlined, DownloadOutlined, EditOutlined, EllipsisOutlined,
  FileImageOutlined, FileOutlined, FileTextOutlined, FilterOutlined, FlagOutlined, FolderOutlined, HistoryOutlined, IdcardOutlined, InboxOutlined,
  InfoCircleOutlined, LeftOutlined, LinkOutlined, MailOutlined, MenuOutlined, OrderedListOutlined, PlusOutlined, ReloadOutlined, RightOutlined,
  SafetyOutlined, SaveOutlined, SearchOutlined, SendOutlined, SettingOutlined, SwapOutlined, SyncOutlined, TableOutlined, TeamOutlined, ToolOutlined,
  UnorderedListOutlined, UploadOutlined, UserOutlined, UserSwitchOutlined, WarningOutlined, ZoomInOutlined, ZoomOutOutlined,
} from "@ant-design/icons";
