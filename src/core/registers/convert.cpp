#include "core/registers/convert.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
#include "core/registers/names.h"

namespace registers {
namespace {

using Codes = std::vector<std::string>;

constexpr db::Sql choice_called{"registers.choice_called", R"(
    select code from choice where list = ?1 and (code = ?2 or title_vi = ?2 or title_en = ?2) order by (code = ?2) desc, code limit 1)"};

bool is_text(FieldType type) {
    return type == FieldType::text || type == FieldType::long_text;
}

int scale_of(const Field& field) {
    return kept_as(field) == FieldType::decimal ? field.scale : 0;
}

/// Places of `field` hold it exactly, and within what sums of the field can be counted with.
db::Value exact_units(const Field& field, const Decimal& number) {
    const auto exact = rescale(number, scale_of(field));
    if (!exact || compare(*exact, number) != 0 || std::abs(exact->units) > unbounded) return {};
    return db::Value(exact->units);
}

Codes codes_of(const Field& field, const db::Value& value) {
    const std::string text = value.text() ? *value.text() : "";
    if (kept_as(field) != FieldType::choices) return {text};
    Codes codes;
    boost::system::error_code error;
    const auto list = boost::json::parse(text, error);
    if (!error && list.is_array())
        for (const auto& each : list.as_array())
            if (each.is_string()) codes.emplace_back(each.as_string());
    return codes;
}

class Conversion {
  public:
    Conversion(db::Reader& reader, const Field& from, const Field& to, LocalDate today)
        : reader_(reader), from_(from), to_(to), is_(kept_as(from)), becomes_(kept_as(to)), today_(today) {}

    Result<db::Value> of(const db::Value& value) const {
        // What is worked out is worked out, not carried over from what was typed.
        if (value.is_null() || (to_.type == FieldType::computed && from_.type != FieldType::computed))
            return db::Value();
        switch (becomes_) {
            case FieldType::text:
            case FieldType::long_text:
                return shown(value);
            case FieldType::integer:
            case FieldType::decimal:
            case FieldType::money:
                return number(value);
            case FieldType::choice:
            case FieldType::choices:
                return choice(value);
            case FieldType::agency:
                if (is_ != FieldType::unit && is_ != FieldType::agency) return db::Value();
                return TRY(reader_.row(names::agency_exists, value)) ? value : db::Value();
            case FieldType::record:
                if (is_ != FieldType::record) return db::Value();
                return TRY(reader_.row(names::record_of_register, value, to_.record_of)) ? value : db::Value();
            default:
                return plain(value);
        }
    }

  private:
    Result<db::Value> number(const db::Value& value) const {
        if (is_number(is_) && value.integer()) return exact_units(to_, Decimal{*value.integer(), scale_of(from_)});
        if (!is_text(is_) || !value.text()) return db::Value();
        const auto read = parse_vietnamese_decimal(trim(*value.text()));
        return read ? exact_units(to_, *read) : db::Value();
    }

    db::Value plain(const db::Value& value) const {
        if (is_ == becomes_ || (is_ == FieldType::agency && becomes_ == FieldType::unit)) return value;
        if (!is_text(is_) || !value.text()) return {};
        const std::string_view text = trim(*value.text());
        if (becomes_ == FieldType::date) {
            auto date = parse_date(text);
            if (!date) date = parse_vietnamese_date(text);
            return date ? db::Value(*date) : db::Value();
        }
        if (becomes_ == FieldType::time) {
            const auto time = parse_time(text);
            return time ? db::Value(to_string(*time)) : db::Value();
        }
        if (becomes_ == FieldType::yes_no)
            for (const bool yes : {true, false})
                if (text == yes_no(yes)) return db::Value(yes);
        return {};
    }

