/** The shapes of docs/protocols/api.md, by hand until api/openapi.json makes them. */

export type Id = number;
/** "2026-08-25" */
export type Day = string;
/** "2026-08-25T02:30:00.000Z" */
export type Instant = string;

export interface Fault {
  code: string;
  message: string;
  field?: string;
}

export interface ErrorBody {
  error: Fault & { also?: Fault[]; request?: string; retry_after?: number };
  current?: RecordView;
}

export interface Count {
  number: number;
  more: boolean;
}

export interface Page<T> {
  items: T[];
  next?: string | null;
  count?: Count;
}

export type PartyKind = "post" | "unit" | "person";
export interface PartyRef {
  kind: PartyKind;
  id: Id;
}
export interface Party extends PartyRef {
  label: string;
  detail?: string | null;
}

// ── Session and account ────────────────────────────────────────────────────────────────────────────────────────────
export type Language = "vi" | "en";

export interface SessionPost {
  id: Id;
  title: string;
  unit: { id: Id; name: string };
  agency: { id: Id; name: string; short_name: string };
  roles: string[];
  acting_for?: string | null;
}

export interface Session {
  account: { id: Id; login: string; language: Language; must_change_password: boolean };
  person: { id: Id; full_name: string; rank?: string | null };
  post?: Id | null;
  posts: SessionPost[];
  permissions: string[];
  csrf: string;
  server: { name: string; version: string; now: Instant; today: Day };
}

export interface AccountSession {
  id: string | number;
  created_at: Instant;
  last_seen_at: Instant;
  address: string;
  agent: string;
  current: boolean;
}

/** What the web remembers for an account, at most 16 KiB. */
export interface Preferences {
  language?: Language;
  columns?: Record<string, string[]>;
  panes?: Record<string, number>;
  desk?: { file: Id; name: string }[];
  recent?: string[];
  [key: string]: unknown;
}

// ── Frame ──────────────────────────────────────────────────────────────────────────────────────────────────────────
export interface MenuItem {
  code: string;
  label: string;
  path: string;
  count?: Count | null;
  /** 2 stands under the item before it. */
  level?: number;
}
export interface MenuGroup {
  code: string;
  label: string;
  items: MenuItem[];
}

export interface Notice {
  id: Id;
  at: Instant;
  text: string;
  record?: Id | null;
  kind: string;
  seen: boolean;
}

export interface Choice {
  code: string;
  label: string;
  abbreviation?: string | null;
}

// ── Inbox and steps ────────────────────────────────────────────────────────────────────────────────────────────────
export type Box = "todo" | "support" | "inform" | "watching" | "done";
export type DueState = "none" | "ok" | "soon" | "late";
export type StepRole = "lead" | "support" | "inform" | "consult" | "initial" | "approve" | "sign" | "task";
export type StepState = "open" | "done" | "returned" | "taken_back";

export interface InboxRow {
  step: Id;
  record: Id;
  register: string;
  role: StepRole;
  role_label: string;
  urgency?: { code: string; label: string } | null;
  notation?: string | null;
  title: string;
  author?: string | null;
  asked?: string | null;
  from?: Party | string | null;
  opened_at: Instant;
  due?: Day | null;
  due_state: DueState;
  state: StepState;
  /** A unit with its own clerk: the clerk enters it in the unit's book first. */
  waiting_book?: boolean;
  seen: boolean;
}

export type InboxCounts = Record<Box | "late", Count>;

export type StepMay = "return" | "take_back" | "finish" | "extend" | "decide_extension" | "urge" | "opinion" | "assign" | "hand_on" | "enter_in_book";

export interface Step {
  id: Id;
  role: StepRole;
  role_label: string;
  to: Party;
  from?: (Party & { person?: string; on_behalf_of?: string }) | null;
  instruction?: string | null;
  opened_at: Instant;
  due?: Day | null;
  due_state: DueState;
  state: StepState;
  state_label: string;
  closed_at?: Instant | null;
  closed_by?: string | null;
  waiting_book?: boolean;
  /** The unit's own book: the number given, or the next one while it waits. */
  unit_book?: { label: string; number: string | number; waiting: boolean; reserved?: ReservedNumber[] } | null;
  result?: RecordLabel | null;
  urgings?: { text: string; at: Instant; person: string }[];
  outcome?: string | null;
  reason?: string | null;
  opinion?: string | null;
  children: Step[];
  may: StepMay[];
  extension?: { due: Day; reason: string; state: string } | null;
}

export interface Assignment {
  version: number;
  instruction: string;
  due?: Day | null;
  step?: Id;
  lead: PartyRef[];
  support: PartyRef[];
  inform: PartyRef[];
  mass: boolean;
}

export interface Phrase {
  id: Id;
  text: string;
  own?: boolean;
}

