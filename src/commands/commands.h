#pragma once
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/result.h"
#include "commands/output.h"

/// The command line: a contract (design). Each command gives its exit code: 0 only when it did what was asked, 1 when
/// not, 2 for wrong usage.
namespace commands {

/// What stood on the line: words, and options as --name value, --name=value or -o value.
class Line {
  public:
    /// `flags` take no value. Errors: invalid "commands.unknown_option", "commands.no_value".
    static Result<Line> read(const std::vector<std::string>& words, const std::vector<std::string>& options,
                             const std::vector<std::string>& flags);
    const std::vector<std::string>& words() const { return words_; }
    std::string option(std::string_view name, std::string otherwise = {}) const;
    bool has(std::string_view name) const { return options_.contains(std::string(name)); }
    Replace replace() const { return has("replace") ? Replace::yes : Replace::no; }

  private:
    std::vector<std::string> words_;
    std::map<std::string, std::string> options_;
};

/// Prints to stdout or stderr. Where nobody reads any more (`congvu … | head`) the words are lost and the command goes
/// on.
template <class... Arguments>
void say(std::FILE* to, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    const std::string words = fmt::format(format, std::forward<Arguments>(arguments)...);
    std::fwrite(words.data(), 1, words.size(), to);
}

/// Tells on stderr what went wrong, in Vietnamese: in words, or where --json stands on the line as {"error": {"code",
/// "message", "detail", "also"}}, the last two when there is something to say. Gives 1; 2 when it was the line itself.
int failed(const std::vector<std::string>& words, const Error&);
/// The help in its place on stderr, with --json as the message of the error "commands.wrong_usage". Gives 2.
int wrong_usage(const std::vector<std::string>& words, std::string_view help);
/// What was done: for a person, or with --json for a machine. Gives 0.
int done(const Line&, std::string_view words, const boost::json::object& json);
/// What a making that was killed had left was cleared; nothing with --json.
void say_cleared(const Line&);
/// A number that is all of the text.
std::optional<std::int64_t> number_of(std::string_view text);

int init(const std::vector<std::string>& words);
int demo(const std::vector<std::string>& words);
int serve(const std::vector<std::string>& words);
int journal(const std::vector<std::string>& words);
int backup(const std::vector<std::string>& words);
int restore(const std::vector<std::string>& words);
int registers(const std::vector<std::string>& words);
int openapi(const std::vector<std::string>& words);
int user(const std::vector<std::string>& words);
int migrate(const std::vector<std::string>& words);

}  // namespace commands
