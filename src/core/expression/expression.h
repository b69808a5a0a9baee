#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/result.h"
#include "base/time.h"
#include "db/sql.h"

/// The language of conditions in declarations: guards, `when`, `see`, filters, indicators. Small and CEL-like, typed,
/// with null as a declared value. Compiled to SQL for sets, evaluated in memory for one record; both give the same
/// answer. docs/protocols/expression.md says what each word means and what null does to it.
///
///     state == "registered" && (due == null || due < today) && kind in ["CV", "QĐ"]
///     exists(incoming, sender == this.sender && notation == this.notation && year(issued_on) == year(this.issued_on))
namespace expression {

enum class Type { boolean, integer, decimal, text, date, instant, list_of_text, null };

/// A value at run time. Numbers are int64 with a scale; money is whole đồng; texts compare by collation key.
using Value = std::variant<std::monostate, bool, Decimal, std::string, LocalDate, Instant, std::vector<std::string>>;
using Values = std::map<std::string, Value, std::less<>>;

/// A name the expression may use: its type, whether it may be null, and where it stands in SQL.
struct Name {
    Type type = Type::text;
    std::string column = {};         ///< "r.notation"; two identifiers at the most; empty: given by the context
    std::string key_column = {};     ///< for text: the stored ICU key column, when there is one
    int scale = 0;                   ///< of a decimal column, which holds units as an integer
    std::string folded_column = {};  ///< for text: the stored folded form, which contains() and starts_with() read
    /// Of a number: it never goes beyond this, in units. Whoever writes the column sees to that.
    std::int64_t bound = 1'000'000'000'000'000;
};

/// The code of the text that calls the type as a person does.
std::string_view text_of(Type);

/// What the text stands on: names of fields and of context ("today", "state", "this.…"), and other registers for
/// exists/count.
struct Environment {
    std::map<std::string, Name, std::less<>> names = {};
    /// The environment and table of another register, for exists(register, …) and count(register, …); null when
    /// unknown.
    std::function<const struct Source*(std::string_view register_code)> source = {};
};

/// Where exists, count and sum look: a register's table, called "r" by its environment's columns. Columns called
/// "record.…" are of its row in `record`. They look at other records than the one asking ("id"), of the same agency
/// ("agency").
struct Source {
    std::string table;  ///< "r_incoming"
    Environment environment;
};

class Expression;
using Pointer = std::shared_ptr<const Expression>;

/// Limits of one expression, so that the smaller engine can read the SQL made of it.
inline constexpr std::size_t longest = 4'000;  ///< bytes
inline constexpr int deepest = 64;             ///< operations within operations

/// Reads a text and checks its types. Errors: invalid "expression.…" with arguments line and column.
Result<Pointer> parse(std::string_view text, const Environment& environment);

/// The same condition as SQL over the environment's columns, false where it is null; an expression of another type
/// gives its value. `context` gives values of names without a column (today, this.x, me) and goes before columns
/// outside aggregates. Errors: invalid "expression.memory_only".
Result<void> compile(const Expression&, const Values& context, db::Query& into);

/// The ids of the records an exists(…) finds, as SQL: select … limit.
Result<void> compile_found(const Expression& exists, const Values& context, int limit, db::Query& into);

/// The value for one record in memory. `look_up` answers exists/count (the caller runs them as SQL); names come from
/// `values`.
Result<Value> evaluate(const Expression&, const Values& values,
                       const std::function<Result<Value>(const Expression& aggregate)>& look_up = {});

/// True when it can be compiled: lower() of a column can't.
bool runs_as_sql(const Expression&);
/// True when it holds exists, count or sum.
bool asks_other_records(const Expression&);

/// true; a null or anything else is false.
bool truth(const Value&);
/// The names used, for checking a declaration and for knowing when to compute again. Those of other registers are not
/// among them.
std::vector<std::string> names(const Expression&);
/// Registers that exists, count and sum look at.
std::vector<std::string> registers_asked(const Expression&);
Type type(const Expression&);
int scale(const Expression&);

}  // namespace expression
