// ./dev bench: what design.md holds this program to, as ratios to the machine's own limits, in one run.
#include <csignal>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "base/log.h"
#include "bench/sections.h"

int main(int count, char** words) {
    if (count < 6) {
        fmt::print(stderr, "congvu_office_bench PROGRAM MILLION FOLDER PRELOAD MINUTES [SECTION…]\n");
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    logging::set_level(logging::Level::error);
    const bench::Options options{words[1], words[2], words[3], words[4], std::atof(words[5])};
    const std::set<std::string> wanted(words + 6, words + count);
    const auto is_wanted = [&](const char* name) { return wanted.empty() || wanted.contains(name); };
    std::filesystem::create_directories(options.folder);
    if (is_wanted("start")) bench::start_and_memory(options);
    if (is_wanted("small")) bench::small_answers(options);
    if (is_wanted("inbox") || is_wanted("search")) {
        bench::Office office(options, options.million);
        if (is_wanted("inbox")) bench::inbox_pages(options, office);
        if (is_wanted("search")) bench::searches(options, office);
    }
    if (is_wanted("sizes")) bench::sizes(options);
    if (is_wanted("registrations")) bench::registrations(options);
    fmt::print("\n{}\n",
               bench::broken() == 0 ? "every figure holds" : fmt::format("{} figures fall short", bench::broken()));
    return bench::broken() == 0 ? 0 : 1;
}
