/** The pictures in use; a picture never stands without a word or a name. */
export {
  ApartmentOutlined, AuditOutlined, BellOutlined, BookOutlined, CalendarOutlined, CheckOutlined, CloseOutlined, ControlOutlined,
  DeleteOutlined, DownloadOutlined, DownOutlined, EditOutlined, EllipsisOutlined, FileAddOutlined, FileImageOutlined, FileOutlined,
  FilePdfOutlined, FileTextOutlined, FilterOutlined, FolderOpenOutlined, GlobalOutlined, HistoryOutlined, InboxOutlined, LeftOutlined,
  LinkOutlined, LogoutOutlined, MenuOutlined, PaperClipOutlined, PlusOutlined, QuestionCircleOutlined, ReloadOutlined, RightOutlined,
  SafetyCertificateOutlined, SaveOutlined, SearchOutlined, SettingOutlined, SwapOutlined, TableOutlined, TeamOutlined, UploadOutlined,
  UserOutlined, WarningOutlined, ZoomInOutlined, ZoomOutOutlined,
} from "@ant-design/icons";
