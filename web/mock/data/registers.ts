import type { Choice, Field, Register, RegisterSummary } from "../../src/api/types";

export const choices: Record<string, Choice[]> = {
  document_kinds: [
    ["cong_van", "Công văn", ""], ["quyet_dinh", "Quyết định", "QĐ"], ["chi_thi", "Chỉ thị", "CT"], ["thong_bao", "Thông báo", "TB"], ["ke_hoach", "Kế hoạch", "KH"],
    ["bao_cao", "Báo cáo", "BC"], ["to_trinh", "Tờ trình", "TTr"], ["giay_moi", "Giấy mời", "GM"], ["thong_tu", "Thông tư", "TT"], ["nghi_dinh", "Nghị định", "NĐ"],
  ].map(([code, label, abbreviation]) => ({ code: code!, label: label!, abbreviation: abbreviation || null })),
  urgencies: [["normal", "Thường"], ["urgent", "Khẩn"], ["very_urgent", "Thượng khẩn"], ["express", "Hỏa tốc"]].map(([code, label]) => ({ code: code!, label: label! })),
  arrival_ways: [["electronic", "Liên thông"], ["internal", "Nội bộ"], ["paper", "Bản giấy"]].map(([code, label]) => ({ code: code!, label: label! })),
  equipment_kinds: [["computer", "Máy tính để bàn"], ["laptop", "Máy tính xách tay"], ["printer", "Máy in"], ["switch", "Thiết bị chuyển mạch"], ["server", "Máy chủ"]].map(([code, label]) => ({ code: code!, label: label! })),
  skills: [["english", "Tiếng Anh"], ["it", "Tin học"], ["law", "Luật"], ["finance", "Tài chính"]].map(([code, label]) => ({ code: code!, label: label! })),
  link_kinds: [["related", "Liên quan"], ["answers", "Trả lời"], ["replaces", "Thay thế"], ["corrects", "Đính chính"], ["in_file", "Thuộc hồ sơ"]].map(([code, label]) => ({ code: code!, label: label! })),
};

const f = (code: string, type: Field["type"], label: string, more: Partial<Field> = {}): Field => ({ code, type, label, ...more });

const incoming: Register = {
  code: "incoming",
  title: "Văn bản đến",
  version: 1,
  basis: "Nghị định 30/2020/NĐ-CP, Điều 20 đến 24, Phụ lục IV",
  group: "documents",
  fields: [
    f("arrival_number", "integer", "Số đến", { locked: true }),
    f("arrived_on", "date", "Ngày đến", { required: true }),
    f("sender", "agency", "Tác giả", { required: true }),
    f("notation", "text", "Số, ký hiệu", { max_length: 40 }),
    f("issued_on", "date", "Ngày văn bản"),
    f("kind", "choice", "Tên loại", { choices_of: "document_kinds" }),
    f("subject", "text", "Trích yếu", { required: true, max_length: 500, search: true }),
    f("urgency", "choice", "Độ khẩn", { choices_of: "urgencies" }),
    f("way", "choice", "Cách gửi đến", { choices_of: "arrival_ways" }),
    f("reply_by", "date", "Hạn trả lời"),
    f("signer", "text", "Người ký", { max_length: 100 }),
    f("sheets", "integer", "Số tờ"),
    f("paper", "yes_no", "Có bản giấy"),
    f("paper_place", "text", "Nơi để bản giấy", { visible_when: "paper", max_length: 200 }),
    f("remarks", "long_text", "Ghi chú", { max_length: 1000 }),
  ],
  form: [
    { code: "book", label: "Sổ đăng ký", fields: ["arrival_number", "arrived_on"], columns: 2 },
    { code: "document", label: "Văn bản", fields: ["sender", "notation", "issued_on", "kind", "subject", "urgency", "signer"], columns: 2 },
    { code: "handling", label: "Tiếp nhận", fields: ["way", "reply_by", "sheets", "paper", "paper_place", "remarks"], columns: 2 },
  ],
  book: { field: "arrival_number", pattern: "{n:02}", per: ["agency", "year"] },
  states: [
    { code: "received", label: "Chờ vào sổ", kind: "initial", colour: "blue" },
    { code: "registered", label: "Đã vào sổ", kind: "middle", colour: "cyan" },
    { code: "in_progress", label: "Đang xử lý", kind: "middle", colour: "cyan" },
    { code: "done", label: "Hoàn thành", kind: "final", colour: "green" },
    { code: "returned", label: "Trả lại", kind: "final", colour: "volcano" },
  ],
  actions: [
    { code: "register", label: "Vào sổ", from: ["received"], needs: [], primary: true, bulk: true },
    { code: "return", label: "Trả lại nơi gửi", from: ["received"], needs: ["reason"], danger: true },
    { code: "assign", label: "Phân công", from: ["registered", "in_progress"], needs: [] },
    { code: "finish", label: "Kết thúc xử lý", from: ["registered", "in_progress"], needs: [] },
  ],
  list: ["arrival_number", "arrived_on", "sender", "notation", "issued_on", "subject", "urgency", "holder", "due", "state"],
  order: ["-arrival_number"],
  queues: [
    { code: "to_register", label: "Chờ vào sổ" },
    { code: "registered", label: "Đã vào sổ" },
    { code: "late", label: "Quá hạn" },
    { code: "returned", label: "Trả lại" },
  ],
  may: { create: true, export: true, books: true },
};