    Result<db::Value> choice(const db::Value& value) const {
        if (!is_text(is_) && is_ != FieldType::choice && is_ != FieldType::choices) return db::Value();
        boost::json::array found;
        for (const std::string& word : codes_of(from_, value)) {
            const std::string code = TRY(code_of(std::string(trim(word))));
            if (code.empty()) return db::Value();
            found.emplace_back(code);
        }
        if (becomes_ == FieldType::choices) return db::Value(boost::json::serialize(found));
        return found.size() == 1 ? db::Value(std::string_view(found.front().as_string())) : db::Value();
    }

    /// The code in the new field, of a code or of what a choice is called.
    Result<std::string> code_of(const std::string& word) const {
        for (const auto& [code, label] : to_.choices)
            if (code == word) return code;
        for (const auto& [code, label] : to_.choices)
            if (label.vi == word || label.en == word) return code;
        if (to_.choices_of.empty()) return std::string();
        const auto row = TRY(reader_.row(choice_called, to_.choices_of, word));
        return row ? row->text(0) : std::string();
    }

    Result<db::Value> shown(const db::Value& value) const {
        const std::int64_t held = value.integer() ? *value.integer() : 0;
        switch (is_) {
            case FieldType::integer:
                return db::Value(std::to_string(held));
            case FieldType::decimal:
            case FieldType::money:
                return db::Value(to_vietnamese(Decimal{held, scale_of(from_)}));
            case FieldType::yes_no:
                return db::Value(yes_no(held != 0));
            case FieldType::date: {
                const auto date = parse_date(value.text() ? *value.text() : "");
                return date ? db::Value(to_vietnamese(*date)) : db::Value();
            }
            case FieldType::choice:
            case FieldType::choices:
                return labels(value);
            case FieldType::person:
                return name(names::person_name, value);
            case FieldType::post:
                return name(names::post_name, value);
            case FieldType::unit:
            case FieldType::agency:
                return name(names::unit_name, value);
            case FieldType::file:
                return called(TRY(reader_.row(names::file_name, value)));
            // Not all who see this record may see the title of that one.
            case FieldType::record:
                return db::Value();
            default:
                return value;
        }
    }

    Result<db::Value> name(const db::Sql& sql, const db::Value& id) const {
        return called(TRY(reader_.row(sql, id, today_)));
    }

    static db::Value called(const std::optional<db::Row>& row) { return row ? db::Value(row->text(0)) : db::Value(); }

    Result<db::Value> labels(const db::Value& value) const {
        std::vector<std::string> labels;
        for (const std::string& code : codes_of(from_, value)) {
            const auto own = std::ranges::find(from_.choices, code, &std::pair<std::string, Label>::first);
            if (own != from_.choices.end()) {
                labels.push_back(own->second.vi);
                continue;
            }
            const auto row = TRY(reader_.row(names::choice_title, from_.choices_of, code));
            labels.push_back(row ? row->text(0) : code);
        }
        return db::Value(join(labels, ", "));
    }

    static std::string yes_no(bool yes) { return messages::text(Language::vi, yes ? "registers.yes" : "registers.no"); }

    db::Reader& reader_;
    const Field& from_;
    const Field& to_;
    const FieldType is_, becomes_;
    const LocalDate today_;
};

}  // namespace

Result<db::Value> converted(db::Reader& reader, const Field& from, const Field& to, const db::Value& value,
                            LocalDate today) {
    return Conversion(reader, from, to, today).of(value);
}

void set_column(db::Query& query, const Field& field, const db::Value& value) {
    query.add(", ").identifier(field.column).add(" = ").value(value);
    if (!field.key_column.empty()) query.add(", ").identifier(field.key_column).add(" = ").value(sort_key(value));
    if (!field.folded_column.empty()) query.add(", ").identifier(field.folded_column).add(" = ").value(folded(value));
}

db::Value sort_key(const db::Value& text) {
    if (!text.text()) return {};
    const std::string key = collation_key(*text.text());
    const auto* bytes = reinterpret_cast<const std::byte*>(key.data());
    return db::Blob(bytes, bytes + key.size());
}

db::Value folded(const db::Value& text) {
    return text.text() ? db::Value(folded_form(*text.text())) : db::Value();
}

}  // namespace registers
