#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/time.h"
#include "paper/workbook.h"

namespace paper {

std::string plain_number(std::string_view number) {
    double value = 0;
    const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (failure != std::errc() || end != number.data() + number.size() || !std::isfinite(value))
        return std::string(number);
    // Excel keeps 15 digits; more of them are the noise of binary fractions.
    std::string text = fmt::format("{:.15g}", value);
    if (text.find('e') == std::string::npos) return text;
    text = fmt::format("{:.15f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string date_of_serial(double serial) {
    constexpr double last_day = 2'958'465;  // 9999-12-31
    constexpr int epoch = 25'569;           // 1970-01-01
    constexpr int no_such_day = 60;         // 1900-02-29, which Excel believes in
    const std::string number = plain_number(fmt::format("{}", serial));
    if (!(serial >= 0) || serial >= last_day + 1) return number;
    const auto total = std::llround(serial * 86'400);
    const int day = static_cast<int>(total / 86'400);
    const int seconds = static_cast<int>(total % 86'400);
    const std::string time = seconds % 60 == 0
                                 ? fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
                                 : fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (day == 0) return time;
    if (day == no_such_day) return number;
    const std::string date = to_string(LocalDate{day - epoch + (day < no_such_day ? 1 : 0)});
    return seconds == 0 ? date : date + ' ' + time;
}

bool is_date_format(std::string_view code) {
    for (std::size_t at = 0; at < code.size(); ++at) {
        const char letter = code[at];
        if (letter == '"') {
            at = code.find('"', at + 1);
        } else if (letter == '[') {
            at = code.find(']', at + 1);
        } else if (letter == '\\' || letter == '_' || letter == '*') {
            ++at;
        } else if (code.substr(at, 7) == "General") {
            at += 6;
        } else if (std::string_view("dDmMyYhHsS").find(letter) != std::string_view::npos) {
            return true;
        }
        if (at == std::string_view::npos) return false;
    }
    return false;
}

}  // namespace paper
