#pragma once
#include <initializer_list>
#include <string_view>
#include <utility>

/// One line on standard error: the event and its fields. Never a secret, never a document's content.
namespace logging {
enum class Level { debug, info, warning, error };
enum class Form {
    words,  ///< for whoever runs a command: warnings and errors, as "congvu: db.slow sql=… ms=…"
    json,   ///< for a server's log: an object with time, level and event
};
using Field = std::pair<std::string_view, std::string_view>;
void set_level(Level);
/// Words, until a server says otherwise.
void set_form(Form);
void write(Level, std::string_view event, std::initializer_list<Field> fields = {});
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::info, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::warning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::error, event, fields);
}
}  // namespace logging
