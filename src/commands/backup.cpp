#include <fmt/format.h>

#include "commands/archive.h"
#include "commands/commands.h"

namespace commands {

namespace {

constexpr std::string_view backup_help = R"(congvu backup --data DIR -o FILE [--replace] [--json]
  Copies the whole office into one file while it serves: the store as of one moment, every content it names, the keys.
  -o FILE    a new file outside DIR
  --replace  FILE may be an older backup, which this one takes the place of when it is whole
  The file holds the keys of the contents: keep it as you keep the office.)";
constexpr std::string_view restore_help = R"(congvu restore FILE --data DIR [--database ADDRESS] [--json]
  Makes an office from a backup in an empty folder and verifies its journal.)";

}  // namespace

int backup(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "o"}, {"help", "json", "replace"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", backup_help), 0;
    if (line->option("data").empty() || line->option("o").empty() || !line->words().empty())
        return wrong_usage(words, backup_help);
    const auto made = write_archive(line->option("data"), line->option("o"), line->replace());
    if (!made) return failed(words, made.error());
    const std::string file = line->option("o");
    return done(*line, fmt::format("Đã sao lưu {} tệp nội dung, {} byte vào {}", made->contents, made->bytes, file),
                {{"file", file}, {"contents", made->contents}, {"bytes", made->bytes}});
}

int restore(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "database"}, {"help", "json"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", restore_help), 0;
    if (line->words().size() != 1 || line->option("data").empty()) return wrong_usage(words, restore_help);
    const auto restored = read_archive(line->words()[0], line->option("data"), line->option("database"));
    if (!restored) return failed(words, restored.error());
    return done(*line,
                fmt::format("Đã khôi phục {} tệp nội dung; nhật ký nguyên vẹn: {} mục.", restored->contents,
                            restored->journal_entries),
                {{"contents", restored->contents}, {"journal_entries", restored->journal_entries}});
}

}  // namespace commands
