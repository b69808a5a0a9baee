#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/messages.h"
#include "base/result.h"
#include "core/expression/expression.h"
#include "core/scope/scope.h"

/// What a register.yaml says, read and checked. docs/protocols/register.md describes the grammar.
namespace registers {

/// A text in both languages.
struct Label {
    std::string vi;
    std::string en;
    const std::string& in(Language language) const { return language == Language::en && !en.empty() ? en : vi; }
};

enum class FieldType {
    text,
    long_text,
    integer,
    decimal,
    money,
    date,
    time,
    yes_no,
    choice,
    choices,
    person,
    post,
    unit,
    agency,
    record,
    file,
    computed
};
BOOST_DESCRIBE_ENUM(FieldType, text, long_text, integer, decimal, money, date, time, yes_no, choice, choices, person,
                    post, unit, agency, record, file, computed)

struct Field {
    std::int64_t id = 0;  ///< permanent number, from register_field
    std::string code;     ///< its name in JSON, expressions and, as first published, the column
    FieldType type = FieldType::text;
    Label label;
    Label help;
    std::string column;         ///< column in the register's table
    std::string key_column;     ///< stored ICU key of a text in list, order, unique or search; else empty
    std::string folded_column;  ///< stored folded form of a text with `search: true`; else empty
    bool required = false;
    bool search = false;         ///< goes into the title index
    bool locked = false;         ///< C++ relies on it
    bool unique = false;         ///< within the agency
    bool indexed = false;        ///< conditions look records up by its value
    bool indexed_alike = false;  ///< … by alike() instead of ==
    /// States in which a form may change it; actions that need or set it may in any. None written: in every state.
    std::optional<std::vector<std::string>> changed_in;
    int max_length = 0;                  ///< of text, in characters; always set for text and long_text
    int scale = 0;                       ///< of decimal: the column holds units
    std::optional<std::string> pattern;  ///< regular expression the whole text must match, with `pattern_message`
    Label pattern_message;
    std::optional<Decimal> minimum, maximum;  ///< of numbers; always set for them, `unbounded` when not written
    std::string choices_of;                   ///< code of a choice list
    std::vector<std::pair<std::string, Label>> choices;  ///< or the choices written here
    /// Choices of older versions that are offered no more, for what was chosen then. Set by the catalogue.
    std::vector<std::pair<std::string, Label>> former_choices;
    std::string record_of;      ///< register a record link points to
    std::string default_value;  ///< expression
    std::string computed;       ///< expression of a computed field
    expression::Type computed_type = expression::Type::text;
    std::string visible_when;             ///< expression: the form shows it only then
    std::vector<std::string> visible_to;  ///< roles that may see it; empty: whoever sees the record
    /// Of an older version whose type was another: the current version's field, which lists read. Whoever writes this
    /// one writes that one too; set by the catalogue.
    std::shared_ptr<const Field> successor;
};

struct Section {
    std::string code;
    Label label;
    std::vector<std::string> fields;
    int columns = 2;
};

/// A number book: its field, its pattern ("{n:02}", "{n}/{year}-{unit.abbreviation}") and what restarts it.
struct Book {
    std::string field;
    std::string pattern = "{n}";
    std::vector<std::string> per;  ///< agency, unit, year, or a choice field
    bool at_create = false;        ///< number taken when made; else by an action with `number: true`
    /// Choices of a part whose book is of documents with that label: how far it has come is for who is cleared.
    std::vector<std::pair<std::string, Secrecy>> secrecy;

    /// Of the book with this part of its key, "book=secret": the highest of its choices.
    Secrecy secrecy_of(std::string_view part) const;
};

/// Who: a role code, or one of creator, holder, lead, support, inform, participant; with an optional place.
struct Actor {
    enum class Place { none, agency, unit, over_unit };
    std::string role;   ///< role code, "participant", "creator", "everyone", "agency", "unit", or "field"
    std::string field;  ///< for `field: owner`
    Place place = Place::agency;
    std::string when;     ///< expression, empty: always
    std::string written;  ///< as it stands in the declaration

