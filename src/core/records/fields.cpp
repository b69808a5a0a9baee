#include "core/records/fields.h"

#include <cstdlib>
#include <regex>

#include "base/decimal.h"
#include "base/text.h"
#include "core/records/row.h"
#include "core/records/store.h"
#include "core/rights/rights.h"
#include "core/scope/subject.h"

namespace records {

using registers::Field;
using registers::FieldType;

std::vector<MessageArgument> named(const Field& field) {
    return {{"field", field.label.vi}, {"field.en", field.label.in(Language::en)}};
}

namespace {

/// Beyond these a year was mistyped.
constexpr int earliest_year = 1900;
constexpr int latest_year = 2200;

std::unexpected<Error> wrong(const Field& field, std::string_view message,
                             std::vector<MessageArgument> arguments = {}) {
    for (MessageArgument& each : named(field)) arguments.push_back(std::move(each));
    return fail(ErrorCode::invalid, message, field.code, std::move(arguments));
}

Result<db::Value> read_text(const Field& field, const boost::json::value& value) {
    if (!value.is_string()) return wrong(field, "records.not_text");
    auto cleaned = clean_text(value.as_string());
    if (!cleaned) return wrong(field, "records.bad_text");
    if (cleaned->empty()) return db::Value();
    const int limit = field.max_length > 0 ? field.max_length : (field.type == FieldType::long_text ? 100'000 : 1'000);
    if (length(*cleaned) > static_cast<std::size_t>(limit))
        return wrong(field, "records.too_long", {{"limit", std::to_string(limit)}});
    if (field.type == FieldType::text && cleaned->find('\n') != std::string::npos)
        return wrong(field, "records.one_line");
    if (field.pattern) {
        static thread_local std::map<std::string, std::regex> compiled;
        auto found = compiled.find(*field.pattern);
        if (found == compiled.end())
            found =
                compiled
                    .emplace(*field.pattern, std::regex(*field.pattern, std::regex::ECMAScript | std::regex::optimize))
                    .first;
        // std::regex recurses by the length of the text: what is that long can't be a code anyway.
        if (cleaned->size() > 2'000 || !std::regex_match(*cleaned, found->second)) {
            if (!field.pattern_message.vi.empty())
                return wrong(field, "records.declared", {{"text", field.pattern_message.vi}});
            return wrong(field, "records.wrong_shape");
        }
    }
    return db::Value(*cleaned);
}

int scale_of(const Field& field) {
    return field.type == FieldType::decimal ? field.scale : 0;
}

Result<Decimal> read_number(const Field& field, const boost::json::value& value) {
    const char* const bad = scale_of(field) == 0 ? "records.bad_whole_number" : "records.bad_number";
    if (value.is_int64()) return Decimal{value.as_int64(), 0};
    if (value.is_uint64()) return wrong(field, "records.number_too_large");
    if (!value.is_string()) return wrong(field, bad);
    auto number = parse_decimal(value.as_string());
    if (!number)
        return wrong(field, number.error().message == "base.number_too_large" ? "records.number_too_large" : bad);
    return *number;
}

Result<db::Value> read_units(const Field& field, const boost::json::value& value) {
    const Decimal number = TRY(read_number(field, value));
    const int scale = scale_of(field);
    auto exact = rescale(number, scale);
    if (!exact) return wrong(field, "records.number_too_large");
    if (compare(*exact, number) != 0 && scale == 0) return wrong(field, "records.bad_whole_number");
    if (compare(*exact, number) != 0)
        return wrong(field, "records.too_many_digits", {{"scale", std::to_string(scale)}});
    if (field.minimum && compare(*exact, *field.minimum) < 0)
        return wrong(field, "records.too_small", {{"limit", to_vietnamese(*field.minimum)}});
    if (field.maximum && compare(*exact, *field.maximum) > 0)
        return wrong(field, "records.too_big", {{"limit", to_vietnamese(*field.maximum)}});
    return db::Value(exact->units);
}

Result<void> check_choice(db::Reader& reader, const Field& field, std::string_view code, LocalDate today) {
    for (const auto& [own, label] : field.choices)
        if (own == code) return {};
    if (!field.choices_of.empty() && TRY(reader.row(store::choice_exists, field.choices_of, code, today))) return {};
    return wrong(field, "records.no_such_choice", {{"choice", std::string(code)}});
}

const db::Sql* exists_sql(FieldType type) {
    switch (type) {
        case FieldType::person:
            return &store::person_exists;
        case FieldType::post:
            return &store::post_exists;
        case FieldType::unit:
            return &store::unit_exists;
        case FieldType::agency:
            return &store::agency_exists;
        case FieldType::file:
            return &store::file_exists;
        default:
            return nullptr;
    }
}

Result<db::Value> read_reference(db::Reader& reader, const Field& field, const boost::json::value& value) {
    std::int64_t id = 0;
    if (value.is_int64()) id = value.as_int64();
    if (value.is_object() && value.as_object().contains("id") && value.at("id").is_int64())
        id = value.at("id").as_int64();
    if (id <= 0) return wrong(field, "records.not_a_reference");
    if (field.type == FieldType::record) {
        // Whether the one who links may see it is asked by the caller, through access.
        if (!TRY(reader.row(store::record_of_register, id, field.record_of)))
            return wrong(field, "records.no_such_reference");
        return db::Value(id);
    }
    const db::Sql* sql = exists_sql(field.type);
    if (!sql || !TRY(reader.row(*sql, id))) return wrong(field, "records.no_such_reference");
    return db::Value(id);
}

}  // namespace

Result<db::Value> to_column(db::Reader& reader, const Field& field, const boost::json::value& value, LocalDate today) {
    if (value.is_null() || (value.is_string() && value.as_string().empty())) return db::Value();
    switch (field.type) {
        case FieldType::text:
        case FieldType::long_text:
            return read_text(field, value);
        case FieldType::integer:
        case FieldType::decimal:
        case FieldType::money:
            return read_units(field, value);
        case FieldType::date: {
            if (!value.is_string()) return wrong(field, "records.bad_date");
            const auto date = parse_date(value.as_string());
            if (!date) return wrong(field, "records.bad_date");
            if (date->year() < earliest_year || date->year() > latest_year)
                return wrong(field, "records.far_date",
                             {{"earliest", std::to_string(earliest_year)}, {"latest", std::to_string(latest_year)}});
            return db::Value(*date);
        }
        case FieldType::time: {
            if (!value.is_string()) return wrong(field, "records.bad_time");
            const auto time = parse_time(value.as_string());
            if (!time) return wrong(field, "records.bad_time");
            return db::Value(to_string(*time));
        }
        case FieldType::yes_no:
            if (!value.is_bool()) return wrong(field, "records.not_yes_no");
            return db::Value(value.as_bool());
        case FieldType::choice: {
            if (!value.is_string()) return wrong(field, "records.not_text");
            TRY(check_choice(reader, field, value.as_string(), today));
            return db::Value(std::string_view(value.as_string()));
        }
        case FieldType::choices: {
            if (!value.is_array() || value.as_array().size() > 200) return wrong(field, "records.not_a_list");
            if (value.as_array().empty()) return db::Value();
            std::set<std::string> codes;
            for (const auto& each : value.as_array()) {
                if (!each.is_string()) return wrong(field, "records.not_text");
                TRY(check_choice(reader, field, each.as_string(), today));
                codes.emplace(each.as_string());
            }
            boost::json::array list;
            for (const std::string& code : codes) list.emplace_back(code);
            return db::Value(boost::json::serialize(list));
        }
        case FieldType::person:
        case FieldType::post:
        case FieldType::unit:
        case FieldType::agency:
        case FieldType::record:
        case FieldType::file:
            return read_reference(reader, field, value);
        case FieldType::computed:
            return wrong(field, "records.is_computed");
    }
    return fail_internal("unknown field type");
}

boost::json::value to_json(const Field& field, const db::Value& value) {
    if (value.is_null()) return nullptr;
    switch (kept_as(field)) {
        case FieldType::decimal:
            return boost::json::value(to_string(Decimal{value.integer() ? *value.integer() : 0, field.scale}));
        case FieldType::money:
            return boost::json::value(std::to_string(value.integer() ? *value.integer() : 0));
        case FieldType::yes_no:
            return value.integer() && *value.integer() != 0;
        case FieldType::choices: {
            boost::system::error_code error;
            auto list = boost::json::parse(value.text() ? *value.text() : "[]", error);
            return error ? boost::json::value(boost::json::array()) : list;
        }
        default:
            break;
    }
    if (value.integer()) return *value.integer();
    if (value.text()) return boost::json::value(*value.text());
    return nullptr;
}

expression::Value to_expression(const Field& field, const db::Value& value) {
    if (value.is_null()) return std::monostate();
    switch (kept_as(field)) {
        case FieldType::decimal:
            return Decimal{value.integer() ? *value.integer() : 0, field.scale};
        case FieldType::yes_no:
            return value.integer() && *value.integer() != 0;
        case FieldType::date: {
            const auto date = parse_date(value.text() ? *value.text() : "");
            return date ? expression::Value(*date) : expression::Value();
        }
        case FieldType::choices: {
            std::vector<std::string> codes;
            boost::system::error_code error;
            const auto list = boost::json::parse(value.text() ? *value.text() : "[]", error);
            if (!error && list.is_array())
                for (const auto& each : list.as_array()) codes.emplace_back(each.as_string());
            return codes;
        }
        default:
            break;
    }
    if (value.integer()) return Decimal{*value.integer(), 0};
    if (value.text()) return *value.text();
    return std::monostate();
}

Result<db::Value> from_expression(const Field& field, const expression::Value& value) {
    if (std::holds_alternative<std::monostate>(value)) return db::Value();
    const FieldType type = kept_as(field);
    if (const auto* number = std::get_if<Decimal>(&value)) {
        if (type == FieldType::text || type == FieldType::long_text) return db::Value(to_string(*number));
        const auto exact = rescale(*number, type == FieldType::decimal ? field.scale : 0);
        if (!exact) return wrong(field, "records.number_too_large");
        return db::Value(exact->units);
    }
    if (const auto* yes = std::get_if<bool>(&value)) return db::Value(*yes);
    if (const auto* text = std::get_if<std::string>(&value)) return text->empty() ? db::Value() : db::Value(*text);
    if (const auto* date = std::get_if<LocalDate>(&value)) return db::Value(*date);
    if (const auto* instant = std::get_if<Instant>(&value)) {
        if (type == FieldType::time) return db::Value(to_string(local_time(*instant)));
        return db::Value(local_date(*instant));
    }
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
        boost::json::array codes(list->begin(), list->end());
        return db::Value(boost::json::serialize(codes));
    }
    return wrong(field, "records.wrong_type");
}

