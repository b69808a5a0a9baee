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

/// The language of conditions in declarations: guards, `when`, `see`, filters, indicators. Small and CEL-like, typed, with
/// null as a declared value. Compiled to SQL for sets, evaluated in memory for one record; both give the same answer.
///
///     state == "registered" && (due == null || due < today) && kind in ["CV", "QĐ"]
///     exists(incoming, sender == this.sender && notation == this.notation && year(issued_on) == year(this.issued_on))
namespace expression {

enum class Type { boolean, integer, decimal, text, date, instant, list_of_text, null };

/// A value at run time. Numbers are int64 with a scale; money is whole đồng; texts compare by collation key.
using Value = std::variant<std::monostate, bool, Decimal, std::string, LocalDate, Instant, std::vector<std::string>>;

/// A name the expression may use: its type, whether it may be null, and where it stands in SQL.
struct Name {
    Type type = Type::text;
    std::string column;                      ///< "r.notation"; two identifiers at the most
    std::string key_column;                  ///< for text: the stored ICU key column, when there is one
    int scale = 0;                           ///< of a decimal column, which holds units as an integer
};

/// What the text stands on: names of fields and of context ("today", "state", "this.…"), and other registers for exists/count.
struct Environment {
    std::map<std::string, Name, std::less<>> names;
    /// The environment and table of another register, for exists(register, …) and count(register, …); null when unknown.
    std::function<const struct Source*(std::string_view register_code)> source;
};

struct Source {
    std::string table;                       ///< "r_incoming"
    Environment environment;
};

class Expression;

/// Reads a text. Errors: invalid "expression.syntax", "expression.unknown_name", "expression.wrong_type" with line and column.
Result<std::shared_ptr<const Expression>> parse(std::string_view text, const Environment& environment);

/// The same condition as SQL over the environment's columns. `context` gives values of names without a column (today, this.x, me).
Result<void> compile(const Expression&, const std::map<std::string, Value, std::less<>>& context, db::Query& into);

/// The value for one record in memory. `look_up` answers exists/count (the caller runs them as SQL); names come from `values`.
Result<Value> evaluate(const Expression&, const std::map<std::string, Value, std::less<>>& values,
                       const std::function<Result<Value>(const Expression& aggregate)>& look_up = {});

/// true; a null or anything else is false.
bool truth(const Value&);
/// The names used, for checking a declaration and for knowing when to compute again.
std::vector<std::string> names(const Expression&);
Type type(const Expression&);

}  // namespace expression