    /// A role of posts, not a relation to the record.
    bool is_role() const;
};

struct OpenedStep {
    std::string role;  ///< lead, support, inform, consult, initial, approve, sign
    Actor to;          ///< field: x, or a role
    std::string instruction;
    std::optional<int> working_days;
    std::string due_field;
    std::string when;     ///< expression over the record as the action leaves it; empty: always
    bool notice = false;  ///< the addressee's bell rings too
};

/// The open steps of a role given from the record itself follow a day of the record.
struct MovedSteps {
    std::string role;
    std::string due_field;
};

struct Action {
    std::string code;
    Label label;
    std::vector<std::string> from;  ///< states; empty: any that is not final
    std::string to;                 ///< empty: the state stays
    std::vector<Actor> by;
    std::string when;                ///< guard expression
    Label refused;                   ///< what is said when the guard is false
    std::vector<std::string> needs;  ///< fields or arguments that must be given; "reason" is an argument
    std::vector<std::pair<std::string, std::string>> sets;  ///< field ← expression
    std::vector<OpenedStep> opens;
    bool number = false;        ///< takes the book's number
    std::optional<int> within;  ///< working days to do it in, counted from entering the state; 0: the same day
    bool closes_steps = false;  ///< closes the open steps of the record
    std::vector<std::string> closes_roles;  ///< or those of these roles only
    std::vector<MovedSteps> moves;
    bool primary = false;  ///< the one button that stands out
    bool bulk = false;     ///< may be done on many records at once
    bool danger = false;
    std::string handled_by;  ///< name of a C++ handler of a module; empty: the engine
};

struct State {
    std::string code;
    Label label;
    enum class Kind { initial, middle, final } kind = Kind::middle;
    bool draft = false;      ///< required fields may still be empty
    std::string colour;      ///< badge: blue, cyan, purple, green, volcano, red, grey
    bool withdrawn = false;  ///< the record no longer counts: its number may be cancelled
};

struct Warning {
    std::string when;
    Label label;
};

struct Check {
    std::string when_not;  ///< must hold, else refused at `field`
    std::string field;
    Label label;
};

/// The day the record itself is to be done by: more time granted on a step of the role, given from the record itself,
/// moves it along.
struct Deadline {
    std::string field;
    std::string otherwise;  ///< the date that counts while the field is empty
    std::string follows;    ///< lead …
};

/// While the condition holds, the content stays outside: no file comes to the record.
struct Sealed {
    std::string when;
    std::string field;  ///< where it is said when there are files already
    Label label;
};

/// A named filter with a count.
struct Queue {
    Label label;
    std::string when;                       ///< filter expression; it may also say `soon`
    std::vector<std::string> with_step;     ///< only records that wait in a step of one of these roles
    std::vector<std::string> without_step;  ///< only records that wait in none of them
    std::vector<std::string> menu;          ///< roles whose left menu shows it
};

struct Declaration {
    RegisterId id = {};
    int version = 0;
    std::string code;
    Label title;
    Label basis;
    std::string group;  ///< menu group: documents, law, people, equipment, network, steering
    std::string icon;
    std::vector<Field> fields;
    std::vector<Section> form;
    std::optional<Book> book;
    std::vector<State> states;
    /// States of older versions that this one has no more: records may still stand in them. Set by the catalogue.
    std::vector<State> former_states;
    std::vector<Action> actions;
    std::vector<Actor> create;  ///< who may make one
    std::vector<std::pair<Actor, std::vector<std::string>>>
        edit;  ///< who may change fields, in which states (empty: any not final)
    std::vector<Actor> see;
    std::vector<Check> checks;
    std::vector<Warning> warn;
    std::optional<Sealed> sealed;
    std::optional<Deadline> deadline;
    std::vector<std::string> list;                      ///< columns: field codes, or state, created_at, holder, due
    std::string title_expression;                       ///< the record's title; default: the first required text
    std::vector<std::pair<std::string, bool>> order;    ///< field, descending
    std::vector<std::pair<std::string, Queue>> queues;  ///< by code
    std::vector<std::pair<std::string, std::pair<Label, std::string>>>
        counters;                    ///< figures counted by expression as of a day
    std::vector<std::string> print;  ///< codes of print forms
    int keep_years = 0;              ///< 0: for ever
    std::string keep_class;
    std::string table;  ///< r_<code>
    /// What exists, count and sum may look at: this register, and the others once the catalogue is loaded.
    std::shared_ptr<const std::map<std::string, expression::Source, std::less<>>> sources;
    /// Its expressions by their text, parsed once; filled by the catalogue.
    std::shared_ptr<const std::map<std::string, expression::Pointer, std::less<>>> prepared;

    const Field* field(std::string_view code) const;
    const State* state(std::string_view code) const;
    /// The same, or the state an older version had: what a record in a list may stand in.
    const State* any_state(std::string_view code) const;
    const Action* action(std::string_view code) const;
    const State& initial_state() const;
    /// The environment of its expressions. Columns are those of `record` and of the register's table as "r". Names
    /// beside the fields: id, state, agency, unit, creator, title, created_at, updated_at; without a column, given by
    /// whoever asks: today, now, me, my_post, my_unit, my_agency. Whoever evaluates in memory gives a value for each
    /// that isn't a field.
    expression::Environment environment() const;
    /// The same with the texts an action asks for that are no fields: "reason".
    expression::Environment environment(const Action&) const;
    /// The same with `soon`, the last day that is near: for the queues, unless a field is called so.
    expression::Environment queue_environment() const;
    /// An expression of this declaration, from `prepared` when it is there; any other text is parsed in environment().
    Result<expression::Pointer> parsed(std::string_view text) const;
};

/// Numbers of fields stay within this many units, so that sums and products of them can be counted
/// (docs/protocols/expression.md).
inline constexpr std::int64_t unbounded = 999'999'999'999'999;

/// What a declaration may point to beyond itself. Where a function is missing, nothing is said against what it would
/// find.
struct Surroundings {
    std::function<const Declaration*(std::string_view register_code)> find_register = {};
    std::function<bool(std::string_view list)> has_choices = {};
};

/// Parses every expression of the declaration into `prepared`.
void prepare(Declaration&);

/// Reads and checks a register.yaml: syntax, unknown keys, names, types, expressions, states that can't be reached.
/// Errors: invalid "registers.…" or "expression.…" with the line as {line} and the path as `field`: the first fault,
/// the others in its `also`; too_large "registers.file_too_large".
Result<Declaration> read_declaration(std::string_view yaml, const Surroundings& surroundings = {});

/// "long_text" and back.
std::string_view name_of(FieldType);
std::optional<FieldType> field_type(std::string_view name);
/// Kept as a number of units or an id; the others as text.
bool is_number(FieldType);
/// What its column holds: the type, of a computed field the type of what it gives.
FieldType kept_as(const Field&);

}  // namespace registers
