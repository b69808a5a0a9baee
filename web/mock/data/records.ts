import type { Field, HistoryEntry, RecordFile, RecordLink, StateLabel, Step, StepRole, Values } from "../../src/api/types";
import { agencies, partyOfPost, people, personName, posts, today, unitName, units } from "./people";
import { choices, registers } from "./registers";

export interface Kept {
  id: number;
  register: string;
  version: number;
  state: string;
  created_at: string;
  updated_at: string;
  values: Values;
  files: RecordFile[];
  links: RecordLink[];
  steps: Step[];
  history: HistoryEntry[];
  secrecy: number;
  seen: boolean;
}

/** The same figures every time. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}
const roll = dice(20261120);
const pick = <T>(all: readonly T[]): T => all[roll(all.length)]!;
const day = (back: number) => new Date(Date.parse(`${today}T00:00:00Z`) - back * 86400000).toISOString().slice(0, 10);
const at = (back: number) => new Date(Date.parse(`${today}T01:15:00Z`) - back * 86400000 + roll(14) * 1800000).toISOString();

export const records = new Map<number, Kept>();
let last = 1000;
export const nextId = () => ++last;

export const subjects = [
  "Về việc báo cáo kết quả thực hiện cải cách hành chính năm 2026",
  "Kế hoạch kiểm tra công tác quản lý chất lượng công trình quý IV năm 2026",
  "Về việc góp ý dự thảo Nghị định quy định chi tiết một số điều của Luật Quy hoạch đô thị và nông thôn",
  "Giấy mời dự Hội nghị trực tuyến toàn quốc về chuyển đổi số",
  "Về việc cung cấp số liệu giải ngân vốn đầu tư công 10 tháng đầu năm 2026",
  "Thông báo kết luận của Thủ tướng Chính phủ tại cuộc họp về phòng, chống thiên tai",
  "Về việc xử lý kiến nghị của cử tri sau Kỳ họp thứ hai",
  "Chỉ thị về tăng cường kỷ luật, kỷ cương trong thực thi công vụ dịp cuối năm",
  "Về việc rà soát thủ tục hành chính liên quan đến hoạt động xây dựng để cắt giảm ít nhất 30% thời gian giải quyết",
  "Tờ trình phê duyệt nhiệm vụ quy hoạch chung khu đô thị mới ven sông",
  "Về việc đôn đốc thực hiện kiến nghị của Kiểm toán nhà nước niên độ 2025",
  "Báo cáo tình hình tiếp công dân, giải quyết khiếu nại, tố cáo quý III năm 2026",
  "Về việc cử cán bộ tham gia Tổ biên tập Đề án phát triển đô thị thông minh",
  "Quyết định ban hành Danh mục hồ sơ cơ quan năm 2027",
  "Về việc bảo đảm an toàn thông tin cho hệ thống liên thông văn bản trong dịp Tết",
  "Về việc thẩm định thiết kế cơ sở dự án cải tạo, nâng cấp tuyến đường ven biển",
  "Kế hoạch tuyên truyền cải cách hành chính năm 2027",
  "Về việc trả lời kiến nghị của doanh nghiệp về cấp giấy phép xây dựng",
];

export function stateOf(register: string, code: string): StateLabel {
  const state = registers[register]?.states.find((each) => each.code === code);
  return { code, label: state?.label ?? code, colour: state?.colour ?? "grey" };
}

/** A value as the server writes it out. */
export function shownOf(field: Field, value: unknown): string | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  switch (field.type) {
    case "agency":
    case "unit":
      return unitName(Number(value));
    case "post":
      return posts.some((post) => post.id === value) ? partyOfPost(Number(value)).label : undefined;
    case "person":
      return personName(Number(value));
    case "choice":
      return (choices[field.choices_of ?? ""] ?? []).find((choice) => choice.code === value)?.label;
    case "choices":
      return (value as string[]).map((code) => (choices[field.choices_of ?? ""] ?? []).find((choice) => choice.code === code)?.label).join(", ");
    case "record":
      return titleOf(records.get(Number(value)));
    case "date":
      return String(value).split("-").reverse().join("/");
    case "yes_no":
      return value ? "Có" : "Không";
    case "money":
    case "computed":
      return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
    default:
      return String(value);
  }
}

export const titleOf = (record?: Kept): string => (record ? String(record.values.subject ?? record.values.name ?? record.values.title ?? `#${record.id}`) : "");

export const file = (id: number, role: "main" | "appendix", title: string, more: Partial<RecordFile> = {}): RecordFile => ({
  attachment: 7000 + id * 10 + (role === "main" ? 0 : 1), file: role === "main" ? 1 : 2, name: role === "main" ? "van-ban.pdf" : "phu-luc.pdf", title, role, role_label: role === "main" ? "Văn bản chính" : "Phụ lục",
  size: role === "main" ? 48213 : 90112, media_type: "application/pdf", pages: role === "main" ? 2 : 1, state: "readable", state_label: "Đọc được", ...more,
});

