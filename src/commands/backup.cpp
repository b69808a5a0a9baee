#include <fmt/format.h>

#include "commands/archive.h"
#include "commands/commands.h"

namespace commands {

namespace {

constexpr std::string_view backup_help = R"(congvu backup --data DIR -o FILE
  Copies the whole office into one file while it serves: the store as of one moment, every content it names, the keys.
  The file holds the keys of the contents: keep it as you keep the office.)";
constexpr std::string_view restore_help = R"(congvu restore FILE --data DIR [--database ADDRESS]
  Makes an office from a backup in an empty folder and verifies its journal.)";

}  // namespace

int backup(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "o"}, {"help"});
    if (!line) return failed(line.error());
    if (line->has("help")) return fmt::print("{}\n", backup_help), 0;
    if (line->option("data").empty() || line->option("o").empty()) return wrong_usage(backup_help);
    const auto made = write_archive(line->option("data"), line->option("o"));
    if (!made) return failed(made.error());
    fmt::print("Đã sao lưu {} tệp nội dung, {} byte vào {}\n", made->contents, made->bytes, line->option("o"));
    return 0;
}

int restore(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "database"}, {"help"});
    if (!line) return failed(line.error());
    if (line->has("help")) return fmt::print("{}\n", restore_help), 0;
    if (line->words().size() != 1 || line->option("data").empty()) return wrong_usage(restore_help);
    const auto restored = read_archive(line->words()[0], line->option("data"), line->option("database"));
    if (!restored) return failed(restored.error());
    fmt::print("Đã khôi phục {} tệp nội dung; nhật ký nguyên vẹn: {} mục.\n", restored->contents,
               restored->journal_entries);
    return 0;
}

}  // namespace commands
