import type { BulkResult, Field, InboxRow, RecordView, Row, SavedFilter, Step, Values } from "../src/api/types";
import { fold } from "../src/base/numbers";
import { Refusal, count, done, paged, type Asked, type Routes } from "./http";
import { partyOfPost, posts, today } from "./data/people";
import { file, makeStep, nextId, records, shownOf, stateOf, titleOf, type Kept } from "./data/records";
import { registers } from "./data/registers";
import { books, files, filters, phrases, state } from "./data/state";

const now = () => new Date().toISOString();

function found(id: string | undefined): Kept {
  const record = records.get(Number(id));
  if (!record) throw new Refusal(404, "records.none", "Không có văn bản này hoặc đồng chí không được xem.");
  return record;
}

function shown(record: Kept): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const field of registers[record.register]!.fields) {
    const text = shownOf(field, record.values[field.code]);
    if (text) texts[field.code] = text;
  }
  return texts;
}

const lead = (record: Kept) => record.steps.find((step) => step.role === "lead");

function rowOf(record: Kept): Row {
  const step = lead(record);
  return { id: record.id, version: record.version, state: stateOf(record.register, record.state), title: titleOf(record), created_at: record.created_at, updated_at: record.updated_at, values: record.values, shown: shown(record), holder: step?.to.label ?? null, due: step?.due ?? null, due_state: step?.due_state ?? "none" };
}

function view(record: Kept): RecordView {
  const register = registers[record.register]!;
  return {
    ...rowOf(record), register: record.register, form_version: 1, secrecy: record.secrecy, agency: { id: 1, name: "Bộ Hạ tầng và Đô thị" }, unit: { id: 2, name: "Văn phòng Bộ" }, created_by: "Phạm Thu Trang",
    actions: register.actions.filter((action) => !action.from?.length || action.from.includes(record.state)).map((action) => ({ code: action.code, label: action.label, needs: (action.needs ?? []).map((need) => ({ code: String(need), label: register.fields.find((field) => field.code === need)?.label ?? "Lý do", is_field: register.fields.some((field) => field.code === need) })), danger: Boolean(action.danger), primary: Boolean(action.primary) })),
    may: { edit: true, attach: true, link: true, assign: record.register === "incoming" && record.state !== "received", propose: record.register === "incoming" && record.state === "registered" },
    files: record.files, links: record.links, warnings: [],
  };
}

function write(record: Kept, values: Values, action: string, label: string) {
  const fields = registers[record.register]!.fields;
  const changes = fields.filter((field) => field.code in values && JSON.stringify(values[field.code] ?? null) !== JSON.stringify(record.values[field.code] ?? null)).map((field) => ({ field: field.code, label: field.label, before: shownOf(field, record.values[field.code]) ?? null, after: shownOf(field, values[field.code]) ?? null }));
  record.values = { ...record.values, ...values };
  record.version += 1;
  record.updated_at = now();
  record.history.unshift({ entry: nextId(), at: now(), action, action_label: label, person: "Nguyễn Thị Minh Hạnh", post: partyOfPost(state.post).label, changes });
}

function faults(register: string, values: Values): { field: string; message: string; code: string }[] {
  const wrong: { field: string; message: string; code: string }[] = [];
  for (const field of registers[register]!.fields) {
    const value = values[field.code];
    const empty = value === null || value === undefined || value === "";
    if (field.required && empty) wrong.push({ code: "records.required", field: field.code, message: `${field.label}: chưa nhập.` });
    if (field.pattern && !empty && !new RegExp(`^(${field.pattern})$`).test(String(value))) wrong.push({ code: "records.pattern", field: field.code, message: field.pattern_message ?? "Sai dạng." });
  }
  if (values.issued_on && String(values.issued_on) > today) wrong.push({ code: "records.future", field: "issued_on", message: "Ngày văn bản không được sau hôm nay." });
  return wrong;
}

const defaults: Values = { arrived_on: today, way: "paper", urgency: "normal", kind: "cong_van" };

