import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fold } from "../src/base/numbers";
import { Refusal, done, paged, type Routes } from "./http";
import { partyOfPost, people, posts, today, unitName, units } from "./data/people";
import { nextId, records, stateOf, titleOf } from "./data/records";
import { registers } from "./data/registers";
import { acting, authorities, calendar, changes, files, handOvers, settings } from "./data/state";

const at = (name: string) => fileURLToPath(new URL(`files/${name}`, import.meta.url));

function answer(response: import("node:http").ServerResponse, type: string, bytes: Buffer, name?: string) {
  const headers: Record<string, string | number> = { "Content-Type": type, "Content-Length": bytes.length };
  if (name) headers["Content-Disposition"] = `attachment; filename="${name}"`;
  response.writeHead(200, headers);
  response.end(bytes);
  return done;
}

function bytesOf(id: number): { bytes: Buffer; type: string; name: string } {
  const stored = files.get(id);
  if (stored?.bytes) return { bytes: stored.bytes, type: stored.media_type, name: stored.name };
  return { bytes: readFileSync(at(id === 2 ? "annex.pdf" : "letter.pdf")), type: "application/pdf", name: "van-ban.pdf" };
}

export function restRoutes(routes: Routes) {
  routes
    .on("POST", "/files", ({ raw, request }) => {
      const name = decodeURIComponent(String(request.headers["x-file-name"] ?? "tep"));
      if (/\.exe$/i.test(name)) throw new Refusal(422, "files.kind", `Không nhận tệp ${name}: loại tệp không cho phép.`);
      const id = 9000 + nextId();
      const stored = { id, name, size: raw.length, media_type: String(request.headers["content-type"] ?? "application/octet-stream"), sha256: "0".repeat(64), state: "stored" as const };
      files.set(id, { ...stored, bytes: raw });
      return stored;
    })
    .on("GET", "/files/{file}/content", ({ at: { file }, query, response }) => {
      const { bytes, type, name } = bytesOf(Number(file));
      return answer(response, type, bytes, query.get("download") ? name : undefined);
    })
    .on("GET", "/files/{file}/stamped", ({ at: { file }, response }) => answer(response, "application/pdf", bytesOf(Number(file)).bytes))
    .on("GET", "/files/{file}/pages/{page}", ({ at: { page }, response }) => {
      if (Number(page) > 2) throw new Refusal(404, "files.no_page", "Không có trang này.");
      return answer(response, "image/png", readFileSync(at("page.png")));
    })
    .on("GET", "/search", ({ query }) => {
      const q = fold(query.get("q") ?? "");
      const hits = [...records.values()]
        .filter((record) => (!query.get("register") || record.register === query.get("register")) && (!query.get("from") || record.created_at.slice(0, 10) >= query.get("from")!) && (!query.get("to") || record.created_at.slice(0, 10) <= query.get("to")!))
        .filter((record) => fold(`${titleOf(record)} ${String(record.values.notation ?? "")} ${String(record.values.arrival_number ?? "")}`).includes(q))
        .map((record) => {
          const title = titleOf(record);
          const from = fold(title).indexOf(q);
          const snippet = from < 0 ? [{ text: `${String(record.values.notation ?? "")} · ${title}`, hit: false }] : [{ text: `…${title.slice(0, from)}`, hit: false }, { text: title.slice(from, from + q.length), hit: true }, { text: `${title.slice(from + q.length)}. Đề nghị các cơ quan, đơn vị gửi báo cáo trước ngày 30 tháng 11…`, hit: false }];
          return { record: record.id, register: record.register, register_label: registers[record.register]!.title, title: [record.values.notation, title].filter(Boolean).join(" · "), snippet, state: stateOf(record.register, record.state), date: String(record.values.issued_on ?? record.created_at.slice(0, 10)), exact: String(record.values.notation ?? "") === query.get("q"), file: record.files[0]?.file ?? null };
        })
        .sort((one, other) => Number(other.exact) - Number(one.exact) || other.date.localeCompare(one.date));
      return paged(hits, query);
    })
    .on("GET", "/units", ({ query }) => units.filter((unit) => !unit.valid_to || unit.valid_to > (query.get("on") ?? today)))
    .on("POST", "/units", ({ body }) => {
      if (!body.name) throw new Refusal(422, "units.name", "Chưa nhập tên đơn vị.", { field: "name" });
      const unit = { id: nextId(), kind_label: "Phòng", sort: 99, valid_to: null, ...body };
      units.push(unit);
      return unit;
    })
    .on("PUT", "/units/{unit}", ({ at: { unit }, body }) => Object.assign(units.find((each) => each.id === Number(unit))!, body))
    .on("POST", "/units/{unit}/successions", () => undefined)
    .on("GET", "/units/{unit}/posts", ({ at: { unit } }) =>
      posts.filter((post) => post.unit === Number(unit)).map((post) => ({ id: post.id, title: post.title, roles: post.roles, holders: post.holder ? [{ person: people.find((person) => person.id === post.holder)!, valid_from: "2024-03-01", valid_to: null }] : [], open_steps: post.id % 9 })),
    )
    .on("POST", "/posts", ({ body }) => void posts.push({ id: nextId(), unit: body.unit, title: body.title, roles: body.roles ?? [], holder: null }))
    .on("PUT", "/posts/{post}", ({ at: { post }, body }) => Object.assign(posts.find((each) => each.id === Number(post))!, body))
    .on("PUT", "/posts/{post}/roles", ({ at: { post }, body }) => {
      changes.unshift({ id: nextId(), kind_label: "Vai trò của chức vụ", description: `${partyOfPost(Number(post)).label}: ${body.roles.join(", ")}`, proposed_by: "Nguyễn Thị Minh Hạnh", proposed_at: new Date().toISOString(), state: "waiting", may_decide: false });
      return { applied: false, change: changes[0]!.id };
    })
    .on("POST", "/posts/{post}/holders", ({ at: { post }, body }) => void (posts.find((each) => each.id === Number(post))!.holder = body.person))
    .on("GET", "/persons", ({ query }) =>
      paged(people.filter((person) => fold(person.full_name).includes(fold(query.get("q") ?? ""))).map((person) => {
        const held = posts.filter((post) => post.holder === person.id);
        return { ...person, phone: "024 3974 0" + (100 + person.id), email: null, posts: held.map((post) => ({ id: post.id, title: post.title, unit: { id: post.unit, name: unitName(post.unit) } })), account: { id: person.id, login: fold(person.full_name).split(" ").at(-1)! + "." + person.id, state: person.id === 9 ? "locked" : "active" } };
      }), query),
    )
    .on("POST", "/persons", ({ body }) => {
      const person = { id: nextId(), rank: "", ...body };
      people.push(person);
      return person;
    })
    .on("PUT", "/persons/{person}", ({ at: { person }, body }) => Object.assign(people.find((each) => each.id === Number(person))!, body))
    .on("GET", "/accounts", ({ query }) => paged(people.map((person) => ({ id: person.id, login: `${fold(person.full_name).split(" ").at(-1)}.${person.id}`, state: person.id === 9 ? "locked" : "active", state_label: person.id === 9 ? "Đã khóa" : "Đang dùng", person: { id: person.id, full_name: person.full_name }, last_seen_at: `${today}T01:00:00.000Z` })), query))
    .on("POST", "/accounts", () => ({ first_password: "buoi-sang-muoi-hai-hoa-sen" }))
    .on("PUT", "/accounts/{account}/state", () => undefined)
    .on("POST", "/accounts/{account}/password-reset", () => ({ first_password: "con-thuyen-xanh-ba-ngon-nui" }))
    .on("GET", "/acting", () => acting)
    .on("POST", "/acting", ({ body }) => void acting.push({ id: nextId(), post: partyOfPost(body.post), deputy: { kind: "person", id: body.deputy, label: people.find((person) => person.id === body.deputy)?.full_name ?? "" }, valid_from: body.valid_from, valid_to: body.valid_to, basis: body.basis }))
    .on("DELETE", "/acting/{acting}", ({ at: { acting: id } }) => void acting.splice(acting.findIndex((each) => each.id === Number(id)), 1))
    .on("GET", "/signing-authorities", () => authorities)
    .on("POST", "/signing-authorities", ({ body }) => void authorities.push({ id: nextId(), ...body, post: partyOfPost(body.post), for_post: body.for_post ? partyOfPost(body.for_post) : null }))
    .on("GET", "/right-changes", ({ query }) => changes.filter((change) => !query.get("state") || change.state === query.get("state")))
    .on("PUT", "/right-changes/{change}/decision", ({ at: { change }, body }) => Object.assign(changes.find((each) => each.id === Number(change))!, { state: body.confirmed ? "confirmed" : "refused", may_decide: false }))
    .on("GET", "/hand-overs", () => handOvers)
    .on("POST", "/hand-overs", ({ body }) => {
      const name = (id: number) => ({ kind: "person" as const, id, label: people.find((person) => person.id === id)?.full_name ?? "" });
      handOvers.unshift({ id: nextId(), from: name(body.from), to: name(body.to), steps: 5, created_at: new Date().toISOString(), given_at: new Date().toISOString(), taken_at: null, may_confirm: false });
      return handOvers[0];
    })
    .on("PUT", "/hand-overs/{hand_over}/confirmation", ({ at: { hand_over } }) => Object.assign(handOvers.find((each) => each.id === Number(hand_over))!, { taken_at: new Date().toISOString(), may_confirm: false }))
    .on("GET", "/hand-overs/{hand_over}/minutes", ({ response }) => answer(response, "application/pdf", readFileSync(at("letter.pdf")), "bien-ban.pdf"))
    .on("GET", "/journal", ({ query }) =>
      paged([...records.values()].flatMap((record) => record.history.map((entry) => ({ ...entry, record: { id: record.id, title: titleOf(record) } }))).filter((entry) => !query.get("action") || entry.action === query.get("action")).sort((one, other) => other.at.localeCompare(one.at)), query),
    )
    .on("GET", "/journal/state", () => ({ size: 18422, root: "9f2c61d07be4c5a1f0e88d2a4b3c7716de01a95542c3f6b8807d1e24a9b0c3d5", head_at: `${today}T00:00:12.000Z`, head_size: 18420, waiting: 2 }))
    .on("GET", "/journal/entries/{entry}/proof", ({ at: { entry } }) => ({ entry: Number(entry), size: 18422, path: ["a1", "b2"] }))
    .on("GET", "/calendar/due", ({ query }) => {
      let left = Number(query.get("working_days"));
      let time = Date.parse(`${query.get("from")}T00:00:00Z`);
      while (left > 0) {
        time += 86400000;
        const date = new Date(time).toISOString().slice(0, 10);
        const kind = calendar(Number(date.slice(0, 4))).find((day) => day.date === date)?.kind;
        if (kind === "working" || kind === "swapped_working") left -= 1;
      }
      return { due: new Date(time).toISOString().slice(0, 10) };
    })
    .on("GET", "/calendar/{year}", ({ at: { year } }) => calendar(Number(year)))
    .on("PUT", "/calendar/days/{date}", ({ at: { date }, body }) => Object.assign(calendar(Number(date!.slice(0, 4))).find((day) => day.date === date)!, body))
    .on("GET", "/settings", () => settings)
    .on("PUT", "/settings", ({ body }) => {
      for (const changed of Array.isArray(body) ? body : Object.entries(body).map(([code, value]) => ({ code, value }))) {
        const setting = settings.find((each) => each.code === changed.code);
        if (setting) setting.value = changed.value;
      }
      return settings;
    });
}