const outgoing: Register = {
  code: "outgoing",
  title: "Văn bản đi",
  basis: "Nghị định 30/2020/NĐ-CP, Điều 14 đến 19",
  group: "documents",
  fields: [
    f("number", "integer", "Số", { locked: true }),
    f("notation", "text", "Số, ký hiệu", { max_length: 40 }),
    f("issued_on", "date", "Ngày ban hành"),
    f("kind", "choice", "Tên loại", { choices_of: "document_kinds", required: true }),
    f("subject", "text", "Trích yếu", { required: true, max_length: 500 }),
    f("drafting_unit", "unit", "Đơn vị soạn thảo", { required: true }),
    f("signer", "post", "Người ký"),
    f("urgency", "choice", "Độ khẩn", { choices_of: "urgencies" }),
    f("answers", "record", "Trả lời văn bản", { record_of: "incoming" }),
    f("recipients", "long_text", "Nơi nhận"),
    f("copies", "integer", "Số lượng bản"),
  ],
  form: [
    { code: "document", label: "Văn bản", fields: ["kind", "urgency", "subject", "answers", "recipients"], columns: 2 },
    { code: "issue", label: "Ban hành", fields: ["drafting_unit", "signer", "notation", "issued_on", "copies"], columns: 2 },
  ],
  book: { field: "number", pattern: "{n}", per: ["agency", "year"] },
  states: [
    { code: "draft", label: "Dự thảo", kind: "initial", colour: "grey" },
    { code: "submitted", label: "Chờ ký", kind: "middle", colour: "purple" },
    { code: "to_number", label: "Chờ cấp số", kind: "middle", colour: "blue" },
    { code: "issued", label: "Đã phát hành", kind: "final", colour: "green" },
    { code: "recalled", label: "Thu hồi", kind: "final", colour: "struck" },
  ],
  actions: [
    { code: "submit", label: "Trình ký", from: ["draft"], needs: ["signer"], primary: true },
    { code: "return", label: "Trả lại", from: ["submitted"], needs: ["reason"] },
    { code: "issue", label: "Cấp số, phát hành", from: ["to_number"], needs: [], primary: true },
    { code: "recall", label: "Thu hồi", from: ["issued"], needs: ["reason"], danger: true },
  ],
  list: ["notation", "issued_on", "kind", "subject", "drafting_unit", "signer", "state"],
  order: ["-issued_on"],
  queues: [{ code: "draft", label: "Dự thảo" }, { code: "submitted", label: "Chờ ký" }, { code: "to_number", label: "Chờ cấp số" }, { code: "issued", label: "Đã phát hành" }],
  may: { create: true, export: true },
};

