#include "db/sql.h"

#include "db/lexer.h"

namespace db {
namespace {

bool is_identifier(std::string_view name) {
    if (name.empty() || name.size() > 63 || name[0] < 'a' || name[0] > 'z') return false;
    for (const char c : name) {
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return true;
}

}  // namespace

Query& Query::add(Literal text) {
    // A parameter written by hand would take the place of another's value.
    if (text.has_mark() && has_parameters(text.text())) poisoned_ = true;
    text_ += text.text();
    return *this;
}

Query& Query::identifier(std::string_view name) {
    if (!is_identifier(name)) {
        poisoned_ = true;
        return *this;
    }
    // In quotes: a register may call a column "order".
    text_ += '"';
    text_ += name;
    text_ += '"';
    return *this;
}

Query& Query::value(Value value) {
    values_.push_back(std::move(value));
    text_ += '?';
    text_ += std::to_string(values_.size());
    return *this;
}

Query& Query::list(const std::vector<Value>& values) {
    if (values.empty()) {
        text_ += "(null)";
        return *this;
    }
    for (std::size_t at = 0; at < values.size(); ++at) {
        text_ += at == 0 ? "(" : ", ";
        value(values[at]);
    }
    text_ += ')';
    return *this;
}

Query& Query::append(const Query& other) {
    if (other.poisoned_) poisoned_ = true;
    text_ += shift_parameters(other.text_, values_.size());
    const std::vector<Value> added = other.values_;  // `other` may be this one
    values_.insert(values_.end(), added.begin(), added.end());
    return *this;
}

}  // namespace db
