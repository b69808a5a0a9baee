// Written by ./dev gen from api/openapi.json, which the program prints: not by hand.

/** "2026-08-25" */
export type Day = string;
/** "2026-08-25T02:30:00.000Z" */
export type Instant = string;

export interface AuditingEntry {
  entry: number;
  at: Instant;
  action: string;
  action_label: string;
  person?: string;
  post?: string;
  on_behalf_of?: string;
  record?: AuditingRecordName;
  details: unknown;
  changes: unknown[];
}

export interface AuditingEntryPage {
  items: AuditingEntry[];
  next?: string;
}

export interface AuditingListing {
  items: Record<string, unknown>[];
  next?: string;
}

export interface AuditingRecordName {
  id: number;
  title: string;
  register?: string;
}

export interface AuditingState {
  size: number;
  waiting: number;
  root: string;
  head_at?: Instant;
  head_size?: number;
}

export interface CalendarDay {
  date: Day;
  kind: "working" | "weekend" | "holiday" | "swapped_off" | "swapped_working";
  note: string;
}

export interface ContentUploaded {
  id: number;
  name: string;
  size: number;
  media_type: string;
  sha256: string;
  state: string;
}

export interface ContentWaiting {
  file: number;
  name: string;
  media_type: string;
  state: string;
  size: number;
  since: Instant;
}

export interface DocumentsAssignment {
  version?: number;
  step?: number;
  instruction?: string;
  due?: Day;
  working_days?: number;
  lead?: DocumentsPartyRef[];
  support?: DocumentsPartyRef[];
  inform?: DocumentsPartyRef[];
  mass?: boolean;
}

export interface DocumentsBookEntry {
  number?: number;
}

export interface DocumentsConsultation {
  to: DocumentsPartyRef[];
  text: string;
  due?: Day;
}

export interface DocumentsDecision {
  granted: boolean;
  due?: Day;
  reason?: string;
}

export interface DocumentsExtension {
  due: Day;
  reason: string;
}

export interface DocumentsExtensionShown {
  due: Day;
  reason: string;
  state: string;
  granted_due?: Day;
  decision_reason?: string;
}

export interface DocumentsFinish {
  outcome: string;
  record?: number;
  file?: number;
  reason?: string;
  despite_open?: boolean;
}

export interface DocumentsHandOn {
  to: DocumentsPartyRef;
  instruction?: string;
}

export interface DocumentsParty {
  kind: string;
  id: number;
  label: string;
  detail: string;
  person?: string;
  on_behalf_of?: string;
}

export interface DocumentsPartyRef {
  kind: string;
  id: number;
}

export interface DocumentsProposal {
  to: DocumentsPartyRef;
  text?: string;
  lead?: DocumentsPartyRef[];
  support?: DocumentsPartyRef[];
  inform?: DocumentsPartyRef[];
  due?: Day;
}

export interface DocumentsReason {
  reason: string;
}

export interface DocumentsRecordName {
  id: number;
  title: string;
}

export interface DocumentsReservedNumber {
  number: number;
  shown: string;
  reason: string;
}

export interface DocumentsStep {
  id: number;
  role: "lead" | "support" | "inform" | "consult" | "initial" | "approve" | "sign" | "task";
  role_label: string;
  to: DocumentsParty;
  instruction: string;
  opened_at: Instant;
  state: "open" | "done" | "returned" | "taken_back";
  state_label: string;
  waiting_book: boolean;
  seen: boolean;
  from?: DocumentsParty;
  due?: Day;
  due_state: "none" | "ok" | "soon" | "late";
  seen_at?: Instant;
  closed_at?: Instant;
  closed_by?: string;
  outcome?: string;
  reason?: string;
  opinion?: string;
  result?: DocumentsRecordName;
  extension?: DocumentsExtensionShown;
  proposal?: unknown;
  urgings?: DocumentsUrging[];
  unit_book?: DocumentsUnitBookShown;
  may: string[];
  children: DocumentsStep[];
}

export interface DocumentsText {
  text: string;
}

