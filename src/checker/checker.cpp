#include "checker/checker.h"

#include <fstream>
#include <iostream>
#include <optional>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "base/hex.h"
#include "base/messages.h"
#include "crypto/proof.h"

namespace checker {
namespace {

namespace proof = crypto::proof;

constexpr std::size_t largest = 64 << 20;

struct Options {
    Language language = Language::vi;
    std::optional<crypto::PublicKey> key;
    std::optional<std::string> file;
    bool help = false;
};

std::string say(const Options& options, std::string_view code, const std::vector<MessageArgument>& arguments = {}) {
    return messages::text(options.language, code, arguments);
}

std::optional<crypto::PublicKey> key_of(std::string_view text) {
    const auto bytes = from_hex(text);
    crypto::PublicKey key;
    if (!bytes || bytes->size() != key.size()) return std::nullopt;
    std::ranges::copy(crypto::bytes_of(*bytes), key.begin());
    return key;
}

// Nothing when the arguments are not as --help says.
std::optional<Options> read_options(std::span<const std::string> arguments) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--help") {
            options.help = true;
        } else if (argument == "--english") {
            options.language = Language::en;
        } else if (argument == "--key" && i + 1 < arguments.size()) {
            options.key = key_of(arguments[++i]);
            if (!options.key) return std::nullopt;
        } else if (options.file || (argument.starts_with('-') && argument != "-")) {
            return std::nullopt;
        } else {
            options.file = argument;
        }
    }
    if (!options.file && !options.help) return std::nullopt;
    return options;
}

std::optional<std::string> read_all(std::istream& stream) {
    std::string content;
    char piece[65536];
    while (stream.read(piece, sizeof piece), stream.gcount() > 0) {
        content.append(piece, static_cast<std::size_t>(stream.gcount()));
        if (content.size() > largest) return std::nullopt;
    }
    if (stream.bad()) return std::nullopt;
    return content;
}

std::optional<std::string> read_file(const std::string& path, std::istream& input) {
    if (path == "-") return read_all(input);
    std::ifstream file(path, std::ios::binary);
    // A folder opens, but can't be read.
    if (!file || file.peek() == std::char_traits<char>::eof())
        return file.eof() ? std::optional<std::string>("") : std::nullopt;
    return read_all(file);
}

// What an office on the other side wrote goes to a terminal: no control characters.
std::string printable(std::string_view text) {
    std::string clean;
    for (const char c : text) clean += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? '?' : c;
    return clean;
}

void show(std::ostream& output, const Options& options, const proof::Proof& file, const proof::Checkpoint& head) {
    fmt::print(output, "{}\n\n", say(options, "checker.holds"));
    fmt::print(output, "{}\n",
               say(options, "checker.where",
                   {{"server", printable(head.server)},
                    {"position", std::to_string(file.position + 1)},
                    {"size", std::to_string(head.size)},
                    {"at", to_string(head.at)}}));
    fmt::print(
        output, "{}\n\n",
        say(options, options.key ? "checker.key_pinned" : "checker.key_shown", {{"key", to_hex(file.public_key)}}));
    fmt::print(output, "{}", printable(file.entry));
    for (const proof::Value& value : file.values) {
        if (value.hash)
            fmt::print(output, "{}\n", say(options, "checker.value_hidden", {{"field", printable(value.field)}}));
        else
            fmt::print(output, "{}: {} → {}\n", printable(value.field), printable(value.before),
                       printable(value.after));
    }
}

}  // namespace

ExitCode run(std::span<const std::string> arguments, std::istream& input, std::ostream& output, std::ostream& errors) {
    const auto options = read_options(arguments);
    if (!options) {
        fmt::print(errors, "{}\n", messages::text(Language::vi, "checker.usage"));
        return wrong_usage;
    }
    if (options->help) {
        fmt::print(output, "{}\n", say(*options, "checker.usage"));
        return holds;
    }
    const auto content = read_file(*options->file, input);
    if (!content) {
        fmt::print(errors, "{}\n", say(*options, "checker.unreadable", {{"path", *options->file}}));
        return wrong_usage;
    }
    const auto file = proof::read(*content);
    const auto head = file ? proof::check(*file, options->key) : std::unexpected(file.error());
    if (!head) {
        fmt::print(output, "{} {}\n", say(*options, "checker.refused"),
                   messages::text(options->language, head.error()));
        return refused;
    }
    show(output, *options, *file, *head);
    return holds;
}

}  // namespace checker
