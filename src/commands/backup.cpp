#include <fmt/format.h>

#include "base/messages.h"
#include "commands/archive.h"
#include "commands/commands.h"

namespace commands {

namespace {

constexpr std::string_view backup_help = R"(congvu backup --data DIR -o FILE [--replace] [--accept-damaged] [--json]
  Copies the whole office into one file while it serves: the store as of one moment, every content it names, the keys.
  -o FILE    a new file outside DIR
  --replace  FILE may be an older backup, which this one takes the place of when it is whole
  --accept-damaged  also when contents can't be read any more: the rest is saved, those are named
  The file holds the keys of the contents: keep it as you keep the office.)";
constexpr std::string_view restore_help =
    R"(congvu restore FILE --data DIR [--database ADDRESS] [--accept-damaged] [--json]
  Makes an office from a backup in an empty folder, verifies its journal, compares the records with it and reads every content.
  --accept-damaged  also when the journal, records or contents are not as they were written: what is not is named)";

Damage accepted(const Line& line) {
    return line.has("accept-damaged") ? Damage::accepted : Damage::refused;
}

/// What was accepted, a line each, for a person; for a machine a list beside the rest.
int done_with(const Line& line, std::string words, boost::json::object json, const std::vector<Error>& damage) {
    boost::json::array told;
    for (const Error& each : damage) {
        const std::string text = messages::text(Language::vi, each);
        words += "\nHỏng, đã chấp nhận: " + text;
        told.emplace_back(text);
    }
    json["damage"] = std::move(told);
    return done(line, words, json);
}

}  // namespace

int backup(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "o"}, {"help", "json", "replace", "accept-damaged"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", backup_help), 0;
    if (line->option("data").empty() || line->option("o").empty() || !line->words().empty())
        return wrong_usage(words, backup_help);
    const auto made = write_archive(line->option("data"), line->option("o"), line->replace(), accepted(*line));
    if (!made) return failed(words, made.error());
    const std::string file = line->option("o");
    if (made->not_journalled)
        say(stderr, "Sao lưu đã xong, nhưng chưa ghi được vào nhật ký: {}\n",
            messages::text(Language::vi, *made->not_journalled));
    return done_with(*line,
                     fmt::format("Đã sao lưu {} tệp nội dung, {} byte vào {}", made->contents, made->bytes, file),
                     {{"file", file}, {"contents", made->contents}, {"bytes", made->bytes}}, made->damage);
}

int restore(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "database"}, {"help", "json", "accept-damaged"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", restore_help), 0;
    if (line->words().size() != 1 || line->option("data").empty()) return wrong_usage(words, restore_help);
    const auto restored =
        read_archive(line->words()[0], line->option("data"), line->option("database"), accepted(*line));
    if (!restored) return failed(words, restored.error());
    const std::string_view journal = restored->damage.empty() ? "nhật ký nguyên vẹn" : "nhật ký";
    return done_with(*line,
                     fmt::format("Đã khôi phục {} tệp nội dung; {}: {} mục.", restored->contents, journal,
                                 restored->journal_entries),
                     {{"contents", restored->contents}, {"journal_entries", restored->journal_entries}},
                     restored->damage);
}

}  // namespace commands