export interface DocumentsUnitBookShown {
  label: string;
  number: number;
  waiting: boolean;
  reserved?: DocumentsReservedNumber[];
}

export interface DocumentsUrging {
  text: string;
  at: Instant;
  person: string;
}

export interface InboxChoice {
  code: string;
  label: string;
  abbreviation?: string;
}

export interface InboxCount {
  number: number;
  more: boolean;
}

export interface InboxCounts {
  todo: InboxCount;
  support: InboxCount;
  inform: InboxCount;
  watching: InboxCount;
  done: InboxCount;
  late: InboxCount;
  unit?: InboxCount;
}

export interface InboxMenuGroup {
  code: string;
  label: string;
  items: InboxMenuItem[];
}

export interface InboxMenuItem {
  code: string;
  label: string;
  path: string;
  icon?: string;
  count?: InboxCount;
  level?: number;
}

export interface InboxNewPhrase {
  text: string;
  shared?: boolean;
}

export interface InboxNotice {
  id: number;
  at: Instant;
  text: string;
  kind: string;
  seen: boolean;
  record?: number;
}

export interface InboxNotices {
  items: InboxNotice[];
  unseen: number;
  next?: string;
}

export interface InboxPage {
  items: InboxRow[];
  next?: string;
  count?: InboxCount;
}

export interface InboxParty {
  kind: string;
  id: number;
  label: string;
  detail?: string;
  person?: string;
}

export interface InboxPhrase {
  id: number;
  text: string;
  own: boolean;
}

export interface InboxRow {
  step: number;
  record: number;
  register: string;
  role: "lead" | "support" | "inform" | "consult" | "initial" | "approve" | "sign" | "task";
  role_label: string;
  notation: string;
  title: string;
  author: string;
  asked: string;
  opened_at: Instant;
  state: "open" | "done" | "returned" | "taken_back";
  waiting_book: boolean;
  seen: boolean;
  to: InboxParty;
  urgency?: InboxChoice;
  from?: InboxParty;
  due?: Day;
  due_state: "none" | "ok" | "soon" | "late";
}

export interface OrgActing {
  post: number;
  deputy: number;
  valid_from: Day;
  valid_to: Day;
  basis: string;
}

export interface OrgNewPerson {
  full_name: string;
  rank?: string;
  phone?: string;
  email?: string;
}

export interface OrgSigningAuthority {
  post: number;
  form: string;
  for_post?: number;
  scope: string;
  basis: string;
  valid_from: Day;
  valid_to?: Day;
}

export interface OrgSuccession {
  kind: string;
  to: number[];
  on: Day;
  basis?: string;
}

export interface OrganisationAccount {
  id: number;
  person: OrganisationPersonName;
  login: string;
  state: string;
  state_label: string;
  last_seen_at?: Instant;
}

export interface OrganisationAccountPage {
  items: OrganisationAccount[];
  next?: string;
}

export interface OrganisationAccountState {
  state: string;
  reason: string;
}

export interface OrganisationActingShown {
  id: number;
  post: OrganisationParty;
  deputy: OrganisationParty;
  valid_from: Day;
  valid_to: Day;
  basis: string;
  ended: boolean;
  change?: number;
}

export interface OrganisationDecision {
  confirmed: boolean;
  reason?: string;
}

export interface OrganisationFilling {
  person?: number;
  valid_from?: Day;
  valid_to?: Day;
  basis?: string;
}

export interface OrganisationFirstPassword {
  id: number;
  first_password: string;
}

export interface OrganisationHandOver {
  id: number;
  from: OrganisationParty;
  to: OrganisationParty;
  steps: number;
  created_at: Instant;
  given_at?: Instant;
  taken_at?: Instant;
  state: string;
  given_by?: OrganisationParty;
  in_stead: boolean;
  may_confirm: boolean;
  may_withdraw: boolean;
  work?: OrganisationHandedStep[];
}

export interface OrganisationHandedStep {
  id: number;
  record: number;
  title: string;
  role: string;
  role_label: string;
  instruction: string;
  due?: Day;
  moved: boolean;
}