const nextNumber = () => Math.max(...[...records.values()].map((record) => Number(record.values.arrival_number ?? 0))) + 1;

function fits(record: Kept, field: Field, wanted: string): boolean {
  const value = record.values[field.code];
  if (field.type === "text") return fold(String(value ?? "")).includes(fold(wanted));
  return String(value ?? "") === wanted;
}

function list(register: string, query: URLSearchParams): Kept[] {
  const declared = registers[register];
  if (!declared) throw new Refusal(404, "registers.none", `Không có sổ ${register}.`);
  let all = [...records.values()].filter((record) => record.register === register);
  const queue = query.get("queue");
  if (queue === "to_register") all = all.filter((record) => record.state === "received");
  else if (queue === "late") all = all.filter((record) => lead(record)?.due_state === "late");
  else if (queue) all = all.filter((record) => record.state === queue);
  if (query.get("state")) all = all.filter((record) => record.state === query.get("state"));
  if (query.get("filter")) all = all.filter((record) => record.values.sender === 500);
  const q = fold(query.get("q") ?? "");
  if (q) all = all.filter((record) => fold(`${titleOf(record)} ${Object.values(shown(record)).join(" ")}`).includes(q));
  for (const field of declared.fields) if (query.get(field.code)) all = all.filter((record) => fits(record, field, query.get(field.code)!));
  const order = query.get("order") ?? declared.order?.[0] ?? "-created_at";
  const code = order.replace("-", "");
  const of = (record: Kept) => record.values[code] ?? (code === "created_at" ? record.created_at : "");
  all.sort((one, other) => (of(one)! < of(other)! ? -1 : of(one)! > of(other)! ? 1 : 0) * (order.startsWith("-") ? -1 : 1));
  return all;
}

function flat(steps: Step[]): Step[] {
  return steps.flatMap((step) => [step, ...flat(step.children)]);
}

function stepOf(id: string | undefined): { record: Kept; step: Step } {
  for (const record of records.values()) for (const step of flat(record.steps)) if (step.id === Number(id)) return { record, step };
  throw new Refusal(404, "steps.none", "Không có bước xử lý này.");
}

function inbox(box: string): InboxRow[] {
  const rows: InboxRow[] = [];
  for (const record of records.values()) {
    for (const step of flat(record.steps)) {
      const mine = step.to.id === 104;
      const wanted = box === "todo" ? mine && step.state === "open" : box === "watching" ? step.from?.id === 104 && step.state === "open" : box === "support" ? step.role === "support" && step.state === "open" && step.id % 5 === 0 : box === "inform" ? step.role === "inform" && step.id % 7 === 0 : mine && step.state === "done";
      if (!wanted) continue;
      const texts = shown(record);
      rows.push({ step: step.id, record: record.id, register: record.register, role: step.role, role_label: step.role_label, urgency: record.values.urgency ? { code: String(record.values.urgency), label: texts.urgency! } : null, notation: texts.notation ?? null, title: titleOf(record), author: texts.sender ?? null, asked: step.instruction, from: step.from, opened_at: step.opened_at, due: step.due, due_state: step.due_state, state: step.state, seen: record.seen });
    }
  }
  const rank = { late: 0, soon: 1, ok: 2, none: 3 };
  const weight: Record<string, number> = { express: 0, very_urgent: 1, urgent: 2, normal: 3 };
  return rows.sort((one, other) => (weight[one.urgency?.code ?? "normal"]! - weight[other.urgency?.code ?? "normal"]!) || rank[one.due_state] - rank[other.due_state] || String(one.due ?? "9").localeCompare(String(other.due ?? "9")));
}

export const inboxSize = (box: string, late = false) => inbox(box).filter((row) => !late || row.due_state === "late").length;