namespace {

std::string grouped(std::int64_t units) {
    std::string digits = std::to_string(units);
    for (int at = static_cast<int>(digits.size()) - 3; at > (units < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<std::size_t>(at), ".");
    return digits;
}

}  // namespace

Result<std::string> Shown::look_up(std::string_view kind, std::int64_t id, const db::Sql& sql) {
    auto [at, fresh] = names_.try_emplace({std::string(kind), id});
    if (fresh) {
        const auto row = TRY(reader_.row(sql, id));
        at->second = row ? row->text(0) : "#" + std::to_string(id);
    }
    return at->second;
}

Result<const Shown::Called*> Shown::called(SubjectId who, std::optional<Instant> at) {
    auto [found, fresh] = called_.try_emplace(who);
    std::vector<Called>& names = found->second;
    if (fresh) {
        const bool is_post = subject::kind(who) == subject::Kind::post;
        const db::Rows rows =
            TRY(reader_.rows(is_post ? store::post_names : store::person_names, subject::id(who), who));
        for (const db::Row& row : rows) names.push_back({row.instant(0), row.text(1), is_post ? row.integer(2) : 0});
    }
    if (names.empty()) return nullptr;
    if (!at) return &names.back();
    const auto then = std::ranges::find_if(names, [&](const Called& each) { return *at < each.until; });
    return then == names.end() ? &names.back() : &*then;
}

Result<const Shown::Version*> Shown::version(std::int64_t unit, std::optional<Instant> at) {
    auto [found, fresh] = versions_.try_emplace(unit);
    std::vector<Version>& versions = found->second;
    if (fresh) {
        const db::Rows rows = TRY(reader_.rows(store::unit_names, unit));
        for (const db::Row& row : rows)
            versions.push_back({row.date(0).value_or(LocalDate{}), row.text(1), row.text(2)});
    }
    if (versions.empty()) return nullptr;
    const LocalDate day = at ? local_date(*at) : scope_.today;
    const auto later = std::ranges::find_if(versions, [&](const Version& each) { return each.from > day; });
    return later == versions.begin() ? &versions.front() : &*std::prev(later);
}

namespace {

std::string unnamed(std::int64_t id) {
    return "#" + std::to_string(id);
}

}  // namespace

Result<std::string> Shown::person(std::int64_t id, std::optional<Instant> at) {
    const Called* person = TRY(called(subject::person({id}), at));
    return person ? person->name : unnamed(id);
}
Result<std::string> Shown::unit(std::int64_t id, std::optional<Instant> at) {
    const Version* unit = TRY(version(id, at));
    return unit ? unit->name : unnamed(id);
}
Result<std::string> Shown::post(std::int64_t id, std::optional<Instant> at) {
    const Called* post = TRY(called(subject::post({id}), at));
    const Version* unit = post ? TRY(version(post->unit, at)) : nullptr;
    return unit ? post->name + " – " + unit->short_name : unnamed(id);
}
Result<std::string> Shown::record(std::int64_t id) {
    if (!TRY(rights::can_see(scope_, reader_, {id}))) return messages::text(scope_.language, "records.hidden");
    return look_up("record", id, store::record_title);
}

Result<std::string> Shown::choice(std::string_view list, std::string_view code) {
    auto [at, fresh] = choices_.try_emplace({std::string(list), std::string(code)});
    if (fresh) {
        const auto row = TRY(reader_.row(store::choice_title, list, code));
        at->second = row ? row->text(scope_.language == Language::en ? 1 : 0) : std::string(code);
    }
    return at->second;
}

Result<std::string> Shown::choice(const Field& field, const std::string& code) {
    for (const auto* choices : {&field.choices, &field.former_choices})
        for (const auto& [own, label] : *choices)
            if (own == code) return label.in(scope_.language);
    return choice(field.choices_of, code);
}

Result<std::string> Shown::text(const Field& field, const db::Value& value, std::optional<Instant> at) {
    if (value.is_null()) return std::string();
    const std::int64_t number = value.integer() ? *value.integer() : 0;
    switch (kept_as(field)) {
        case FieldType::integer:
            // A year is never worked out; a sum is, and reads badly without its groups.
            if (field.type != FieldType::computed || std::abs(number) < 10'000) return std::to_string(number);
            return grouped(number);
        case FieldType::money:
            return grouped(number);
        case FieldType::decimal:
            return to_vietnamese(Decimal{number, field.scale});
        case FieldType::yes_no:
            return messages::text(scope_.language, number != 0 ? "registers.yes" : "registers.no");
        case FieldType::date: {
            const auto date = parse_date(value.text() ? *value.text() : "");
            return date ? to_vietnamese(*date) : std::string();
        }
        case FieldType::person:
            return person(number, at);
        case FieldType::post:
            return post(number, at);
        case FieldType::unit:
        case FieldType::agency:
            return unit(number, at);
        case FieldType::record:
            return record(number);
        case FieldType::file:
            return look_up("file", number, store::file_name);
        case FieldType::choice:
        case FieldType::choices: {
            std::vector<std::string> codes;
            if (kept_as(field) == FieldType::choice) {
                codes.push_back(value.text() ? *value.text() : "");
            } else {
                const auto list = to_expression(field, value);
                if (const auto* several = std::get_if<std::vector<std::string>>(&list)) codes = *several;
            }
            std::vector<std::string> labels;
            for (const std::string& code : codes) labels.push_back(TRY(choice(field, code)));
            return join(labels, ", ");
        }
        default:
            break;
    }
    const std::string plain = value.text() ? *value.text() : std::to_string(number);
    const auto own = std::ranges::find_if(field.choices, [&](const auto& each) { return each.first == plain; });
    return own == field.choices.end() ? plain : own->second.in(scope_.language);
}

}  // namespace records