export interface OrganisationHolder {
  person: OrganisationPersonName;
  valid_from: Day;
  valid_to?: Day;
}

export interface OrganisationNewAccount {
  person: number;
  login: string;
}

export interface OrganisationNewHandOver {
  from: number;
  to: number;
  steps?: unknown;
  all?: boolean;
}

export interface OrganisationNewPost {
  unit: number;
  title: string;
  roles?: string[];
  valid_from?: Day;
  sort?: number;
}

export interface OrganisationNewUnit {
  parent?: number;
  kind: string;
  name: string;
  short_name: string;
  abbreviation: string;
  organ_id?: string;
  is_agency?: boolean;
  valid_from?: Day;
  basis?: string;
  sort?: number;
}

export interface OrganisationParty {
  kind: string;
  id: number;
  label: string;
  detail?: string;
}

export interface OrganisationPerson {
  id: number;
  full_name: string;
  rank?: string;
  phone?: string;
  email?: string;
  posts: OrganisationPersonPost[];
  account?: OrganisationPersonAccount;
}

export interface OrganisationPersonAccount {
  id: number;
  login: string;
  state: string;
}

export interface OrganisationPersonName {
  id: number;
  full_name: string;
}

export interface OrganisationPersonPage {
  items: OrganisationPerson[];
  next?: string;
}

export interface OrganisationPersonPost {
  id: number;
  title: string;
  unit?: OrganisationUnitName;
  acting: boolean;
}

export interface OrganisationPost {
  id: number;
  unit: number;
  title: string;
  roles: string[];
  holders: OrganisationHolder[];
  open_steps?: number;
  sort: number;
  valid_from: Day;
  valid_to?: Day;
  change?: number;
}

export interface OrganisationPostChange {
  title: string;
  sort?: number;
  valid_to?: Day;
}

export interface OrganisationProposed {
  applied: boolean;
  change?: number;
}

export interface OrganisationRightChange {
  id: number;
  kind: string;
  kind_label: string;
  description: string;
  proposed_by: string;
  proposed_at: Instant;
  state: string;
  state_label: string;
  decided_by?: string;
  reason?: string;
  may_decide: boolean;
  may_withdraw: boolean;
  hindered?: string;
}

export interface OrganisationRole {
  code: string;
  title: string;
  permissions: string[];
}

export interface OrganisationRoles {
  roles: string[];
}

export interface OrganisationSigningShown {
  id: number;
  post: OrganisationParty;
  form: string;
  for_post?: OrganisationParty;
  scope: string;
  basis: string;
  valid_from: Day;
  valid_to?: Day;
}

export interface OrganisationUnit {
  id: number;
  parent?: number;
  agency: number;
  kind: string;
  kind_label: string;
  name: string;
  short_name: string;
  abbreviation: string;
  organ_id?: string;
  is_agency: boolean;
  valid_from: Day;
  valid_to?: Day;
  sort: number;
  coming?: OrganisationUnitComing;
  change?: number;
}

export interface OrganisationUnitComing {
  on: Day;
  name?: string;
}

export interface OrganisationUnitName {
  id: number;
  name: string;
}

export interface RegistryAccessReason {
  party: RegistryParty;
  reasons: string[];
}

export interface RegistryAct {
  version: number;
  arguments?: Record<string, unknown>;
  values?: Record<string, unknown>;
}

export interface RegistryAttach {
  file: number;
  role?: string;
  title?: string;
}

export interface RegistryBook {
  book: number;
  label: string;
  year: number;
  first: number;
  last: number;
  held: RegistryBookNumber[];
  reserved: RegistryBookNumber[];
  cancelled: RegistryBookNumber[];
  gaps: RegistryBookNumber[];
  closed_at?: Instant;
  closed_by?: string;
}

export interface RegistryBookNumber {
  number: number;
  at?: Instant;
  reason?: string;
  by?: string;
  kind?: string;
  record?: number;
}

export interface RegistryBothLanguages {
  vi: string;
  en: string;
}

