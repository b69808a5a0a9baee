#include "core/registers/samples.h"

#include <regex>

#include <boost/json.hpp>

#include "base/resources.h"
#include "base/text.h"
#include "core/registers/choices.h"
#include "core/registers/draft.h"

namespace registers {
namespace {

using boost::json::value;

/// One value of a sample against its field. Nothing when it is wrong; then the fault is told.
class SampleValue {
  public:
    SampleValue(Faults& faults, const Field& field, const yaml::Node& node, std::string path)
        : faults_(faults), field_(field), node_(node), path_(std::move(path)) {}

    value read() {
        switch (field_.type) {
            case FieldType::choices:
                return choices();
            case FieldType::yes_no:
                return yes_no();
            case FieldType::computed:
                return wrong("registers.sample_of_computed");
            default:
                break;
        }
        if (!node_.is_text() || node_.text.empty()) return wrong("registers.sample_not_a_text");
        switch (field_.type) {
            case FieldType::text:
            case FieldType::long_text:
                return text();
            case FieldType::integer:
            case FieldType::decimal:
            case FieldType::money:
                return number();
            case FieldType::date:
                return parse_date(node_.text) ? value(node_.text) : wrong("registers.sample_not_a_date");
            case FieldType::time:
                return parse_time(node_.text) ? value(node_.text) : wrong("registers.sample_not_a_time");
            case FieldType::choice:
                return is_choice(node_.text) ? value(node_.text)
                                             : wrong("registers.unknown_choice", {{"word", node_.text}});
            default:
                return value(node_.text);
        }
    }

  private:
    value wrong(std::string_view message, std::vector<MessageArgument> arguments = {}) {
        arguments.push_back({"field", field_.code});
        faults_.add(node_.line, message, path_, std::move(arguments));
        return nullptr;
    }

    value text() {
        const auto cleaned = clean_text(node_.text);
        if (!cleaned) return wrong("registers.sample_not_a_text");
        if (length(*cleaned) > static_cast<std::size_t>(field_.max_length))
            return wrong("registers.text_too_long",
                         {{"key", field_.code}, {"limit", std::to_string(field_.max_length)}});
        if (field_.pattern && !std::regex_match(*cleaned, std::regex(*field_.pattern, std::regex::ECMAScript)))
            return wrong("registers.sample_pattern", {{"text", field_.pattern_message.vi}});
        return value(*cleaned);
    }

    value number() {
        const auto written = plain_number(node_.text);
        const auto exact = written ? rescale(*written, field_.scale) : Result<Decimal>(Decimal{});
        const bool fits = written && exact && compare(*exact, *written) == 0 && compare(*exact, *field_.minimum) >= 0 &&
                          compare(*exact, *field_.maximum) <= 0;
        if (!fits) return wrong("registers.sample_not_a_number");
        if (field_.type == FieldType::integer) return value(exact->units);
        return value(to_string(*exact));
    }

    value yes_no() {
        if (node_.is_text() && !node_.quoted && (node_.text == "true" || node_.text == "false"))
            return value(node_.text == "true");
        return wrong("registers.not_a_flag", {{"key", field_.code}});
    }

    value choices() {
        boost::json::array codes;
        for (const auto& [code, line] : words_of(faults_, node_, path_)) {
            if (!is_choice(code)) return wrong("registers.unknown_choice", {{"word", code}});
            codes.emplace_back(code);
        }
        return codes;
    }

    /// Of a shared list only what the program brings can be known here.
    bool is_choice(const std::string& code) const {
        if (field_.choices_of.empty())
            return std::ranges::any_of(field_.choices, [&](const auto& choice) { return choice.first == code; });
        const auto file = resources::find("rules/choices/" + field_.choices_of + ".yaml");
        if (!file) return is_code(code, 40);
        const auto list = registers::read_choices(*file);
        return list && std::ranges::any_of(list->choices, [&](const Choice& choice) { return choice.code == code; });
    }

    Faults& faults_;
    const Field& field_;
    const yaml::Node& node_;
    std::string path_;
};

Sample read_record(Faults& faults, const Declaration& declaration, const yaml::Node& node, const std::string& path) {
    Sample record;
    std::string state = declaration.initial_state().code;
    for (const yaml::Entry& entry : node.entries) {
        const std::string here = path + "." + entry.key;
        if (entry.key == "state" && entry.value.is_text()) {
            std::vector<std::string> states;
            for (const State& each : declaration.states) states.push_back(each.code);
            if (declaration.state(entry.value.text) == nullptr)
                add_unknown(faults, entry.line, "registers.unknown_state", here, entry.value.text, states);
            else
                record.state = state = entry.value.text;
            continue;
        }
        if (entry.key == "unit" && entry.value.is_text()) {
            record.unit = entry.value.text;
            continue;
        }
        const Field* field = declaration.field(entry.key);
        if (field == nullptr)
            add_unknown(faults, entry.line, "registers.unknown_field", here, entry.key, field_codes(declaration));
        else
            record.values[entry.key] = SampleValue(faults, *field, entry.value, here).read();
    }
    const State* in = declaration.state(state);
    for (const Field& field : declaration.fields) {
        const bool given = record.values.contains(field.code) || !field.default_value.empty();
        if (field.required && !given && in != nullptr && !in->draft)
            faults.add(node.line, "registers.sample_lacks", path, {{"field", field.code}});
    }
    return record;
}

}  // namespace

Result<std::vector<Sample>> read_samples(const Declaration& declaration, std::string_view text) {
    const yaml::Node root = TRY(yaml::read(text));
    Faults faults;
    std::vector<Sample> records;
    if (!root.is_list() || root.items.empty()) faults.add(root.line, "registers.not_a_list", "samples");
    for (const yaml::Node& node : root.items) {
        const std::string path = fmt::format("samples[{}]", records.size());
        if (!node.is_map()) faults.add(node.line, "registers.not_a_map", path);
        records.push_back(read_record(faults, declaration, node, path));
    }
    TRY(faults.result());
    return records;
}

}  // namespace registers
