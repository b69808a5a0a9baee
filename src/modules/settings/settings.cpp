#include "modules/settings/settings.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "core/calendar/calendar.h"
#include "core/org/settings.h"

namespace settings {

namespace {

enum class Kind { yes_no, integer, text, week };
BOOST_DESCRIBE_ENUM(Kind, yes_no, integer, text, week)

/// What can be set. A value is kept as text: yes or no, a whole number, or the text itself.
struct Definition {
    std::string_view code;
    Kind kind;
    std::string_view otherwise;        ///< what holds when nobody has set it
    std::int64_t least = 0, most = 0;  ///< of numbers; `most` also the longest text, in characters
    Result<void> (*check)(const std::string&) = nullptr;
};

Result<void> check_hours(const std::string& text) {
    TRY(calendar::parse_office_hours(text));
    return {};
}

Result<void> check_week(const std::string& text) {
    TRY(calendar::parse_working_week(text));
    return {};
}

constexpr Definition definitions[] = {
    {.code = "second_confirmation", .kind = Kind::yes_no, .otherwise = "yes"},
    {.code = "session_minutes", .kind = Kind::integer, .otherwise = "720", .least = 15, .most = 720},
    {.code = "office_hours",
     .kind = Kind::text,
     .otherwise = "07:30-11:30 13:00-17:00",
     .most = 100,
     .check = check_hours},
    {.code = "working_week", .kind = Kind::week, .otherwise = "12345", .most = 7, .check = check_week},
    {.code = "agency_place", .kind = Kind::text, .otherwise = "", .most = 60},
};

const Definition* find(std::string_view code) {
    const auto found = std::ranges::find(definitions, code, &Definition::code);
    return found == std::end(definitions) ? nullptr : &*found;
}

std::int64_t number_of(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

boost::json::value shown(const Definition& definition, const std::string& text) {
    if (definition.kind == Kind::yes_no) return text == "yes";
    if (definition.kind == Kind::integer) return number_of(text);
    return boost::json::string(text);
}

std::unexpected<Error> bad_value(const Definition& definition) {
    const std::string kind(enum_name(definition.kind));
    return fail(ErrorCode::invalid, "settings.bad_" + kind, definition.code,
                {{"least", std::to_string(definition.least)}, {"most", std::to_string(definition.most)}});
}

/// The text that is kept for a value that was sent.
Result<std::string> kept(const Definition& definition, const boost::json::value& sent) {
    if (definition.kind == Kind::yes_no) {
        if (sent.is_bool()) return std::string(sent.as_bool() ? "yes" : "no");
        if (sent == "yes" || sent == "no") return std::string(sent.as_string());
        return bad_value(definition);
    }
    if (definition.kind == Kind::integer) {
        std::int64_t number = -1;
        if (sent.is_int64()) number = sent.as_int64();
        if (sent.is_string()) {
            const std::string text(sent.as_string());
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (error != std::errc() || end != text.data() + text.size()) return bad_value(definition);
        }
        if (number < definition.least || number > definition.most) return bad_value(definition);
        return std::to_string(number);
    }
    if (!sent.is_string()) return bad_value(definition);
    std::string text = TRY(clean_text(std::string_view(sent.as_string())));
    if (definition.check == check_hours) std::ranges::replace(text, ',', ' ');
    if (length(text) > static_cast<std::size_t>(definition.most)) return bad_value(definition);
    if (definition.check) TRY(definition.check(text));
    return text;
}

using Sent = std::vector<std::pair<std::string, boost::json::value>>;

Result<Sent> read(const boost::json::value& sent) {
    Sent pairs;
    if (sent.is_object()) {
        for (const auto& [code, value] : sent.as_object()) pairs.emplace_back(std::string(code), value);
        return pairs;
    }
    if (!sent.is_array()) return fail(ErrorCode::invalid, "settings.bad_body");
    for (const boost::json::value& each : sent.as_array()) {
        const auto* object = each.if_object();
        const auto* code = object ? object->if_contains("code") : nullptr;
        const auto* value = object ? object->if_contains("value") : nullptr;
        if (!code || !code->is_string() || !value) return fail(ErrorCode::invalid, "settings.bad_body");
        pairs.emplace_back(std::string(code->as_string()), *value);
    }
    return pairs;
}

constexpr db::Sql own_codes{"settings.own_codes", R"(select code from setting where agency_id = ?1)"};

}  // namespace

Result<std::vector<Setting>> list(const Scope& scope, db::Reader& reader) {
    std::set<std::string> own;
    for (const db::Row& row : TRY(reader.rows(own_codes, scope.agency.value))) own.insert(row.text(0));
    std::vector<Setting> all;
    for (const Definition& definition : definitions) {
        const std::string code(definition.code);
        const auto value = TRY(org::setting(reader, scope.agency, code));
        all.push_back({.code = code,
                       .label = messages::text(scope.language, "settings.label." + code),
                       .value = shown(definition, value.value_or(std::string(definition.otherwise))),
                       .kind = std::string(enum_name(definition.kind)),
                       .help = messages::text(scope.language, "settings.help." + code),
                       .own = own.contains(code)});
    }
    return all;
}

Result<std::vector<Setting>> change(const Scope& scope, db::Transaction& tx, records::Engine& engine,
                                    const Propose& propose, const boost::json::value& sent) {
    if (!scope.agency) return fail(ErrorCode::forbidden, "service.may_not");
    std::set<std::string> waiting;
    bool counts_anew = false;
    for (const auto& [code, value] : TRY(read(sent))) {
        const Definition* definition = find(code);
        if (!definition) return fail(ErrorCode::invalid, "settings.unknown", code, {{"code", code}});
        const auto before = TRY(org::setting(tx, scope.agency, code));
        // Without an own value the server's holds, which may be the weaker one: that is a change like any other.
        const std::optional<std::string> after =
            value.is_null() ? std::nullopt : std::optional(TRY(kept(*definition, value)));
        if (after == before.value_or(std::string(definition->otherwise))) continue;
        const std::string in_force =
            after ? *after : TRY(org::setting(tx, {}, code)).value_or(std::string(definition->otherwise));
        if (propose && TRY(propose(scope, tx, code, in_force))) {
            waiting.insert(code);
            continue;
        }
        TRY(org::set_setting(scope, tx, scope.agency, code, after));
        counts_anew = counts_anew || definition->check != nullptr;
    }
    if (counts_anew) {
        const calendar::CalendarPointer fresh = TRY(calendar::Calendar::load(tx));
        tx.after_commit([&engine, fresh] { engine.set_calendar(fresh); });
    }
    auto all = TRY(list(scope, tx));
    for (Setting& each : all) each.waiting = waiting.contains(each.code);
    return all;
}

}  // namespace settings