export interface RegistryBulk {
  action: string;
  records: RegistrySeen[];
  arguments?: Record<string, unknown>;
  values?: Record<string, unknown>;
}

export interface RegistryBulkResult {
  id: number;
  done: boolean;
  message?: string;
}

export interface RegistryCancel {
  number: number;
  reason: string;
}

export interface RegistryCheck {
  values: Record<string, unknown>;
  id?: number;
}

export interface RegistryCheckAnswer {
  errors: RegistryFieldFault[];
  warnings: RegistryWarning[];
  computed: Record<string, unknown>;
  shown: Record<string, string>;
  next_number?: string;
  reserved?: RegistryReservedNumber[];
}

export interface RegistryChoice {
  code: string;
  label: string;
  abbreviation?: string;
}

export interface RegistryCount {
  number: number;
  more: boolean;
}

export interface RegistryCounterShown {
  code: string;
  label: RegistryBothLanguages;
  value?: number;
  today_only?: boolean;
}

export interface RegistryDeclaredAction {
  code: string;
  label: string;
  from: string[];
  to?: string;
  needs: RegistryNeed[];
  number?: boolean;
  primary?: boolean;
  bulk?: boolean;
  danger?: boolean;
  within?: unknown;
  handled_by?: string;
}

export interface RegistryDeclaredState {
  code: string;
  label: string;
  kind: "initial" | "middle" | "final";
  colour: string;
  draft?: boolean;
}

export interface RegistryEdit {
  version: number;
  values: Record<string, unknown>;
}

export interface RegistryField {
  code: string;
  type: "text" | "long_text" | "integer" | "decimal" | "money" | "date" | "time" | "yes_no" | "choice" | "choices" | "person" | "post" | "unit" | "agency" | "record" | "file" | "computed";
  label: string;
  required: boolean;
  search: boolean;
  help?: string;
  locked?: boolean;
  unique?: boolean;
  max_length?: number;
  scale?: number;
  pattern?: string;
  pattern_message?: string;
  minimum?: string;
  maximum?: string;
  choices_of?: string;
  choices?: RegistryChoice[];
  record_of?: string;
  visible_when?: string;
  changed_in?: string[];
  computed_type?: string;
}

export interface RegistryFieldChange {
  field: string;
  label: string;
  before: string;
  after: string;
}

export interface RegistryFieldFault {
  field: string;
  message: string;
}

export interface RegistryFigures {
  on: Day;
  counters: RegistryCounterShown[];
}

export interface RegistryFilter {
  name: string;
  shared: boolean;
  content: Record<string, unknown>;
}

export interface RegistryFilterContent {
  filter?: string;
  columns?: string[];
  order?: string;
}

export interface RegistryFormSection {
  code: string;
  label: string;
  columns: number;
  fields: string[];
}

export interface RegistryHistoryEntry {
  entry: number;
  at: Instant;
  action: string;
  action_label: string;
  person?: string;
  post?: string;
  on_behalf_of?: string;
  changes: RegistryFieldChange[];
  details: unknown;
}

export interface RegistryHistoryPage {
  items: RegistryHistoryEntry[];
  next?: string;
  count?: RegistryCount;
}

export interface RegistryKeep {
  years: number;
  class?: string;
}

export interface RegistryKeptFor {
  years: number;
  until?: number;
}

export interface RegistryLinkTo {
  to: number;
  kind: string;
}

export interface RegistryLinkedRecord {
  id: number;
  title: string;
  register: string;
  state: RegistryStateLabel;
}

export interface RegistryListing {
  items: Record<string, unknown>[];
  next?: string;
  count?: RegistryCount;
}

export interface RegistryMade {
  id: number;
}

export interface RegistryNamed {
  code: string;
  label: string;
}

export interface RegistryNeed {
  code: string;
  label: string;
  is_field: boolean;
}

export interface RegistryNewBook {
  part: string;
  first?: number;
}

