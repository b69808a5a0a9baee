#pragma once
#include "core/calendar/calendar.h"
#include "modules/registry/registry.h"

/// What the routes of registers and records answer with, for OpenAPI and the web's types. The answers themselves are
/// put together by hand, because a register's fields are known only to its declaration.
namespace registry {

using FieldValues = std::map<std::string, boost::json::value>;  ///< by the codes of the declared fields
using FieldTexts = std::map<std::string, std::string>;          ///< the same as people read them

struct Named {
    std::string code, label;
};
BOOST_DESCRIBE_STRUCT(Named, (), (code, label))

enum class StateKind { initial, middle, final };
BOOST_DESCRIBE_ENUM(StateKind, initial, middle, final)

struct Choice {
    std::string code, label;
    std::optional<std::string> abbreviation;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (code, label, abbreviation))

struct Field {
    std::string code;
    registers::FieldType type = registers::FieldType::text;
    std::string label;
    bool required = false;
    bool search = false;
    std::optional<std::string> help;
    std::optional<bool> locked, unique;
    std::optional<int> max_length, scale;
    std::optional<std::string> pattern, pattern_message, minimum, maximum;
    std::optional<std::string> choices_of;
    std::optional<std::vector<Choice>> choices;
    std::optional<std::string> record_of;
    std::optional<std::string> visible_when;             ///< the condition under which the form shows it
    std::optional<std::vector<std::string>> changed_in;  ///< states in which the form may change it; absent: all
    std::optional<std::string> computed_type;
};
BOOST_DESCRIBE_STRUCT(Field, (),
                      (code, type, label, required, search, help, locked, unique, max_length, scale, pattern,
                       pattern_message, minimum, maximum, choices_of, choices, record_of, visible_when, changed_in,
                       computed_type))

struct FormSection {
    std::string code, label;
    int columns = 2;
    std::vector<std::string> fields;
};
BOOST_DESCRIBE_STRUCT(FormSection, (), (code, label, columns, fields))

struct NumberBook {
    std::string field, pattern;
    std::vector<std::string> per;
    bool at_create = false;
};
BOOST_DESCRIBE_STRUCT(NumberBook, (), (field, pattern, per, at_create))

struct DeclaredState {
    std::string code, label;
    StateKind kind = StateKind::middle;
    std::string colour;
    std::optional<bool> draft;
};
BOOST_DESCRIBE_STRUCT(DeclaredState, (), (code, label, kind, colour, draft))

/// What an action asks for: a field of the record, or a word of its own (a reason).
struct Need {
    std::string code, label;
    bool is_field = false;
};
BOOST_DESCRIBE_STRUCT(Need, (), (code, label, is_field))

struct DeclaredAction {
    std::string code, label;
    std::vector<std::string> from;
    std::optional<std::string> to;
    std::vector<Need> needs;
    std::optional<bool> number, primary, bulk, danger;
    std::optional<boost::json::value> within;
    std::optional<std::string> handled_by;
};
BOOST_DESCRIBE_STRUCT(DeclaredAction, (),
                      (code, label, from, to, needs, number, primary, bulk, danger, within, handled_by))

struct RegisterMay {
    bool create = false;
    bool books = false;  ///< read its number books
};
BOOST_DESCRIBE_STRUCT(RegisterMay, (), (create, books))

struct Keep {
    int years = 0;  ///< 0: for ever
    std::optional<std::string> class_;
};
BOOST_DESCRIBE_STRUCT(Keep, (), (years, class_))

/// How long a record is kept; the last year once it has ended.
struct KeptFor {
    int years = 0;  ///< 0: for ever
    std::optional<int> until;
};
BOOST_DESCRIBE_STRUCT(KeptFor, (), (years, until))

struct Register {
    std::string code, title;
    int version = 0;
    std::string group;
    std::optional<std::string> basis, icon;
    std::vector<Field> fields;
    std::vector<FormSection> form;
    std::optional<NumberBook> book;
    std::vector<DeclaredState> states;
    std::vector<DeclaredAction> actions;
    std::vector<std::string> list, order;
    std::vector<Named> queues, counters;
    std::vector<std::string> print;
    Keep keep;
    RegisterMay may;
};
BOOST_DESCRIBE_STRUCT(Register, (),
                      (code, title, version, group, basis, icon, fields, form, book, states, actions, list, order,
                       queues, counters, print, keep, may))

struct RegisterSummary {
    std::string code, title, group, group_label, icon;
    RegisterMay may;
};
BOOST_DESCRIBE_STRUCT(RegisterSummary, (), (code, title, group, group_label, icon, may))

struct StateLabel {
    std::string code, label, colour;
    std::optional<bool> final_;
};
BOOST_DESCRIBE_STRUCT(StateLabel, (), (code, label, colour, final_))

struct Row {
    RecordId id;
    std::int64_t version = 0;
    StateLabel state;
    std::string title;
    Instant created_at, updated_at;
    FieldValues values;
    FieldTexts shown;
    std::optional<std::string> holder;
    std::optional<LocalDate> due;
    std::optional<calendar::DueState> due_state;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (id, version, state, title, created_at, updated_at, values, shown, holder, due, due_state))

struct RowPage {
    std::vector<Row> items;
    std::optional<std::string> next;
    std::optional<Count> count;
};
BOOST_DESCRIBE_STRUCT(RowPage, (), (items, next, count))

struct UnitName {
    std::int64_t id = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(UnitName, (), (id, name))

struct RecordAction {
    std::string code, label;
    std::vector<Need> needs;
    std::optional<LocalDate> by;  ///< the day it is to be done by (`within:`)
    bool danger = false;
    std::string handled_by;  ///< the module that does it; empty: the engine
};
BOOST_DESCRIBE_STRUCT(RecordAction, (), (code, label, needs, by, danger, handled_by))

struct RecordMay {
    bool edit = false, attach = false, link = false, assign = false, propose = false;
    bool text = false;  ///< instructions and opinions may stand on this server
};
BOOST_DESCRIBE_STRUCT(RecordMay, (), (edit, attach, link, assign, propose, text))

struct RecordFile {
    std::int64_t attachment = 0;
    FileId file;
    std::string name, title, role, role_label;
    std::int64_t size = 0;
    std::string media_type, sha256;
    std::string state;  ///< stored, readable, unreadable, destroyed
    std::string state_label;
    Instant added_at;
    std::optional<int> pages;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(RecordFile, (),
                      (attachment, file, name, title, role, role_label, size, media_type, sha256, state, state_label,
                       added_at, pages, reason))

struct LinkedRecord {
    RecordId id;
    std::string title, register_;
    StateLabel state;
};
BOOST_DESCRIBE_STRUCT(LinkedRecord, (), (id, title, register_, state))

struct RecordLink {
    std::int64_t id = 0;
    std::string kind, kind_label;
    bool outgoing = true;
    bool removable = false;  ///< by who asks
    LinkedRecord record;
};
BOOST_DESCRIBE_STRUCT(RecordLink, (), (id, kind, kind_label, outgoing, removable, record))

struct Warning {
    std::string message;
    std::optional<std::vector<RecordId>> records;  ///< the twins it speaks of, those the asker may see
};
BOOST_DESCRIBE_STRUCT(Warning, (), (message, records))

struct RecordView {
    RecordId id;
    std::string uuid, register_, register_label;
    int form_version = 0;
    std::int64_t version = 0;
    StateLabel state;
    std::string title;
    int secrecy = 0;
    UnitName agency;
    std::optional<UnitName> unit;
    Instant created_at, updated_at;
    bool registered = false;  ///< a file is then taken off with a reason
    std::optional<std::string> created_by;
    FieldValues values;
    FieldTexts shown;
    RecordMay may;
    std::vector<RecordAction> actions;
    std::vector<RecordLink> links;
    std::vector<RecordFile> files;
    std::vector<Warning> warnings;
    KeptFor keep;
};
BOOST_DESCRIBE_STRUCT(RecordView, (),
                      (id, uuid, register_, register_label, form_version, version, state, title, secrecy, agency, unit,
                       created_at, updated_at, registered, created_by, values, shown, may, actions, links, files,
                       warnings, keep))

struct FieldFault {
    std::string field, message;
};
BOOST_DESCRIBE_STRUCT(FieldFault, (), (field, message))

/// A number set aside in the book the record would be numbered in; `shown` as the record would bear it.
struct ReservedNumber {
    std::int64_t number = 0;
    std::string shown, reason;
};
BOOST_DESCRIBE_STRUCT(ReservedNumber, (), (number, shown, reason))

struct CheckAnswer {
    std::vector<FieldFault> errors;
    std::vector<Warning> warnings;
    FieldValues computed;
    FieldTexts shown;
    std::optional<std::string> next_number;
    std::optional<std::vector<ReservedNumber>> reserved;
};
BOOST_DESCRIBE_STRUCT(CheckAnswer, (), (errors, warnings, computed, shown, next_number, reserved))

struct BothLanguages {
    std::string vi, en;
};
BOOST_DESCRIBE_STRUCT(BothLanguages, (), (vi, en))

struct CounterShown {
    std::string code;
    BothLanguages label;
    std::optional<std::int64_t> value;
    std::optional<bool> today_only;
};
BOOST_DESCRIBE_STRUCT(CounterShown, (), (code, label, value, today_only))

struct Figures {
    LocalDate on;
    std::vector<CounterShown> counters;
};
BOOST_DESCRIBE_STRUCT(Figures, (), (on, counters))

struct FieldChange {
    std::string field, label;
    std::string before, after;  ///< as people read them; empty: nothing
};
BOOST_DESCRIBE_STRUCT(FieldChange, (), (field, label, before, after))

struct HistoryEntry {
    std::int64_t entry = 0;
    Instant at;
    std::string action, action_label;
    std::optional<std::string> person, post, on_behalf_of;
    std::vector<FieldChange> changes;
    boost::json::value details;
};
BOOST_DESCRIBE_STRUCT(HistoryEntry, (), (entry, at, action, action_label, person, post, on_behalf_of, changes, details))

struct HistoryPage {
    std::vector<HistoryEntry> items;
    std::optional<std::string> next;
    std::optional<Count> count;
};
BOOST_DESCRIBE_STRUCT(HistoryPage, (), (items, next, count))

struct Party {
    std::string kind;  ///< person, post, unit, role, everyone
    std::int64_t id = 0;
    std::string label;
    std::optional<std::string> detail;
};
BOOST_DESCRIBE_STRUCT(Party, (), (kind, id, label, detail))

struct AccessReason {
    Party party;
    std::vector<std::string> reasons;
};
BOOST_DESCRIBE_STRUCT(AccessReason, (), (party, reasons))

struct FilterContent {
    std::optional<std::string> filter;
    std::optional<std::vector<std::string>> columns;
    std::optional<std::string> order;
};
BOOST_DESCRIBE_STRUCT(FilterContent, (), (filter, columns, order))

struct SavedFilter {
    std::int64_t id = 0;
    std::string name;
    bool shared = false;
    FilterContent content;
    std::optional<Count> count;  ///< none over a field that is gone
};
BOOST_DESCRIBE_STRUCT(SavedFilter, (), (id, name, shared, content, count))

struct BookNumber {
    std::int64_t number = 0;
    std::optional<Instant> at;
    std::optional<std::string> reason, by, kind;
    std::optional<RecordId> record;
};
BOOST_DESCRIBE_STRUCT(BookNumber, (), (number, at, reason, by, kind, record))

struct Book {
    std::int64_t book = 0;
    std::string label;
    int year = 0;
    std::int64_t first = 0, last = 0;
    std::vector<BookNumber> held, reserved, cancelled, gaps;
    std::optional<Instant> closed_at;
    std::optional<std::string> closed_by;
};
BOOST_DESCRIBE_STRUCT(Book, (), (book, label, year, first, last, held, reserved, cancelled, gaps, closed_at, closed_by))

/// Says so in the table of routes.
void describe(service::Routes&);

}  // namespace registry