const roleLabels: Record<StepRole, string> = { lead: "Chủ trì", support: "Phối hợp", inform: "Nhận để biết", consult: "Xin ý kiến", initial: "Ký nháy", approve: "Phê duyệt", sign: "Ký số", task: "Xử lý" };
let lastStep = 300;

export function makeStep(role: StepRole, to: number, from: number, instruction: string, opened: string, due: string | null, more: Partial<Step> = {}): Step {
  const left = due ? (Date.parse(due) - Date.parse(today)) / 86400000 : 99;
  return {
    id: ++lastStep, role, role_label: roleLabels[role], to: partyOfPost(to), from: partyOfPost(from), instruction, opened_at: opened, due, due_state: !due ? "none" : left < 0 ? "late" : left <= 2 ? "soon" : "ok",
    state: "open", state_label: "Đang xử lý", closed_at: null, outcome: null, reason: null, children: [], may: [], ...more,
  };
}

const instructions = ["Giao Phòng Tổng hợp chủ trì, tham mưu báo cáo Lãnh đạo Bộ.", "Chuyển Vụ Pháp chế nghiên cứu, cho ý kiến bằng văn bản.", "Đồng chí nghiên cứu, dự thảo văn bản trả lời, trình trước thời hạn 01 ngày.", "Để biết, theo dõi thực hiện."];

function history(id: number, register: string): HistoryEntry[] {
  return [
    { entry: id * 10 + 3, at: at(1), action: "step.assigned", action_label: "Phân công xử lý", person: "Trần Quốc Bình", post: "Chánh Văn phòng", changes: [], details: "Chủ trì: Trưởng phòng Tổng hợp. Phối hợp: Vụ Pháp chế." },
    { entry: id * 10 + 2, at: at(2), action: "record.changed", action_label: "Sửa thông tin", person: "Phạm Thu Trang", post: "Văn thư cơ quan", on_behalf_of: null, changes: [{ field: "urgency", label: "Độ khẩn", before: "Thường", after: "Khẩn" }, { field: "reply_by", label: "Hạn trả lời", before: null, after: "30/11/2026" }] },
    { entry: id * 10 + 1, at: at(3), action: "record.created", action_label: register === "incoming" ? "Tiếp nhận văn bản" : "Tạo mới", person: "Phạm Thu Trang", post: "Văn thư cơ quan", changes: [] },
  ];
}

function keep(register: string, state: string, back: number, values: Values, more: Partial<Kept> = {}): Kept {
  const id = nextId();
  const kept: Kept = { id, register, version: 1, state, created_at: at(back), updated_at: at(Math.max(0, back - 1)), values, files: [], links: [], steps: [], history: history(id, register), secrecy: 0, seen: roll(3) > 0, ...more };
  records.set(id, kept);
  return kept;
}

