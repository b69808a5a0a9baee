/** The pictures in use; a picture never stands without a word or a name. */
export {
  BellOutlined, CalendarOutlined, CheckOutlined, CloseOutlined, DeleteOutlined, DownloadOutlined, DownOutlined, EditOutlined,
  EllipsisOutlined, FileImageOutlined, FileTextOutlined, FilterOutlined, InboxOutlined, LeftOutlined, MenuOutlined, PlusOutlined,
  ReloadOutlined, RightOutlined, SaveOutlined, SearchOutlined, TableOutlined, UploadOutlined, UserOutlined, WarningOutlined,
  ZoomInOutlined, ZoomOutOutlined,
} from "@ant-design/icons";