export interface RegistryNewRecord {
  values: Record<string, unknown>;
  unit?: number;
  files?: RegistryAttach[];
  links?: RegistryLinkTo[];
  number?: number;
}

export interface RegistryNumberBook {
  field: string;
  pattern: string;
  per: string[];
  at_create: boolean;
}

export interface RegistryParty {
  kind: string;
  id: number;
  label: string;
  detail?: string;
}

export interface RegistryRecordAction {
  code: string;
  label: string;
  needs: RegistryNeed[];
  by?: Day;
  danger: boolean;
  handled_by: string;
}

export interface RegistryRecordFile {
  attachment: number;
  file: number;
  name: string;
  title: string;
  role: string;
  role_label: string;
  size: number;
  media_type: string;
  sha256: string;
  state: string;
  state_label: string;
  added_at: Instant;
  pages?: number;
  reason?: string;
}

export interface RegistryRecordLink {
  id: number;
  kind: string;
  kind_label: string;
  outgoing: boolean;
  removable: boolean;
  record: RegistryLinkedRecord;
}

export interface RegistryRecordMay {
  edit: boolean;
  attach: boolean;
  link: boolean;
  assign: boolean;
  propose: boolean;
  text: boolean;
}

export interface RegistryRecordView {
  id: number;
  uuid: string;
  register: string;
  register_label: string;
  form_version: number;
  version: number;
  state: RegistryStateLabel;
  title: string;
  secrecy: number;
  agency: RegistryUnitName;
  unit?: RegistryUnitName;
  created_at: Instant;
  updated_at: Instant;
  registered: boolean;
  created_by?: string;
  values: Record<string, unknown>;
  shown: Record<string, string>;
  may: RegistryRecordMay;
  actions: RegistryRecordAction[];
  links: RegistryRecordLink[];
  files: RegistryRecordFile[];
  warnings: RegistryWarning[];
  keep: RegistryKeptFor;
}

export interface RegistryRegister {
  code: string;
  title: string;
  version: number;
  group: string;
  basis?: string;
  icon?: string;
  fields: RegistryField[];
  form: RegistryFormSection[];
  book?: RegistryNumberBook;
  states: RegistryDeclaredState[];
  actions: RegistryDeclaredAction[];
  list: string[];
  order: string[];
  queues: RegistryNamed[];
  counters: RegistryNamed[];
  print: string[];
  keep: RegistryKeep;
  may: RegistryRegisterMay;
}

export interface RegistryRegisterMay {
  create: boolean;
  books: boolean;
}

export interface RegistryRegisterSummary {
  code: string;
  title: string;
  group: string;
  group_label: string;
  icon: string;
  may: RegistryRegisterMay;
}

export interface RegistryRemoval {
  reason?: string;
}

export interface RegistryReserve {
  count: number;
  reason: string;
}

export interface RegistryReservedNumber {
  number: number;
  shown: string;
  reason: string;
}

export interface RegistryRow {
  id: number;
  version: number;
  state: RegistryStateLabel;
  title: string;
  created_at: Instant;
  updated_at: Instant;
  values: Record<string, unknown>;
  shown: Record<string, string>;
  holder?: string;
  due?: Day;
  due_state?: "none" | "ok" | "soon" | "late";
}

export interface RegistryRowPage {
  items: RegistryRow[];
  next?: string;
  count?: RegistryCount;
}

export interface RegistrySavedFilter {
  id: number;
  name: string;
  shared: boolean;
  content: RegistryFilterContent;
  count?: RegistryCount;
}

export interface RegistrySeen {
  id: number;
  version: number;
}

export interface RegistryStateLabel {
  code: string;
  label: string;
  colour: string;
  final?: boolean;
}

export interface RegistryUnitName {
  id: number;
  name: string;
}

export interface RegistryUnopenedBook {
  part: string;
  label: string;
  year: number;
}

export interface RegistryWarning {
  message: string;
  records?: number[];
}

export interface SchedulingDayChange {
  kind: "working" | "weekend" | "holiday" | "swapped_off" | "swapped_working";
  note?: string;
  basis: string;
  everyone?: boolean;
}