export function recordRoutes(routes: Routes) {
  routes
    .on("GET", "/inbox", ({ query }) => {
      const q = fold(query.get("q") ?? "");
      return paged(inbox(query.get("box") ?? "todo").filter((row) => (!query.get("late") || row.due_state === "late") && fold(`${row.title} ${row.notation} ${row.author}`).includes(q)), query);
    })
    .on("GET", "/inbox/counts", () => Object.fromEntries([...["todo", "support", "inform", "watching", "done"].map((box) => [box, count(inbox(box).length)]), ["late", count(inbox("todo").filter((row) => row.due_state === "late").length)]]))
    .on("GET", "/records/{record}", ({ at }) => view(found(at.record)))
    .on("GET", "/records/{record}/steps", ({ at }) => found(at.record).steps)
    .on("GET", "/records/{record}/history", ({ at, query }) => paged(found(at.record).history, query))
    .on("GET", "/records/{record}/access", ({ query }) => [
      { party: partyOfPost(105), reasons: ["Văn thư của cơ quan"] },
      { party: partyOfPost(101), reasons: ["Lãnh đạo phụ trách đơn vị"] },
      { party: partyOfPost(104), reasons: ["Chủ trì bước 302", "Người tạo"] },
    ].filter((reason) => !query.get("person") || posts.find((post) => post.id === reason.party.id)?.holder === Number(query.get("person"))))
    .on("POST", "/records/{record}/assignments", ({ at, body }) => {
      const record = found(at.record);
      const to = [...body.lead, ...body.support, ...body.inform];
      if (to.length === 0) throw new Refusal(422, "steps.nobody", "Chưa chọn đơn vị, cá nhân nào.", { field: "lead" });
      if (body.lead.length > 1 && !body.mass) throw new Refusal(422, "steps.many_leads", "Chỉ một đơn vị chủ trì; nhiều đơn vị thì chọn giao đồng loạt.", { field: "lead" });
      if (body.due && body.due <= today) throw new Refusal(422, "calendar.not_after_today", "Hạn xử lý phải sau hôm nay.", { field: "due" });
      const under = body.step ? stepOf(String(body.step)).step.children : record.steps;
      for (const role of ["lead", "support", "inform"] as const) for (const party of body[role]) under.push(makeStep(role, party.kind === "post" ? party.id : 103, state.post, body.instruction, now(), body.due ?? null, { may: ["urge", "take_back"] }));
      record.state = "in_progress";
      write(record, {}, "step.assigned", "Phân công xử lý");
      return record.steps;
    })
    .on("POST", "/records/{record}/proposal", ({ at }) => void write(found(at.record), {}, "step.proposed", "Đề xuất phân công"))
    .on("POST", "/records/{record}/opinions", ({ at, body }) => {
      for (const party of body.to) found(at.record).steps.push(makeStep("consult", party.kind === "post" ? party.id : 106, state.post, body.text, now(), body.due ?? null, { may: ["urge", "take_back"] }));
      return found(at.record).steps;
    });
  const change = (path: string, apply: (step: Step, body: Asked["body"]) => void) =>
    routes.on("PUT", `/steps/{step}/${path}`, ({ at, body }) => {
      const { record, step } = stepOf(at.step);
      apply(step, body);
      if (path !== "seen") record.version += 1;
      else record.seen = true;
      return step;
    });
  const close = (step: Step, name: Step["state"], label: string) => Object.assign(step, { state: name, state_label: label, closed_at: now(), may: [] });
  change("seen", () => undefined);
  change("opinion", (step, body) => Object.assign(close(step, "done", "Đã cho ý kiến"), { opinion: body.text }));
  change("return", (step, body) => Object.assign(close(step, "returned", "Trả lại"), { reason: body.reason }));
  change("taking-back", (step) => close(step, "taken_back", "Đã lấy lại"));
  change("finish", (step, body) => {
    if (step.children.some((child) => child.state === "open")) throw new Refusal(409, "steps.open_support", "Còn ý kiến phối hợp chưa gửi; thu hồi hoặc chờ ý kiến trước khi hoàn thành.");
    Object.assign(close(step, "done", "Hoàn thành"), { outcome: body.outcome, reason: body.reason ?? null });
  });
  change("extension", (step, body) => (step.extension = { due: body.due, reason: body.reason, state: "asked" }));
  change("extension/decision", (step, body) => Object.assign(step, { extension: null, due: body.granted ? body.due : step.due }));
  routes
    .on("POST", "/steps/{step}/urgings", () => undefined)
    .on("GET", "/phrases", () => phrases)
    .on("POST", "/phrases", ({ body }) => void phrases.push({ id: nextId(), text: body.text, own: true }))
    .on("DELETE", "/phrases/{phrase}", ({ at }) => void phrases.splice(phrases.findIndex((phrase) => phrase.id === Number(at.phrase)), 1))
    .on("GET", "/registers/{register}/records", ({ at, query }) => {
      const page = paged(list(at.register!, query), query);
      return { ...page, items: page.items.map(rowOf) };
    })
    .on("POST", "/registers/{register}/records", ({ at, body }) => {
      if (at.register === "incoming") body.values = { ...defaults, ...body.values };
      const wrong = faults(at.register!, body.values);
      if (wrong.length) throw new Refusal(422, wrong[0]!.code, wrong[0]!.message, { field: wrong[0]!.field, also: wrong.slice(1) });
      const id = nextId();
      const record: Kept = { id, register: at.register!, version: 1, state: registers[at.register!]!.states[0]!.code, created_at: now(), updated_at: now(), values: body.values, files: [], links: [], steps: [], history: [], secrecy: 0, seen: true };
      records.set(id, record);
      for (const given of body.files ?? []) record.files.push({ ...file(id, given.role === "main" ? "main" : "appendix", given.title), file: given.file, name: files.get(given.file)?.name ?? "tep.pdf", attachment: nextId() });
      write(record, {}, "record.created", "Tạo mới");
      return view(record);
    })
    .on("POST", "/registers/{register}/check", ({ at, body }) => {
      const values = body.values as Values;
      const twins = at.register === "incoming" && values.notation ? [...records.values()].filter((record) => record.id !== body.id && record.register === "incoming" && record.values.notation === values.notation && record.values.sender === values.sender) : [];
      const remaining = values.price && values.wear ? String(Math.round(Number(values.price) * (1 - Number(values.wear) / 100))) : null;
      return { errors: faults(at.register!, at.register === "incoming" ? { ...defaults, ...values } : values).map(({ field, message }) => ({ field, message })), warnings: twins.length ? [{ message: "Trùng số, ký hiệu và cơ quan ban hành với văn bản đã có:", records: twins.map((twin) => twin.id) }] : [], computed: at.register === "equipment" ? { remaining } : at.register === "incoming" ? { ...defaults, ...values } : {}, next_number: at.register === "incoming" ? nextNumber() : at.register === "outgoing" ? 813 : undefined };
    })
    .on("PUT", "/records/{record}", ({ at, body }) => {
      const record = found(at.record);
      if (body.version !== record.version) throw new Refusal(409, "records.changed", "Văn bản đã được người khác sửa.", { current: view(record) });
      const wrong = faults(record.register, { ...record.values, ...body.values });
      if (wrong.length) throw new Refusal(422, wrong[0]!.code, wrong[0]!.message, { field: wrong[0]!.field, also: wrong.slice(1) });
      write(record, body.values, "record.changed", "Sửa thông tin");
      return view(record);
    })
    .on("POST", "/records/{record}/actions/{action}", ({ at, body }) => perform(found(at.record), at.action!, body))
    .on("POST", "/registers/{register}/bulk", ({ body }): BulkResult[] =>
      body.records.map(({ id }: { id: number }) => {
        if (id % 5 === 0) return { id, done: false, message: "Đang có người khác xử lý." };
        perform(found(String(id)), body.action, { arguments: body.arguments, values: {} });
        return { id, done: true };
      }),
    )
    .on("GET", "/registers/{register}/export", ({ response, query }) => {
      response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8", "Content-Disposition": `attachment; filename="so.${query.get("format")}"` });
      response.end("số đến,ngày đến\n");
      return done;
    })
    .on("GET", "/registers/{register}/filters", ({ at }) => filters[at.register!] ?? [])
    .on("POST", "/registers/{register}/filters", ({ at, body }) => {
      const kept: SavedFilter = { id: nextId(), ...body, count: count(7) };
      (filters[at.register!] ??= []).push(kept);
      return kept;
    })
    .on("PUT", "/registers/{register}/filters/{filter}", ({ at, body }) => Object.assign(filters[at.register!]!.find((each) => each.id === Number(at.filter))!, body))
    .on("DELETE", "/registers/{register}/filters/{filter}", ({ at }) => void (filters[at.register!] = filters[at.register!]!.filter((each) => each.id !== Number(at.filter))))
    .on("POST", "/records/{record}/links", ({ at, body }) => {
      const record = found(at.record);
      const to = found(String(body.to));
      const made = { id: nextId(), kind: body.kind, kind_label: "Liên quan", record: { id: to.id, title: titleOf(to), register: to.register, state: stateOf(to.register, to.state) }, outgoing: true };
      record.links.push(made);
      return made;
    })
    .on("DELETE", "/records/{record}/links/{link}", ({ at }) => void (found(at.record).links = found(at.record).links.filter((each) => each.id !== Number(at.link))))
    .on("POST", "/records/{record}/files", ({ at, body }) => {
      const made = { ...file(Number(at.record), body.role === "main" ? "main" : "appendix", body.title), file: body.file, attachment: nextId(), name: files.get(body.file)?.name ?? "tep.pdf" };
      found(at.record).files.push(made);
      return made;
    })
    .on("DELETE", "/records/{record}/files/{attachment}", ({ at }) => void (found(at.record).files = found(at.record).files.filter((each) => each.attachment !== Number(at.attachment))))
    .on("GET", "/registers/{register}/books", ({ query, at }) => (at.register === "incoming" ? books.filter((book) => book.year === Number(query.get("year"))) : []))
    .on("POST", "/registers/{register}/books/{book}/reservations", ({ at, body }) => {
      const book = books.find((each) => each.book === at.book)!;
      for (let index = 0; index < body.count; index += 1) book.reserved.push({ number: (book.last += 1), reason: body.reason, at: now() });
      return book;
    })
    .on("POST", "/registers/{register}/books/{book}/cancellations", ({ at, body }) => void books.find((each) => each.book === at.book)!.cancelled.push({ number: body.number, reason: body.reason, at: now(), by: "Phạm Thu Trang" }))
    .on("POST", "/registers/{register}/books/{book}/closing", ({ at }) => void (books.find((each) => each.book === at.book)!.closed_at = now()));
}