// ── Registers and records ──────────────────────────────────────────────────────────────────────────────────────────
export type FieldType =
  | "text" | "long_text" | "integer" | "decimal" | "money" | "date" | "time" | "yes_no" | "choice" | "choices"
  | "person" | "post" | "unit" | "agency" | "record" | "file" | "computed";

export interface Field {
  code: string;
  type: FieldType;
  label: string;
  help?: string | null;
  required?: boolean;
  search?: boolean;
  locked?: boolean;
  max_length?: number | null;
  scale?: number | null;
  pattern?: string | null;
  pattern_message?: string | null;
  minimum?: string | null;
  maximum?: string | null;
  choices_of?: string | null;
  choices?: Choice[] | null;
  record_of?: string | null;
  computed_type?: string | null;
  /** Condition under which the form shows it. */
  visible_when?: string | null;
}

export interface FormSection {
  code: string;
  label: string;
  fields: string[];
  columns?: number;
}

export type Colour = "blue" | "cyan" | "purple" | "green" | "volcano" | "red" | "orange" | "gold" | "amber" | "grey" | "black";

export interface RegisterState {
  code: string;
  label: string;
  kind: "initial" | "middle" | "final";
  colour: string;
}

export interface RegisterAction {
  code: string;
  label: string;
  from?: string[];
  needs?: Need[];
  danger?: boolean;
  primary?: boolean;
  bulk?: boolean;
  /** It gives the record its number. */
  number?: boolean;
}

export interface RegisterSummary {
  code: string;
  title: string;
  group: string;
  group_label: string;
  icon?: string | null;
  may: { create: boolean };
}

export interface Queue {
  code: string;
  label: string;
  count?: Count | null;
}

export interface Register {
  code: string;
  title: string;
  version?: number;
  basis?: string | null;
  group?: string;
  fields: Field[];
  form: FormSection[];
  book?: { field: string; pattern?: string; per?: string[]; at_create?: boolean } | null;
  states: RegisterState[];
  actions: RegisterAction[];
  list: string[];
  order?: string[];
  /** Figures as of a day. */
  counters?: { code: string; label: string }[];
  queues?: Queue[];
  file_roles?: Choice[];
  may: { create: boolean; export?: boolean; books?: boolean };
}

export type Value = string | number | boolean | null | undefined | Party | RecordLabel | (string | number)[] | { [key: string]: unknown };
export type Values = Record<string, Value>;

export interface RecordLabel {
  id: Id;
  title: string;
}

export interface StateLabel {
  code: string;
  label: string;
  colour: string;
}

export interface Row {
  id: Id;
  version: number;
  state: StateLabel;
  title: string;
  created_at: Instant;
  updated_at: Instant;
  values: Values;
  shown: Record<string, string>;
  holder?: string | Party | null;
  due?: Day | null;
  due_state?: DueState | null;
}

export type Need = string | { code: string; label: string; is_field: boolean };

export interface RecordAction {
  code: string;
  label: string;
  needs: Need[];
  danger: boolean;
  primary?: boolean;
  /** Set where a module does the act, e.g. assigning. */
  handled_by?: string | null;
}

export type FileState = "stored" | "readable" | "unreadable" | "destroyed";

export interface RecordFile {
  attachment: Id;
  file: Id;
  name: string;
  title?: string | null;
  role: string;
  role_label: string;
  size: number;
  media_type: string;
  pages?: number | null;
  state: FileState;
  state_label?: string | null;
  reason?: string | null;
}

export interface RecordLink {
  id: Id;
  kind: string;
  kind_label: string;
  record: { id: Id; title: string; register: string; state: StateLabel };
  outgoing: boolean;
}

export interface Warning {
  message: string;
  records?: Id[];
}

export interface RecordView {
  id: Id;
  uuid?: string;
  register: string;
  form_version?: number;
  version: number;
  state: StateLabel;
  title: string;
  secrecy?: number | { code: string; label: string } | null;
  agency?: { id: Id; name: string } | null;
  unit?: { id: Id; name: string } | null;
  created_at: Instant;
  created_by?: string | { full_name?: string; label?: string } | null;
  updated_at: Instant;
  values: Values;
  shown: Record<string, string>;
  actions: RecordAction[];
  may: { edit: boolean; attach: boolean; link: boolean; assign: boolean; propose: boolean };
  files: RecordFile[];
  links: RecordLink[];
  /** Fields that came with a message and may not be typed over. */
  locked?: string[];
  warnings?: (Warning | string)[];
}

export interface CheckAnswer {
  errors: { field: string; message: string }[];
  warnings: Warning[];
  computed: Values;
  /** The same as people read them: the name of a unit that stands there by default. */
  shown?: Record<string, string>;
  next_number?: string | number | null;
  /** Numbers set aside in the book the record would be numbered in. */
  reserved?: ReservedNumber[];
}

