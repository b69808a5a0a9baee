#include <charconv>
#include <cstdio>

#include <fmt/format.h>

#include "base/log.h"
#include "base/messages.h"
#include "commands/commands.h"

namespace commands {

namespace {

bool wants_json(const std::vector<std::string>& words) {
    return std::ranges::find(words, "--json") != words.end();
}

boost::json::object described(const Error& error) {
    return {{"code", error.message}, {"message", messages::text(Language::vi, error)}};
}

}  // namespace

Result<Line> Line::read(const std::vector<std::string>& words, const std::vector<std::string>& options,
                        const std::vector<std::string>& flags) {
    Line line;
    const auto known = [](const std::vector<std::string>& list, const std::string& name) {
        return std::ranges::find(list, name) != list.end();
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string word = words[i];
        if (word.size() < 2 || word[0] != '-' || word == "-") {
            line.words_.push_back(word);
            continue;
        }
        word.erase(0, word.starts_with("--") ? 2 : 1);
        std::string value;
        const std::size_t equals = word.find('=');
        const bool joined = equals != std::string::npos;
        if (joined) {
            value = word.substr(equals + 1);
            word.resize(equals);
        }
        if (known(flags, word) && !joined) {
            line.options_[word] = "";
        } else if (known(options, word)) {
            if (!joined) {
                if (++i == words.size()) return fail(ErrorCode::invalid, "commands.no_value", {}, {{"option", word}});
                value = words[i];
            }
            line.options_[word] = value;
        } else {
            return fail(ErrorCode::invalid, "commands.unknown_option", {}, {{"option", word}});
        }
    }
    return line;
}

std::string Line::option(std::string_view name, std::string otherwise) const {
    const auto found = options_.find(std::string(name));
    return found == options_.end() ? otherwise : found->second;
}

int failed(const std::vector<std::string>& words, const Error& error) {
    const int code = error.code == ErrorCode::invalid && error.message.starts_with("commands.") ? 2 : 1;
    if (wants_json(words)) {
        boost::json::object json = described(error);
        if (!error.detail.empty()) json["detail"] = error.detail;
        if (!error.also.empty()) {
            boost::json::array also;
            for (const Error& each : error.also) also.push_back(described(each));
            json["also"] = std::move(also);
        }
        say(stderr, "{}\n", boost::json::serialize(boost::json::object{{"error", std::move(json)}}));
        return code;
    }
    say(stderr, "congvu: {}\n", messages::text(Language::vi, error));
    for (const Error& each : error.also) say(stderr, "        {}\n", messages::text(Language::vi, each));
    if (!error.detail.empty()) say(stderr, "        ({})\n", error.detail);
    return code;
}

int wrong_usage(const std::vector<std::string>& words, std::string_view help) {
    if (!wants_json(words)) return say(stderr, "{}\n", help), 2;
    const boost::json::object error{{"code", "commands.wrong_usage"}, {"message", help}};
    return say(stderr, "{}\n", boost::json::serialize(boost::json::object{{"error", error}})), 2;
}

int done(const Line& line, std::string_view words, const boost::json::object& json) {
    if (line.has("json"))
        say(stdout, "{}\n", boost::json::serialize(json));
    else
        say(stdout, "{}\n", words);
    return 0;
}

void say_cleared(const Line& line) {
    if (!line.has("json"))
        say(stderr, "{}\n", messages::text(Language::vi, "commands.cleared", {{"folder", line.option("data")}}));
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

}  // namespace commands