export interface SchedulingDue {
  from: Day;
  working_days: number;
  due: Day;
}

export interface SearchingCount {
  number: number;
  more: boolean;
}

export interface SearchingHit {
  record: number;
  register: string;
  register_label: string;
  title: string;
  snippet: SearchingPiece[];
  state: SearchingStateName;
  date: Day;
  exact: boolean;
  file?: number;
}

export interface SearchingPage {
  items: SearchingHit[];
  next?: string;
  count?: SearchingCount;
}

export interface SearchingPiece {
  text: string;
  hit: boolean;
}

export interface SearchingStateName {
  code: string;
  label: string;
  colour: string;
}

export interface SessionAccount {
  id: number;
  login: string;
  language: string;
  must_change_password: boolean;
}

export interface SessionAgencyName {
  id: number;
  name: string;
  short_name: string;
}

export interface SessionChangePassword {
  old: string;
  new: string;
}

export interface SessionChoosePost {
  post: number;
}

export interface SessionOpenSession {
  id: number;
  created_at: Instant;
  last_seen_at: Instant;
  address: string;
  agent: string;
  current: boolean;
}

export interface SessionPerson {
  id: number;
  full_name: string;
  rank?: string;
}

export interface SessionPost {
  id: number;
  title: string;
  unit: SessionUnitName;
  agency: SessionAgencyName;
  roles: string[];
  acting_for?: string;
  waiting?: number;
}

export interface SessionServer {
  name: string;
  version: string;
  now: Instant;
  today: Day;
}

export interface SessionSession {
  account: SessionAccount;
  person: SessionPerson;
  post: number;
  posts: SessionPost[];
  permissions: string[];
  clearance: number;
  csrf: string;
  server: SessionServer;
}

export interface SessionSignIn {
  login: string;
  password: string;
}

export interface SessionUnitName {
  id: number;
  name: string;
}

export interface SettingsSetting {
  code: string;
  label: string;
  value: unknown;
  kind: string;
  help: string;
  own: boolean;
  waiting: boolean;
}

export interface UpkeepBackup {
  at: Instant;
  file: string;
  bytes: number;
  contents: number;
}

export interface UpkeepBackups {
  made: UpkeepBackup[];
  entries_since: number;
  contents_since: number;
  bytes_since: number;
  contents: number;
  bytes: number;
  folder: string;
}

export interface UpkeepCatalogue {
  registers: UpkeepRegister[];
  lists: UpkeepList[];
}

export interface UpkeepCount {
  number: number;
  more: boolean;
}

export interface UpkeepItem {
  code: string;
  label: string;
  abbreviation?: string;
  valid_from?: Day;
  valid_to?: Day;
  basis?: string;
  in_force: boolean;
}

export interface UpkeepJob {
  id: number;
  kind: string;
  label: string;
  state: "waiting" | "running" | "done" | "failed" | "given_up";
  tries: number;
  error?: string;
  due_at: Instant;
  created_at: Instant;
  file?: UpkeepJobFile;
}

export interface UpkeepJobFile {
  id: number;
  name?: string;
  record?: number;
}

export interface UpkeepJobs {
  failed: UpkeepJob[];
  waiting: UpkeepJob[];
  failed_count: UpkeepCount;
  waiting_count: UpkeepCount;
}

export interface UpkeepList {
  code: string;
  label: string;
  in_force: number;
  items: number;
  used_by: string[];
}

export interface UpkeepListItems {
  code: string;
  label: string;
  items: UpkeepItem[];
}

export interface UpkeepRegister {
  code: string;
  title: string;
  basis?: string;
  version: number;
  published_at: Instant;
  shipped: boolean;
  fields: number;
  states: number;
  lists: string[];
}

export interface UpkeepRetried {
  jobs: number;
}

export interface Fault {
  code: string;
  message: string;
  field?: string;
}

export interface ErrorAnswer {
  error: { code: string; message: string; field?: string; also?: Fault[]; request?: string };
  current?: RegistryRecordView;
}