function fill() {
  const kinds = ["cong_van", "ke_hoach", "cong_van", "giay_moi", "cong_van", "thong_bao", "cong_van", "chi_thi", "cong_van", "to_trinh"];
  const signs = ["VPCP-CN", "BTC-ĐT", "BNV-CCHC", "BTP-PLDSKT", "BCA-C06", "BKHCN-CĐS", "KTNN-TH", "UBND-CN", "UBND-XD", "UBND-KT", "SXD-QLN", "TTCP-V3", "ĐT-KH", "HQH-VP"];
  for (let index = 0; index < 140; index += 1) {
    const sender = roll(agencies.length);
    const waiting = index < 14;
    const back = waiting ? roll(2) : 1 + Math.floor(index / 4);
    const urgency = pick(["normal", "normal", "normal", "urgent", "very_urgent", "express"]);
    const state = waiting ? "received" : pick(["registered", "in_progress", "in_progress", "done", index % 17 === 0 ? "returned" : "done"]);
    const record = keep("incoming", state, back, {
      arrival_number: waiting ? null : 2140 - index, arrived_on: day(back), sender: agencies[sender]!.id, notation: `${100 + roll(8000)}/${signs[sender]}`, issued_on: day(back + roll(5)), kind: kinds[index % kinds.length],
      subject: subjects[index % subjects.length], urgency, way: pick(["electronic", "electronic", "internal", "paper"]), reply_by: index % 3 === 0 ? day(back - 12) : null, signer: pick(["Mai Tiến Dũng", "Nguyễn Hải Yến", "Võ Thành Công"]), sheets: 1 + roll(9), paper: index % 4 === 0, remarks: null,
    });
    record.files = [file(record.id, "main", "Văn bản chính"), ...(index % 2 ? [file(record.id, "appendix", "Biểu số liệu")] : []), ...(index % 9 === 4 ? [{ ...file(record.id, "appendix", "Bản quét"), attachment: record.id * 100, file: 3, name: "ban-quet.tif", media_type: "image/tiff", state: "unreadable" as const, state_label: "Chưa đọc được chữ", reason: "Bản quét mờ, cần người xem lại.", pages: null }] : [])];
    if (state === "in_progress" || state === "registered") addSteps(record, index);
    if (index % 11 === 3) record.secrecy = 0;
  }
  const drafts = ["draft", "submitted", "to_number", "issued", "issued", "issued", "recalled"];
  for (let index = 0; index < 46; index += 1) {
    const state = drafts[index % drafts.length]!;
    const record = keep("outgoing", state, index, { number: state === "issued" ? 812 - index : null, notation: state === "issued" || state === "recalled" ? `${812 - index}/BHTĐT-VP` : null, issued_on: state === "issued" ? day(index) : null, kind: kinds[(index * 3) % kinds.length], subject: subjects[(index * 5 + 2) % subjects.length], drafting_unit: pick([3, 5, 6, 7]), signer: pick([101, 102]), urgency: "normal", recipients: "- Như trên;\n- Bộ trưởng (để báo cáo);\n- Lưu: VT, TH." });
    record.files = [file(record.id, "main", "Dự thảo")];
  }
  for (let index = 0; index < 18; index += 1) keep("task", index % 4 ? "open" : "done", index * 2, { subject: `Nhiệm vụ ${index + 1}: ${subjects[index % subjects.length]!.replace("Về việc ", "")}`, given_by: 101, owner: pick([2, 5, 6, 7, 8]), finish_by: day(14 - index * 3), product: pick(["Báo cáo", "Tờ trình", "Dự thảo Nghị định"]), progress: roll(10) * 10 });
  for (let index = 0; index < 73; index += 1) {
    const price = (8 + roll(40)) * 1000000;
    keep("equipment", index % 9 === 0 ? "broken" : "in_use", index * 5, { tag: `MT-${String(1000 + index)}`, name: pick(["Máy tính HP ProDesk", "Máy in Canon LBP", "Máy xách tay Dell Latitude", "Thiết bị chuyển mạch 24 cổng"]), kind: pick(["computer", "printer", "laptop", "switch"]), unit: pick(units).id, keeper: pick(people).id, bought_on: day(index * 30), price: String(price), wear: pick(["20", "12.5", "6.67"]), remaining: String(Math.round(price * 0.62)), checked_at: "09:30", software: ["it"], in_use: index % 9 !== 0 });
  }
  const all = [...records.values()].filter((record) => record.register === "incoming");
  link(all[20]!, all[24]!, "related", "Liên quan");
  link(all[16]!, all[30]!, "answers", "Trả lời");
}

function link(from: Kept, to: Kept, kind: string, kind_label: string) {
  const id = nextId();
  const side = (record: Kept) => ({ id: record.id, title: titleOf(record), register: record.register, state: stateOf(record.register, record.state) });
  from.links.push({ id, kind, kind_label, record: side(to), outgoing: true });
  to.links.push({ id, kind, kind_label: `Được ${kind_label.toLowerCase()}`, record: side(from), outgoing: false });
}

function addSteps(record: Kept, index: number) {
  const due = index % 5 === 4 ? null : day(-16 + (index % 19));
  const mine = makeStep("lead", 104, 103, instructions[2]!, at(1), due, { may: ["assign", "finish", "extend", "return"] });
  const asked = makeStep("consult", 107, 104, "Đề nghị cho ý kiến về căn cứ pháp lý của nội dung 2.", at(0), day(-3), { may: ["urge", "take_back"] });
  mine.children = index % 2 ? [asked] : [];
  const legal = makeStep("support", 106, 102, "Phối hợp rà soát quy định có liên quan.", at(2), day(-4), index % 3 === 0 ? { state: "done", state_label: "Hoàn thành", closed_at: at(0), opinion: "Cơ bản thống nhất. Đề nghị bổ sung căn cứ Luật Ban hành văn bản quy phạm pháp luật." } : { may: ["urge"] });
  const head = makeStep("lead", 103, 102, instructions[index % 2 ? 0 : 2]!, at(2), due, { children: [mine], may: index % 7 === 3 ? ["decide_extension"] : [], extension: index % 7 === 3 ? { due: day(-20), reason: "Chờ số liệu của địa phương.", state: "asked" } : undefined });
  const told = makeStep("inform", 110, 102, instructions[3]!, at(2), null, { state: "done", state_label: "Đã xem", closed_at: at(1) });
  record.steps = [head, legal, told];
}

fill();