const task: Register = {
  code: "task",
  title: "Nhiệm vụ giao",
  basis: "Quy chế làm việc của Bộ",
  group: "direction",
  fields: [
    f("subject", "text", "Nội dung nhiệm vụ", { required: true, max_length: 500 }),
    f("given_by", "post", "Người giao", { required: true }),
    f("owner", "unit", "Đơn vị chủ trì", { required: true }),
    f("finish_by", "date", "Hạn hoàn thành", { required: true }),
    f("product", "text", "Sản phẩm", { max_length: 200 }),
    f("progress", "integer", "Tiến độ (%)"),
  ],
  form: [{ code: "main", label: "Nhiệm vụ", fields: ["subject", "given_by", "owner", "finish_by", "product", "progress"], columns: 2 }],
  states: [
    { code: "open", label: "Đang thực hiện", kind: "initial", colour: "cyan" },
    { code: "done", label: "Hoàn thành", kind: "final", colour: "green" },
  ],
  actions: [{ code: "finish", label: "Hoàn thành", from: ["open"], needs: ["product"], primary: true }],
  list: ["subject", "given_by", "owner", "finish_by", "progress", "state"],
  queues: [{ code: "open", label: "Đang thực hiện" }, { code: "late", label: "Quá hạn" }],
  may: { create: true, export: true },
};

const equipment: Register = {
  code: "equipment",
  title: "Sổ trang thiết bị",
  basis: "Luật Quản lý, sử dụng tài sản công",
  group: "assets",
  fields: [
    f("tag", "text", "Mã tài sản", { required: true, max_length: 20, pattern: "[A-Z]{2}-\\d{4}", pattern_message: "Hai chữ in hoa, gạch ngang, bốn số" }),
    f("name", "text", "Tên thiết bị", { required: true, max_length: 200 }),
    f("kind", "choice", "Loại", { choices_of: "equipment_kinds", required: true }),
    f("unit", "unit", "Đơn vị sử dụng", { required: true }),
    f("keeper", "person", "Người giữ"),
    f("bought_on", "date", "Ngày đưa vào dùng"),
    f("price", "money", "Nguyên giá"),
    f("wear", "decimal", "Tỷ lệ hao mòn (%/năm)", { scale: 2 }),
    f("remaining", "computed", "Giá trị còn lại", { computed_type: "money" }),
    f("checked_at", "time", "Giờ kiểm kê"),
    f("software", "choices", "Kỹ năng vận hành cần có", { choices_of: "skills" }),
    f("photo", "file", "Ảnh"),
    f("in_use", "yes_no", "Đang sử dụng"),
    f("note", "long_text", "Tình trạng"),
  ],
  form: [
    { code: "identity", label: "Nhận dạng", fields: ["tag", "name", "kind", "photo"], columns: 2 },
    { code: "use", label: "Sử dụng", fields: ["unit", "keeper", "bought_on", "checked_at", "in_use", "software", "note"], columns: 2 },
    { code: "value", label: "Giá trị", fields: ["price", "wear", "remaining"], columns: 3 },
  ],
  states: [
    { code: "in_use", label: "Đang dùng", kind: "initial", colour: "green" },
    { code: "broken", label: "Hỏng", kind: "middle", colour: "volcano" },
    { code: "disposed", label: "Đã thanh lý", kind: "final", colour: "grey" },
  ],
  actions: [
    { code: "break", label: "Báo hỏng", from: ["in_use"], needs: ["reason"], bulk: true },
    { code: "repair", label: "Đã sửa", from: ["broken"], needs: [] },
    { code: "dispose", label: "Thanh lý", from: ["in_use", "broken"], needs: ["reason"], danger: true },
  ],
  list: ["tag", "name", "kind", "unit", "bought_on", "price", "wear", "remaining", "state"],
  order: ["tag"],
  queues: [{ code: "in_use", label: "Đang dùng" }, { code: "broken", label: "Hỏng" }],
  may: { create: true, export: true },
};

const initiative: Register = {
  code: "initiative",
  title: "Sáng kiến cải cách",
  group: "direction",
  fields: [f("title", "text", "Tên sáng kiến", { required: true, max_length: 300 }), f("author", "person", "Tác giả", { required: true }), f("year", "integer", "Năm")],
  form: [],
  states: [{ code: "new", label: "Mới", kind: "initial", colour: "blue" }],
  actions: [],
  list: ["title", "author", "year", "state"],
  may: { create: true, export: true },
};

export const registers: Record<string, Register> = { incoming, outgoing, task, equipment, initiative };

const groups: Record<string, string> = { documents: "Văn bản", direction: "Chỉ đạo, điều hành", assets: "Tài sản" };

export const summaries: RegisterSummary[] = Object.values(registers).map((register) => ({ code: register.code, title: register.title, group: register.group!, group_label: groups[register.group!]!, icon: null, may: { create: register.may.create } }));
