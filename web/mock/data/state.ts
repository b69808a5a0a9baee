import type { Acting, Phrase, Preferences, RightChange, SavedFilter, SigningAuthority, HandOver, Book, CalendarDay, Setting, StoredFile, Notice } from "../../src/api/types";
import { partyOfPost, today } from "./people";

/** What the mock remembers until it is stopped. */
export const state = {
  signedIn: process.env.CONGVU_MOCK_SIGNED_OUT !== "1",
  wrong: 0,
  mustChange: process.env.CONGVU_MOCK_FIRST === "1",
  post: 104,
  preferences: {} as Preferences,
  language: "vi" as "vi" | "en",
  noticesSeen: false,
};

export const phrases: Phrase[] = [
  { id: 1, text: "Giao đơn vị chủ trì tham mưu.", own: false },
  { id: 2, text: "Nghiên cứu, đề xuất trước ngày họp.", own: false },
  { id: 3, text: "Đồng ý.", own: false },
  { id: 4, text: "Phối hợp với Vụ Pháp chế.", own: true },
  { id: 5, text: "Báo cáo Thứ trưởng trước khi phát hành.", own: true },
];

export const filters: Record<string, SavedFilter[]> = {
  incoming: [{ id: 1, name: "Văn phòng Chính phủ, khẩn", shared: true, content: { filter: 'sender == 500 && urgency == "urgent"' }, count: { number: 3, more: false } }],
};

export const notices: Notice[] = [
  { id: 3, at: `${today}T02:10:00.000Z`, text: "Trưởng phòng Tổng hợp giao chủ trì: Kế hoạch kiểm tra công tác quản lý chất lượng công trình quý IV", record: 1016, kind: "step", seen: false },
  { id: 2, at: `${today}T01:05:00.000Z`, text: "Còn 2 ngày đến hạn: Về việc cung cấp số liệu giải ngân vốn đầu tư công", record: 1020, kind: "due", seen: false },
  { id: 1, at: "2026-11-19T09:40:00.000Z", text: "Chánh Văn phòng đôn đốc: Báo cáo tiếp công dân quý III", record: 1025, kind: "urge", seen: true },
];

export const files = new Map<number, StoredFile & { bytes?: Buffer }>();

export const acting: Acting[] = [{ id: 1, post: partyOfPost(102), deputy: { kind: "person", id: 12, label: "Lý Gia Hưng", detail: "Trưởng phòng Tổng hợp" }, valid_from: "2026-11-16", valid_to: "2026-11-27", basis: "Quyết định 88/QĐ-VP ngày 14/11/2026" }];
export const authorities: SigningAuthority[] = [
  { id: 1, post: partyOfPost(101), form: "KT", for_post: { id: 100, title: "Bộ trưởng" }, scope: "Lĩnh vực xây dựng", basis: "Quyết định phân công công tác 12/QĐ-BHTĐT", valid_from: "2026-01-01", valid_to: null },
  { id: 2, post: partyOfPost(102), form: "TL", for_post: { id: 100, title: "Bộ trưởng" }, scope: "Công văn hành chính, giấy mời", basis: "Quy chế làm việc, Điều 9", valid_from: "2026-01-01", valid_to: null },
];
export const changes: RightChange[] = [
  { id: 1, kind_label: "Vai trò của chức vụ", description: "Thêm vai trò Văn thư cho Chuyên viên Phòng Hành chính", proposed_by: "Phan Ngọc Ánh", proposed_at: `${today}T01:30:00.000Z`, state: "waiting", may_decide: true },
  { id: 2, kind_label: "Xử lý thay", description: "Lý Gia Hưng xử lý thay Chánh Văn phòng từ 16/11 đến 27/11/2026", proposed_by: "Trần Quốc Bình", proposed_at: "2026-11-13T03:00:00.000Z", state: "confirmed", may_decide: false },
];
export const handOvers: HandOver[] = [{ id: 1, from: { kind: "person", id: 9, label: "Ngô Phương Thảo" }, to: { kind: "person", id: 8, label: "Bùi Thanh Tùng" }, steps: 7, created_at: "2026-11-18T02:00:00.000Z", given_at: "2026-11-18T02:05:00.000Z", taken_at: null, may_confirm: true }];

export const books: Book[] = [
  { book: "ordinary", label: "Sổ đăng ký văn bản đến", year: 2026, last: 2140, held: [], reserved: [{ number: 2150, reason: "Giấy mời họp giao ban" }, { number: 2151, reason: "Giấy mời họp giao ban" }], cancelled: [{ number: 2087, reason: "Vào sổ trùng với số 2086", at: "2026-11-10T03:20:00.000Z", by: "Phạm Thu Trang" }], gaps: [{ number: 1999, kind: "gap" }], closed_at: null },
  { book: "invitations", label: "Sổ giấy mời", year: 2026, last: 318, held: [], reserved: [], cancelled: [], gaps: [], closed_at: null },
];

export const settings: Setting[] = [
  { code: "second_confirmation", label: "Thay đổi quyền phải có người thứ hai xác nhận", value: true, kind: "yes_no", help: "Nghị định 30/2020/NĐ-CP, Phụ lục VI" },
  { code: "session_minutes", label: "Tự đăng xuất khi không dùng (phút)", value: 60, kind: "integer", help: "Từ 5 đến 480 phút" },
  { code: "office_hours", label: "Giờ làm việc", value: "08:00-11:30, 13:30-17:00", kind: "text", help: "Văn bản đến ngoài giờ tính từ buổi làm việc kế tiếp" },
  { code: "reminder_days", label: "Nhắc trước hạn (ngày làm việc)", value: 2, kind: "integer", help: null },
];

const holidays: Record<string, string> = { "01-01": "Tết Dương lịch", "02-16": "Tết Nguyên đán", "02-17": "Tết Nguyên đán", "02-18": "Tết Nguyên đán", "02-19": "Tết Nguyên đán", "02-20": "Tết Nguyên đán", "04-26": "Giỗ Tổ Hùng Vương", "04-30": "Ngày Chiến thắng", "05-01": "Quốc tế Lao động", "09-01": "Quốc khánh (nghỉ kề)", "09-02": "Quốc khánh" };
const calendars = new Map<number, CalendarDay[]>();

export function calendar(year: number): CalendarDay[] {
  let days = calendars.get(year);
  if (days) return days;
  days = [];
  for (let time = Date.UTC(year, 0, 1); new Date(time).getUTCFullYear() === year; time += 86400000) {
    const date = new Date(time).toISOString().slice(0, 10);
    const week = new Date(time).getUTCDay();
    const holiday = holidays[date.slice(5)];
    days.push({ date, kind: holiday ? "holiday" : week === 0 || week === 6 ? "weekend" : "working", note: holiday ?? null });
  }
  calendars.set(year, days);
  return days;
}
