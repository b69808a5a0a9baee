import type * as schema from "./schema";

/** The web's names of what the server sends and takes: schema.ts, from api/openapi.json, says what is in it. What stands here in full is the web's own, or narrows a text to the words it knows. */

export type { Day, Instant } from "./schema";
import type { Day } from "./schema";

export type Id = number;

/** The type with some of its members told closer. */
type With<T, Members> = Omit<T, keyof Members> & Members;

export interface Fault {
  code: string;
  message: string;
  field?: string;
}
export interface ErrorBody {
  error: Fault & { also?: Fault[]; request?: string; retry_after?: number };
  current?: RecordView;
}

export type Count = schema.RegistryCount;
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
export type Party = With<schema.InboxParty, { kind: PartyKind }>;

// ── Session and account ────────────────────────────────────────────────────────────────────────────────────────────
export type Language = "vi" | "en";
export type SessionPost = schema.SessionPost;
export type Session = With<schema.SessionSession, { account: With<schema.SessionAccount, { language: Language }> }>;
export type AccountSession = schema.SessionOpenSession;

/** What the web remembers for an account, at most 16 KiB. */
export interface Preferences {
  language?: Language;
  columns?: Record<string, string[]>;
  panes?: Record<string, number>;
  recent?: string[];
  [key: string]: unknown;
}

// ── Frame ──────────────────────────────────────────────────────────────────────────────────────────────────────────
export type MenuItem = schema.InboxMenuItem;
export type MenuGroup = schema.InboxMenuGroup;
export type Notice = schema.InboxNotice;
export type Notices = schema.InboxNotices;
export type Choice = schema.RegistryChoice;

// ── Inbox and steps ────────────────────────────────────────────────────────────────────────────────────────────────
export type Box = "todo" | "support" | "inform" | "watching" | "unit" | "done";
/** A part of what is to do. */
export type Part = "lead" | "decide" | "assign" | "returned" | "book";
export type DueState = schema.InboxRow["due_state"];
export type StepRole = schema.DocumentsStep["role"];
export type StepState = schema.DocumentsStep["state"];
export type InboxRow = schema.InboxRow;
export type InboxCounts = schema.InboxCounts;
export type StepMay = "return" | "take_back" | "finish" | "extend" | "decide_extension" | "urge" | "opinion" | "assign" | "hand_on" | "enter_in_book";
export type Step = With<schema.DocumentsStep, { may: StepMay[]; children: Step[] }>;
export type Assignment = schema.DocumentsAssignment;
export type Phrase = schema.InboxPhrase;

// ── Registers and records ──────────────────────────────────────────────────────────────────────────────────────────
export type Field = schema.RegistryField;
export type FieldType = Field["type"];
export type FormSection = schema.RegistryFormSection;
export type RegisterState = schema.RegistryDeclaredState;
export type RegisterAction = schema.RegistryDeclaredAction;
export type RegisterSummary = schema.RegistryRegisterSummary;
export type Queue = schema.RegistryNamed;
export type Register = schema.RegistryRegister;
export type Figures = schema.RegistryFigures;

/** What a field holds, by its type. */
export type Value = string | number | boolean | null | undefined | Party | RecordLabel | (string | number)[] | { [key: string]: unknown };
export type Values = Record<string, Value>;
export interface RecordLabel {
  id: Id;
  title: string;
}

export type StateLabel = schema.RegistryStateLabel;
export type Row = With<schema.RegistryRow, { values: Values }>;
export type Need = schema.RegistryNeed;
export type RecordAction = schema.RegistryRecordAction;
export type RecordFile = schema.RegistryRecordFile;
export type RecordLink = schema.RegistryRecordLink;
export type Warning = schema.RegistryWarning;
export type RecordView = With<schema.RegistryRecordView, { values: Values }>;
export type CheckAnswer = With<schema.RegistryCheckAnswer, { computed: Values }>;
/** A number set aside in the book, as the record would bear it. */
export type ReservedNumber = schema.RegistryReservedNumber;
export type BulkResult = schema.RegistryBulkResult;
export type SavedFilter = schema.RegistrySavedFilter;
/** An entry of a record's history, or of the journal, which names its record. */
export type HistoryEntry = With<schema.RegistryHistoryEntry, { record?: schema.AuditingRecordName }>;
export type AccessReason = schema.RegistryAccessReason;
/** A number of a book and why it stands apart. */
export type BookNumber = schema.RegistryBookNumber;
export type Book = schema.RegistryBook;
export type UnopenedBook = schema.RegistryUnopenedBook;

// ── Files ──────────────────────────────────────────────────────────────────────────────────────────────────────────
export type StoredFile = schema.ContentUploaded;
export type WaitingFile = schema.ContentWaiting;

// ── Search, organisation, journal, settings ────────────────────────────────────────────────────────────────────────
export type SearchHit = schema.SearchingHit;
export type Unit = schema.OrganisationUnit;
export type Holder = schema.OrganisationHolder;
export type Post = schema.OrganisationPost;
/** What became of a change of rights: done, or waiting for a second person. */
export type Proposed = schema.OrganisationProposed;
export type Person = schema.OrganisationPerson;
export type Account = schema.OrganisationAccount;
export type Acting = schema.OrganisationActingShown;
export type SigningAuthority = schema.OrganisationSigningShown;
export type RightChange = With<schema.OrganisationRightChange, { state: "waiting" | "confirmed" | "refused" | "withdrawn" }>;
export type HandOver = schema.OrganisationHandOver;
export type Role = schema.OrganisationRole;
export type JournalState = schema.AuditingState;
export type DayKind = CalendarDay["kind"];
export type CalendarDay = schema.CalendarDay;
export type Setting = schema.SettingsSetting;
export type Catalogue = schema.UpkeepCatalogue;
export type CatalogueRegister = schema.UpkeepRegister;
export type CatalogueList = schema.UpkeepList;
export type ListItems = schema.UpkeepListItems;
export type Backups = schema.UpkeepBackups;
export type Jobs = schema.UpkeepJobs;
export type Job = schema.UpkeepJob;
export type JobsRetried = schema.UpkeepRetried;
/** The first day of a deadline that is `working_days` after another. */
export type DueAnswer = With<schema.SchedulingDue, { due: Day }>;
