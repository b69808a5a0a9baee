#include <clocale>
#include <csignal>
#include <sys/stat.h>

#include <fmt/format.h>

#include "commands/commands.h"
#include "paper/helper_process.h"

namespace {

struct Command {
    std::string_view name;
    int (*run)(const std::vector<std::string>&);
    std::string_view says;
};

constexpr Command all[] = {
    {"init", commands::init, "make an empty office"},
    {"demo", commands::demo, "make the sample ministry, Bộ Mẫu"},
    {"serve", commands::serve, "serve an office to browsers"},
    {"migrate", commands::migrate, "bring a store up to this version"},
    {"user", commands::user, "give an account a new first password"},
    {"journal", commands::journal, "verify the journal, prove an entry"},
    {"backup", commands::backup, "copy a whole office into one file, while it serves"},
    {"restore", commands::restore, "make an office from such a file"},
    {"register", commands::registers, "check or add a register's folder"},
    {"openapi", commands::openapi, "print the API as OpenAPI 3.1"},
};

void print_help() {
    commands::say(stdout, "congvu {}: the server on which an agency does its administrative work\n\n", CONGVU_VERSION);
    for (const Command& command : all) commands::say(stdout, "  congvu {:<10} {}\n", command.name, command.says);
    commands::say(stdout, "\ncongvu COMMAND --help says more.\n");
}

}  // namespace

int main(int count, char** arguments) {
    if (count > 1 && std::string_view(arguments[1]) == paper::helper_word) return paper::helper_main();
    std::signal(SIGPIPE, SIG_IGN);
    ::umask(0077);  // what an office keeps is its own
    const std::vector<std::string> words(arguments + 1, arguments + count);
    if (words.empty() || words[0] == "help" || words[0] == "--help") {
        print_help();
        return words.empty() ? 2 : 0;
    }
    if (words[0] == "--version") {
        commands::say(stdout, "congvu {}\n", CONGVU_VERSION);
        return 0;
    }
    for (const Command& command : all)
        if (command.name == words[0]) return command.run({words.begin() + 1, words.end()});
    return commands::failed(words, Error{ErrorCode::invalid, "commands.no_command", {}, {{"command", words[0]}}});
}
