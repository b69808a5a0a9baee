#include "paper/workbook.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <pugixml.hpp>

#include <fmt/format.h>

#include "paper/office.h"
#include "paper/tidy.h"
#include "paper/xml.h"

namespace paper {

namespace {

constexpr int last_row = 1'048'576;
constexpr int last_column = 16'384;

/// Text of a string item, plain or in runs; readings aids (rPh) are left out.
std::string item_text(const pugi::xml_node& item) {
    std::string text;
    for (const pugi::xml_node& part : item.children()) {
        const std::string_view name = local_name(part.name());
        if (name == "t") text += part.child_value();
        if (name != "r") continue;
        for (const pugi::xml_node& run : part.children())
            if (local_name(run.name()) == "t") text += run.child_value();
    }
    return text;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view wanted) {
    for (const pugi::xml_node& part : node.children())
        if (local_name(part.name()) == wanted) return part;
    return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view wanted) {
    for (const pugi::xml_attribute& part : node.attributes())
        if (local_name(part.name()) == wanted) return part.value();
    return {};
}

int whole_number(std::string_view text, int otherwise) {
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

/// 1 for "A7", 28 for "AB7", 0 for none.
int column_of(std::string_view reference) {
    int column = 0;
    for (const char letter : reference) {
        if (letter < 'A' || letter > 'Z' || column > last_column) break;
        column = column * 26 + (letter - 'A' + 1);
    }
    return column;
}

/// The formats every workbook knows without saying (ECMA-376 part 1, 18.8.30).
bool is_builtin_date(int format) {
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
           (format >= 50 && format <= 58);
}

}  // namespace

Result<Workbook> Workbook::open(std::string_view bytes, const Limits& limits) {
    Workbook book(TRY(Zip::open(bytes, limits)), limits);
    std::string main = TRY(office::related_part(book.zip_, "", "/officeDocument"));
    if (main.empty()) main = "xl/workbook.xml";
    const Xml xml = TRY(Xml::parse(TRY(book.zip_.read(main))));
    const std::map<std::string, std::string> parts = TRY(office::related_parts(book.zip_, main));
    const pugi::xml_node root = xml.document().document_element();

    for (const pugi::xml_node& sheet : child(root, "sheets").children()) {
        const auto part = parts.find(std::string(attribute(sheet, "id")));
        const std::string_view state = attribute(sheet, "state");
        const Shown shown = state.empty() || state == "visible" ? Shown::yes : Shown::hidden;
        // Attributes may stand with and without prefix; r:id is the one that has a relation.
        std::string target = part == parts.end() ? std::string() : part->second;
        for (const pugi::xml_attribute& id : sheet.attributes())
            if (const auto found = parts.find(id.value()); local_name(id.name()) == "id" && found != parts.end())
                target = found->second;
        if (!book.zip_.has(target)) continue;  // a chart sheet of a kind without rows, or a broken relation
        book.sheets_.push_back({tidy(attribute(sheet, "name")), target, shown});
    }
    const std::string_view calendar = attribute(child(root, "workbookPr"), "date1904");
    if (calendar == "1" || calendar == "true") book.epoch_shift_ = 1462;
    TRY(book.read_strings(TRY(office::related_part(book.zip_, main, "/sharedStrings"))));
    TRY(book.read_styles(TRY(office::related_part(book.zip_, main, "/styles"))));
    return book;
}

Result<void> Workbook::read_strings(const std::string& part) {
    if (!zip_.has(part)) return {};
    const Xml xml = TRY(Xml::parse(TRY(zip_.read(part))));
    for (const pugi::xml_node& item : xml.document().document_element().children()) strings_.push_back(item_text(item));
    return {};
}

Result<void> Workbook::read_styles(const std::string& part) {
    if (!zip_.has(part)) return {};
    const Xml xml = TRY(Xml::parse(TRY(zip_.read(part))));
    const pugi::xml_node root = xml.document().document_element();
    std::map<int, bool> custom;
    for (const pugi::xml_node& format : child(root, "numFmts").children())
        custom[whole_number(attribute(format, "numFmtId"), -1)] = is_date_format(attribute(format, "formatCode"));
    for (const pugi::xml_node& style : child(root, "cellXfs").children()) {
        const int format = whole_number(attribute(style, "numFmtId"), 0);
        const auto found = custom.find(format);
        dates_.push_back(found != custom.end() ? found->second : is_builtin_date(format));
    }
    return {};
}

Result<void> Workbook::read(const Sheet& sheet, const OnRow& on_row) {
    const auto value_of = [this](const pugi::xml_node& cell) -> std::string {
        const std::string_view type = attribute(cell, "t");
        if (type == "inlineStr") return tidy(item_text(child(cell, "is")));
        const std::string_view value = child(cell, "v").child_value();
        if (value.empty()) return {};
        if (type == "s") {
            const int index = whole_number(value, -1);
            return index >= 0 && index < static_cast<int>(strings_.size())
                       ? tidy(strings_[static_cast<std::size_t>(index)])
                       : "";
        }
        if (type == "b") return value == "1" ? "true" : "false";
        if (type == "str" || type == "e" || type == "d") return tidy(value);
        const auto style = static_cast<std::size_t>(std::max(0, whole_number(attribute(cell, "s"), 0)));
        const std::string number = plain_number(value);
        if (style >= dates_.size() || !dates_[style]) return number;
        double serial = -1;
        std::from_chars(value.data(), value.data() + value.size(), serial);
        return serial < 0 ? number : date_of_serial(serial + epoch_shift_);
    };

    const Xml xml = TRY(Xml::parse(TRY(zip_.read(sheet.part))));
    int number = 0;
    std::int64_t count = 0;
    for (const pugi::xml_node& line : child(xml.document().document_element(), "sheetData").children()) {
        number = whole_number(attribute(line, "r"), number + 1);
        if (number < 1 || number > last_row) return unreadable(Reason::damaged, "a row number out of range");
        Row row;
        int column = 0;
        for (const pugi::xml_node& cell : line.children()) {
            const int named = column_of(attribute(cell, "r"));
            column = named > 0 ? named : column + 1;
            std::string value = value_of(cell);
            if (value.empty()) continue;
            if (column > last_column) return unreadable(Reason::damaged, "a column out of range");
            if (column > limits_.columns)
                return unreadable(Reason::too_large, fmt::format("over {} columns", limits_.columns));
            if (static_cast<int>(row.size()) < column) row.resize(static_cast<std::size_t>(column));
            row[static_cast<std::size_t>(column - 1)] = std::move(value);
        }
        if (row.empty()) continue;
        if (++count > limits_.rows) return unreadable(Reason::too_large, fmt::format("over {} rows", limits_.rows));
        TRY(on_row(number, std::move(row)));
    }
    return {};
}

}  // namespace paper