const outcomes: Record<string, string> = { register: "registered", finish: "done", return: "returned", submit: "submitted", issue: "issued", recall: "recalled", break: "broken", repair: "in_use", dispose: "disposed" };

function perform(record: Kept, action: string, body: { version?: number; arguments: Record<string, unknown>; values: Values }): RecordView {
  if (body.version !== undefined && body.version !== record.version) throw new Refusal(409, "records.changed", "Văn bản đã được người khác sửa.", { current: view(record) });
  const declared = registers[record.register]!.actions.find((each) => each.code === action);
  if (!declared) throw new Refusal(404, "actions.none", "Không có thao tác này.");
  if (declared.needs?.includes("reason") && !body.arguments?.reason) throw new Refusal(422, "actions.reason", "Chưa ghi lý do.", { field: "reason" });
  const values = { ...body.values };
  const wrong = faults(record.register, { ...record.values, ...values });
  if (wrong.length) throw new Refusal(422, wrong[0]!.code, wrong[0]!.message, { field: wrong[0]!.field, also: wrong.slice(1) });
  if (action === "register" && !record.values.arrival_number) values.arrival_number = Number(values.arrival_number) || nextNumber();
  record.state = outcomes[action] ?? record.state;
  write(record, values, `action.${action}`, declared.label);
  return view(record);
}

