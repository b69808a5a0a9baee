#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/time.h"
#include "paper/workbook.h"

namespace paper {

namespace {

/// "-1.5e-07" without its exponent: "-0.00000015".
std::string without_exponent(const std::string& text) {
    const std::size_t mark = text.find('e');
    const int exponent = std::stoi(text.substr(mark + 1));
    std::string digits;
    for (const char letter : text.substr(0, mark))
        if (letter >= '0' && letter <= '9') digits += letter;
    const std::string sign = text.starts_with('-') ? "-" : "";
    if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    digits.resize(std::max(digits.size(), static_cast<std::size_t>(exponent) + 1), '0');
    return sign + digits;
}

}  // namespace

std::string plain_number(std::string_view number) {
    double value = 0;
    const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (failure != std::errc() || end != number.data() + number.size() || !std::isfinite(value))
        return std::string(number);
    // Excel keeps 15 digits; more of them are the noise of binary fractions. Beyond them an exponent has no fraction.
    const std::string text = fmt::format("{:.15g}", value);
    return text.find('e') == std::string::npos ? text : without_exponent(text);
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
