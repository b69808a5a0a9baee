import { Refusal, type Routes, count, done } from "./http";
import { directory, posts, today, unitName, units } from "./data/people";
import { records } from "./data/records";
import { choices, registers, summaries } from "./data/registers";
import { inboxSize } from "./routes_records";
import { notices, state } from "./data/state";
import { fold } from "../src/base/numbers";

export function session() {
  const post = (id: number, acting_for: string | null = null) => {
    const row = posts.find((each) => each.id === id)!;
    return { id, title: row.title, unit: { id: row.unit, name: unitName(row.unit) }, agency: { id: 1, name: units[0]!.name, short_name: units[0]!.short_name }, roles: row.roles, acting_for };
  };
  return {
    account: { id: 9, login: "hanh.ntm", language: state.language, must_change_password: state.mustChange },
    person: { id: 1, full_name: "Nguyễn Thị Minh Hạnh", rank: null },
    post: state.post,
    posts: [post(104), post(105), post(102, "Trần Quốc Bình"), post(112)],
    permissions: ["use", "receive", "number_books", "saved_filters", "assign", "calendar", "administer", "confirm_rights", "journal", "settings"],
    csrf: "mock",
    server: { name: "Bộ HTĐT", version: "0.1.0", now: `${today}T03:00:00.000Z`, today },
  };
}

const of = (register: string, ...states: string[]) => [...records.values()].filter((record) => record.register === register && (states.length === 0 || states.includes(record.state))).length;

function menu() {
  const item = (code: string, label: string, path: string, number?: number) => ({ code, label, path, count: number === undefined ? undefined : count(number) });
  const open = inboxSize("todo");
  return [
    { code: "work", label: "Công việc", items: [item("todo", "Việc cần xử lý", "/inbox", open), item("late", "Quá hạn", "/inbox?box=todo&late=1", inboxSize("todo", true)), item("watching", "Đã giao, theo dõi", "/inbox?box=watching", inboxSize("watching"))] },
    { code: "incoming", label: "Văn bản đến", items: [item("desk", "Chờ vào sổ", "/desk", of("incoming", "received")), item("registered", "Đã vào sổ", "/registers/incoming?queue=registered", 1200), item("returned", "Trả lại", "/registers/incoming?queue=returned", of("incoming", "returned"))] },
    { code: "outgoing", label: "Văn bản đi", items: [item("draft", "Dự thảo", "/registers/outgoing?queue=draft", of("outgoing", "draft")), item("submitted", "Chờ ký", "/registers/outgoing?queue=submitted", of("outgoing", "submitted")), item("issued", "Đã phát hành", "/registers/outgoing?queue=issued")] },
    { code: "direction", label: "Chỉ đạo, điều hành", items: [item("task", "Nhiệm vụ giao", "/registers/task", of("task", "open")), item("initiative", "Sáng kiến cải cách", "/registers/initiative"), item("equipment", "Sổ trang thiết bị", "/registers/equipment")] },
    { code: "find", label: "Tra cứu", items: [item("search", "Tra cứu", "/search"), item("registers", "Các sổ", "/registers"), item("calendar", "Lịch làm việc", "/calendar")] },
    { code: "admin", label: "Quản trị", items: [item("units", "Đơn vị", "/organisation/units"), item("accounts", "Người và tài khoản", "/organisation/accounts"), item("changes", "Thay đổi quyền", "/organisation/right-changes", 1), item("books", "Sổ và số", "/books"), item("journal", "Nhật ký hệ thống", "/journal"), item("settings", "Thiết lập", "/settings")] },
  ];
}