/** `shown`: as the record would bear it. */
export type ReservedNumber = { number: number; shown: string; reason: string };

export interface BulkResult {
  id: Id;
  done: boolean;
  message?: string | null;
}

export interface SavedFilter {
  id: Id;
  name: string;
  shared: boolean;
  content: { filter?: string; columns?: string[]; order?: string };
  count?: Count | null;
}

export interface HistoryEntry {
  entry: Id;
  at: Instant;
  action: string;
  action_label: string;
  person?: string | null;
  post?: string | null;
  on_behalf_of?: string | null;
  changes?: { field: string; label: string; before?: string | null; after?: string | null }[];
  details?: unknown;
  record?: { id: Id; title: string } | Id | null;
}

export interface AccessReason {
  party: Party | string;
  reasons: string[];
}

/** A number of a book and why it stands apart. */
export interface BookNumber {
  number: string | number;
  reason?: string;
  at?: Instant;
  by?: string;
  record?: Id;
  kind?: string;
}

export interface Book {
  book: string | number;
  label: string;
  year: number;
  last: number;
  held: BookNumber[];
  reserved: BookNumber[];
  cancelled: BookNumber[];
  gaps: BookNumber[];
  closed_at?: Instant | null;
}

// ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────
export interface StoredFile {
  id: Id;
  name: string;
  size: number;
  media_type: string;
  sha256: string;
  state: FileState;
}

// ── Search, organisation, journal, settings ────────────────────────────────────────────────────────────────────────
export interface SearchHit {
  record: Id;
  register: string;
  register_label: string;
  title: string;
  snippet: { text: string; hit: boolean }[];
  state: StateLabel;
  date?: Day | null;
  exact: boolean;
  file?: Id | null;
}

export interface Unit {
  id: Id;
  parent?: Id | null;
  kind: string;
  kind_label: string;
  name: string;
  short_name: string;
  abbreviation: string;
  /** Mã định danh, QĐ 20/2020/QĐ-TTg. */
  organ_id?: string | null;
  is_agency: boolean;
  valid_from: Day;
  valid_to?: Day | null;
  sort: number;
}

export interface Holder {
  person: { id: Id; full_name: string };
  valid_from: Day;
  valid_to?: Day | null;
}

export interface Post {
  id: Id;
  title: string;
  roles: string[];
  holders: Holder[];
  open_steps: number;
  /** Its roles wait for a second person. */
  change?: Id | null;
}

/** What became of a change of rights: done, or waiting for a second person. */
export interface Proposed {
  applied: boolean;
  change?: Id | null;
}

export interface Person {
  id: Id;
  full_name: string;
  rank?: string | null;
  phone?: string | null;
  email?: string | null;
  posts: { id: Id; title: string; unit?: { id: Id; name: string } | null }[];
  account?: { id: Id; login: string; state: string } | null;
}

export interface Account {
  id: Id;
  login: string;
  state: string;
  state_label?: string | null;
  person: { id: Id; full_name: string };
  last_seen_at?: Instant | null;
}

export interface Acting {
  id: Id;
  post: Party | { id: Id; title: string };
  deputy: Party | { id: Id; full_name: string };
  valid_from: Day;
  valid_to: Day;
  basis: string;
}

export interface SigningAuthority {
  id: Id;
  post: Party | { id: Id; title: string };
  form: string;
  for_post?: Party | { id: Id; title: string } | null;
  scope: string;
  basis: string;
  valid_from: Day;
  valid_to?: Day | null;
}

export interface RightChange {
  id: Id;
  kind_label: string;
  description: string;
  proposed_by: string | { full_name: string };
  proposed_at: Instant;
  state: "waiting" | "confirmed" | "refused";
  decided_by?: string | null;
  reason?: string | null;
  may_decide: boolean;
}

export interface HandOver {
  id: Id;
  from: Party | { id: Id; full_name: string };
  to: Party | { id: Id; full_name: string };
  steps?: number;
  created_at: Instant;
  given_at?: Instant | null;
  taken_at?: Instant | null;
  may_confirm?: boolean;
  may_withdraw?: boolean;
}

export interface Role {
  code: string;
  title: string;
  permissions: string[];
}

export interface JournalState {
  size: number;
  root: string;
  /** Written, not yet in the tree. */
  waiting?: number;
  head_at?: Instant | null;
  head_size?: number | null;
  verified_at?: Instant | null;
}

export type DayKind = "working" | "weekend" | "holiday" | "swapped_off" | "swapped_working";
export interface CalendarDay {
  date: Day;
  kind: DayKind;
  note?: string | null;
}

export interface Setting {
  code: string;
  label: string;
  value: unknown;
  kind: string;
  help?: string | null;
  /** The change waits for a second person. */
  waiting?: boolean;
  choices?: Choice[];
}
