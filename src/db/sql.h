#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/value.h"

namespace db {

enum class Engine { sqlite, postgresql };

/// A named statement written in the source. The name ("opinions.insert") is in slow-query logs and metrics.
/// Parameters are ?1, ?2 … on both engines. `postgresql` is given only where the two must differ, with a line that says
/// why.
struct Sql {
    std::string_view name;
    std::string_view text;
    std::string_view postgresql = {};
};

/// Text that stands in the source: nothing a user typed can become one.
class Literal {
  public:
    template <std::size_t N>
    consteval Literal(const char (&text)[N]) : text_(text, N - 1), has_mark_(text_.find('?') != text_.npos) {}
    constexpr std::string_view text() const { return text_; }
    constexpr bool has_mark() const { return has_mark_; }

  private:
    std::string_view text_;
    bool has_mark_;  ///< a question mark: a parameter, or one in quotes
};

/// A statement put together from literals, checked identifiers and values: the only way to make SQL at run time.
/// Used for the tables of declared registers. Values become parameters, never text.
class Query {
  public:
    explicit Query(Literal name) : name_(name.text()) {}
    Query& add(Literal text);
    /// A table or column name: [a-z][a-z0-9_]{0,62}, else the query is poisoned and running it fails as internal.
    Query& identifier(std::string_view name);
    Query& value(Value);
    /// (v1, v2, …) for `in`; an empty list becomes (null), which matches nothing.
    Query& list(const std::vector<Value>&);
    /// Another query's text and values, in place.
    Query& append(const Query&);
    bool empty() const { return text_.empty(); }

    const std::string& name() const { return name_; }
    const std::string& text() const { return text_; }
    const std::vector<Value>& values() const { return values_; }
    bool poisoned() const { return poisoned_; }

  private:
    std::string name_;
    std::string text_;  ///< parameters as ?1 … in order of values_
    std::vector<Value> values_;
    bool poisoned_ = false;
};

}  // namespace db