export function sessionRoutes(routes: Routes) {
  const guarded = (given: string) => given === "congvu";
  routes
    .on("POST", "/session", ({ body }) => {
      if (state.wrong >= 5) throw new Refusal(429, "session.locked", "Tài khoản tạm khóa do đăng nhập sai nhiều lần.", { retry_after: 300 });
      if (!guarded(body.password)) {
        state.wrong += 1;
        throw new Refusal(401, "session.wrong", "Tên đăng nhập hoặc mật khẩu không đúng.");
      }
      state.signedIn = true;
      state.wrong = 0;
      return session();
    })
    .on("GET", "/session", () => {
      if (!state.signedIn) throw new Refusal(401, "session.none", "Chưa đăng nhập.");
      return session();
    })
    .on("PUT", "/session/post", ({ body }) => {
      state.post = body.post;
      return session();
    })
    .on("DELETE", "/session", () => void (state.signedIn = false))
    .on("GET", "/account/sessions", () => [
      { id: 1, created_at: `${today}T01:00:00.000Z`, last_seen_at: `${today}T03:00:00.000Z`, address: "10.1.4.27", agent: "Chromium trên Linux", current: true },
      { id: 2, created_at: "2026-11-17T01:00:00.000Z", last_seen_at: "2026-11-19T09:00:00.000Z", address: "10.1.9.3", agent: "Firefox trên Windows", current: false },
    ])
    .on("DELETE", "/account/sessions/{session}", () => undefined)
    .on("PUT", "/account/password", ({ body }) => {
      if (!guarded(body.old)) throw new Refusal(422, "password.wrong", "Mật khẩu hiện tại không đúng.", { field: "old" });
      if (String(body.new).length < 12) throw new Refusal(422, "password.short", "Mật khẩu mới phải có ít nhất 12 ký tự.", { field: "new" });
      state.mustChange = false;
      return undefined;
    })
    .on("GET", "/account/preferences", () => state.preferences)
    .on("PUT", "/account/preferences", ({ body }) => {
      state.preferences = body;
      state.language = body.language ?? state.language;
      return body;
    })
    .on("GET", "/menu", menu)
    .on("GET", "/notices", () => ({ items: notices.map((notice) => ({ ...notice, seen: notice.seen || state.noticesSeen })), unseen: state.noticesSeen ? 0 : 2 }))
    .on("PUT", "/notices/seen", () => void (state.noticesSeen = true))
    .on("GET", "/events", ({ response, request }) => {
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.write(": xin chào\n\n");
      const clock = setInterval(() => response.write("event: inbox\ndata: {}\n\n"), 30000);
      request.on("close", () => clearInterval(clock));
      return done;
    })
    .on("GET", "/directory", ({ query }) => {
      const kinds = (query.get("kinds") ?? "post,unit,person").split(",").map((kind) => (kind === "agency" ? "unit" : kind));
      const wanted = fold(query.get("q") ?? "");
      return directory().filter((party) => kinds.includes(party.kind) && fold(`${party.label} ${party.detail ?? ""}`).includes(wanted)).slice(0, 20);
    })
    .on("GET", "/choices/{list}", ({ at }) => {
      const list = choices[at.list!];
      if (!list) throw new Refusal(404, "choices.none", `Không có danh mục ${at.list}.`);
      return list;
    })
    .on("GET", "/registers", () => summaries)
    .on("GET", "/registers/{register}", ({ at }) => {
      const register = registers[at.register!];
      if (!register) throw new Refusal(404, "registers.none", `Không có sổ ${at.register}.`);
      return register;
    })
    .on("GET", "/roles", () => [
      { code: "leader", title: "Lãnh đạo", permissions: ["steps.assign"] }, { code: "chief_of_office", title: "Chánh Văn phòng", permissions: [] }, { code: "head", title: "Trưởng phòng, vụ trưởng", permissions: [] }, { code: "handler", title: "Chuyên viên", permissions: [] },
      { code: "clerk", title: "Văn thư", permissions: ["books.manage"] }, { code: "legal", title: "Pháp chế", permissions: [] }, { code: "administrator", title: "Quản trị", permissions: ["org.manage"] }, { code: "auditor", title: "Kiểm toán", permissions: ["journal.read"] },
    ]);
}
