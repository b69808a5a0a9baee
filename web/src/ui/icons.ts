/** The pictures in use; a picture never stands without a word or a name. */
export {
  AlertOutlined, BellOutlined, BookOutlined, CalendarOutlined, CheckOutlined, CheckSquareOutlined, CloseOutlined, ClusterOutlined,
  DeleteOutlined, DesktopOutlined, DownOutlined, DownloadOutlined, EditOutlined, EllipsisOutlined, FileImageOutlined, FileOutlined,
  FileTextOutlined, FilterOutlined, FlagOutlined, FolderOutlined, IdcardOutlined, InboxOutlined, LeftOutlined, LinkOutlined,
  MailOutlined, MenuOutlined, PlusOutlined, ReloadOutlined, RightOutlined, SaveOutlined, SearchOutlined, TableOutlined, TeamOutlined,
  ToolOutlined, UploadOutlined, UserOutlined, WarningOutlined, ZoomInOutlined, ZoomOutOutlined,
} from "@ant-design/icons";
