#include <charconv>

#include <boost/json.hpp>

#include "base/hex.h"
#include "base/text.h"
#include "core/records/row.h"
#include "core/search/search.h"
#include "core/steps/inbox.h"

namespace records {

using registers::Field;
using registers::FieldType;

namespace {

/// Below this many records of one's own, a list goes through them; above, through the register with the predicate on
/// each row.
constexpr std::size_t few_records = 2'000;
constexpr std::int64_t counted_at_most = 1'001;

using Context = std::map<std::string, expression::Value, std::less<>>;

Context context(const Scope& scope) {
    return {{"today", scope.today},
            {"now", scope.now},
            {"me", Decimal{scope.person.value, 0}},
            {"my_post", Decimal{scope.post.value, 0}},
            {"my_unit", Decimal{scope.unit.value, 0}},
            {"my_agency", Decimal{scope.agency.value, 0}}};
}

/// The first field of the expression that the scope may not read.
const Field* unreadable_field(const Scope& scope, const registers::Declaration& declaration,
                              const expression::Expression& parsed) {
    const auto readable = readable_fields(scope, declaration);
    for (const std::string& name : expression::names(parsed))
        if (const Field* field = declaration.field(name); field && std::ranges::find(readable, field) == readable.end())
            return field;
    return nullptr;
}

enum class From { declaration, asker };

Result<void> add_condition(const Scope& scope, const registers::Declaration& declaration, std::string_view text,
                           From from, db::Query& query, const Context& values) {
    const auto parsed = TRY(declaration.parsed(text));
    if (expression::type(*parsed) != expression::Type::boolean)
        return fail(ErrorCode::invalid, "records.not_a_condition", "filter");
    // exists, count and sum look at records whoever may see them: a typed one could guess them value by value.
    if (from == From::asker && expression::asks_other_records(*parsed))
        return fail(ErrorCode::invalid, "records.filter_asks_others", "filter");
    // A filter may only ask of what its asker may read: else it would be guessed value by value.
    if (const Field* field = unreadable_field(scope, declaration, *parsed))
        return fail(ErrorCode::invalid, "records.unknown_field", field->code, {{"field", field->code}});
    query.add(" and (");
    TRY(expression::compile(*parsed, values, query));
    query.add(")");
    return {};
}

Result<void> add_queue(const Scope& scope, const Engine& engine, const registers::Declaration& declaration,
                       const std::string& code, db::Query& query) {
    const auto found = std::ranges::find_if(declaration.queues, [&](const auto& each) { return each.first == code; });
    if (found == declaration.queues.end())
        return fail(ErrorCode::not_found, "records.no_queue", "queue", {{"queue", code}});
    const registers::Queue& queue = found->second;
    Context values = context(scope);
    const auto calendar = engine.calendar();
    if (!declaration.field("soon")) values["soon"] = calendar::soon(calendar->of(scope.agency), scope.today);
    TRY(add_condition(scope, declaration, queue.when, From::declaration, query, values));
    if (!queue.with_step.empty()) steps::add_waiting_in(query.add(" and "), "record.id", queue.with_step);
    if (!queue.without_step.empty()) steps::add_waiting_in(query.add(" and not "), "record.id", queue.without_step);
    return {};
}

bool only_now(const expression::Expression& parsed) {
    if (expression::asks_other_records(parsed)) return true;
    return std::ranges::any_of(expression::names(parsed), [](const std::string& name) {
        return name == "state" || name == "updated_at" || name == "now";
    });
}

/// The condition of a declared counter, as of the day it is asked for.
Result<void> add_counted(const Scope& scope, const registers::Declaration& declaration, const ListQuery& asked,
                         db::Query& query) {
    const auto counter =
        std::ranges::find_if(declaration.counters, [&](const auto& each) { return each.first == asked.counter; });
    if (counter == declaration.counters.end())
        return fail(ErrorCode::not_found, "records.no_counter", "counter", {{"counter", asked.counter}});
    const std::string& condition = counter->second.second;
    Scope as_of = scope;
    as_of.today = asked.on.value_or(scope.today);
    const auto parsed = TRY(declaration.parsed(condition));
    if (as_of.today != scope.today && only_now(*parsed))
        return fail(ErrorCode::invalid, "records.counted_today_only", "on",
                    {{"counter", counter->second.first.in(scope.language)}});
    return add_condition(as_of, declaration, condition, From::declaration, query, context(as_of));
}

/// from … where …: all that decides which rows a list holds.
Result<void> add_source(const Scope& scope, db::Reader& reader, const Engine& engine,
                        const registers::Declaration& declaration, const ListQuery& asked, db::Query& query) {
    query.add(" from record join ")
        .identifier(declaration.table)
        .add(" r on r.record_id = record.id where record.register_id = ")
        .value(declaration.id);
    query.add(" and record.erased_at is null and ");
    rights::visible(scope, query, "record");
    if (const auto few = TRY(rights::few(scope, reader, few_records))) {
        std::vector<db::Value> ids;
        for (const RecordId id : *few) ids.emplace_back(id.value);
        query.add(" and record.id in ").list(ids);
    }
    if (!asked.states.empty()) {
        std::vector<db::Value> states(asked.states.begin(), asked.states.end());
        query.add(" and record.state in ").list(states);
    }
    if (!asked.queue.empty()) TRY(add_queue(scope, engine, declaration, asked.queue, query));
    if (!asked.counter.empty()) TRY(add_counted(scope, declaration, asked, query));
    if (!asked.filter.empty()) TRY(add_condition(scope, declaration, asked.filter, From::asker, query, context(scope)));
    const auto readable = readable_fields(scope, declaration);
    for (const auto& [code, value] : asked.equals) {
        const Field* field = declaration.field(code);
        if (!field || std::ranges::find(readable, field) == readable.end())
            return fail(ErrorCode::invalid, "records.unknown_field", code, {{"field", code}});
        boost::json::value sent(value);
        if (field->type == FieldType::yes_no) sent = value == "true" || value == "1";
        std::int64_t number = 0;
        const bool by_number = field->type == FieldType::person || field->type == FieldType::post ||
                               field->type == FieldType::unit || field->type == FieldType::agency ||
                               field->type == FieldType::record || field->type == FieldType::file;
        if (by_number && std::from_chars(value.data(), value.data() + value.size(), number).ec == std::errc())
            sent = number;
        const db::Value column = TRY(to_column(reader, *field, sent, scope.today));
        query.add(" and r.").identifier(field->column);
        if (column.is_null()) {
            query.add(" is null");
        } else {
            query.add(" = ").value(column);
        }
    }
    if (!asked.text.empty()) TRY(search::add_titled(reader, asked.text, declaration.id, query));
    return {};
}

/// What a list is sorted by, before the record's id.
struct Key {
    const Field* field = nullptr;  ///< null: the record's id, and nothing comes after it
    bool descending = true;
    bool by_number = false;  ///< the digits a number of a book begins with, as a number: 99 before 100
};

/// The keys of one code; a book's number is sorted by its digits first.
void add_keys(const registers::Declaration& declaration, const Field* field, bool descending, std::vector<Key>& keys) {
    if (field && declaration.book && declaration.book->field == field->code) keys.push_back({field, descending, true});
    keys.push_back({field, descending});
}

/// The order asked for, or the register's; among equals the rest of the register's.
Result<std::vector<Key>> order_of(const Scope& scope, const registers::Declaration& declaration,
                                  const std::string& asked) {
    std::vector<std::pair<std::string, bool>> codes = declaration.order;
    if (!asked.empty()) {
        const bool descending = asked.front() == '-';
        const std::string code = asked.substr(descending ? 1 : 0);
        std::erase_if(codes, [&](const auto& each) { return each.first == code; });
        codes.insert(codes.begin(), {code, descending});
    }
    std::vector<Key> keys;
    const auto readable = readable_fields(scope, declaration);
    for (const auto& [code, descending] : codes) {
        if (code == "created_at" || code == "id") {
            add_keys(declaration, nullptr, descending, keys);
            return keys;
        }
        const Field* field = declaration.field(code);
        const bool fits = field && std::ranges::find(readable, field) != readable.end() &&
                          field->type != FieldType::choices && field->type != FieldType::long_text;
        if (fits)
            add_keys(declaration, field, descending, keys);
        else if (!asked.empty() && keys.empty())
            return fail(ErrorCode::invalid, "records.cannot_order", "order", {{"field", code}});
    }
    add_keys(declaration, nullptr, keys.empty() || keys.back().descending, keys);
    return keys;
}

/// The sorted value with nulls made comparable: a key for texts, else the column.
void add_sorted(db::Engine engine, db::Query& query, const Key& key) {
    if (!key.field) {
        query.add("record.id");
        return;
    }
    const Field& field = *key.field;
    if (key.by_number) {
        // What has no number yet is newer than all that have one.
        query.add("case when r.").identifier(field.column).add(" is null then 9000000000000000000 else ");
        if (engine == db::Engine::sqlite)
            query.add("cast(r.").identifier(field.column).add(" as integer) end");
        else
            query.add("coalesce(substring(r.").identifier(field.column).add(" from '^[0-9]{1,18}'), '0')::bigint end");
        return;
    }
    const bool by_key = !field.key_column.empty();
    query.add("coalesce(r.").identifier(by_key ? field.key_column : field.column).add(", ");
    if (by_key) {
        query.value(db::Blob{});
    } else if (field.type == FieldType::text || field.type == FieldType::choice || field.type == FieldType::date ||
               field.type == FieldType::time) {
        query.value("");
    } else {
        query.value(std::int64_t{-9'000'000'000'000'000'000});
    }
    query.add(")");
}

/// Where a page ended: the sorted values of its last row, as JSON.
std::string cursor_of(const db::Row& row, std::size_t first, std::size_t count) {
    boost::json::array cursor;
    for (std::size_t i = first; i < first + count; ++i) {
        const db::Value& sorted = row[i];
        if (sorted.blob())
            cursor.push_back(boost::json::object{{"b", to_hex(std::span<const std::byte>(*sorted.blob()))}});
        else if (sorted.text())
            cursor.emplace_back(*sorted.text());
        else
            cursor.emplace_back(sorted.integer() ? *sorted.integer() : 0);
    }
    return boost::json::serialize(cursor);
}

Result<std::vector<db::Value>> read_cursor(std::string_view text, std::size_t count) {
    boost::system::error_code error;
    const auto cursor = boost::json::parse(text, error);
    const auto bad = fail(ErrorCode::invalid, "records.bad_cursor", "after");
    if (error || !cursor.is_array() || cursor.as_array().size() != count) return bad;
    std::vector<db::Value> values;
    for (const boost::json::value& each : cursor.as_array()) {
        if (each.is_int64()) {
            values.emplace_back(each.as_int64());
        } else if (each.is_string()) {
            values.emplace_back(std::string_view(each.as_string()));
        } else {
            const auto* hex = each.is_object() ? each.as_object().if_contains("b") : nullptr;
            const auto read = hex && hex->is_string() ? from_hex(hex->as_string()) : std::nullopt;
            if (!read) return bad;
            const auto bytes = std::as_bytes(std::span(*read));
            values.emplace_back(db::Blob(bytes.begin(), bytes.end()));
        }
    }
    if (!values.back().integer()) return bad;
    return values;
}

/// " and (…)": rows behind the place, key by key.
void add_after(db::Engine engine, const std::vector<Key>& keys, const std::vector<db::Value>& place, db::Query& query) {
    query.add(" and ");
    for (std::size_t i = 0; i < keys.size(); ++i) {
        query.add("(");
        add_sorted(engine, query, keys[i]);
        query.add(keys[i].descending ? db::Literal(" < ") : db::Literal(" > ")).value(place[i]);
        if (i + 1 == keys.size()) break;
        query.add(" or (");
        add_sorted(engine, query, keys[i]);
        query.add(" = ").value(place[i]).add(" and ");
    }
    for (std::size_t i = 0; i + 1 < keys.size(); ++i) query.add("))");
    query.add(")");
}

}  // namespace

Result<Page> list(const Scope& scope, db::Reader& reader, const Engine& engine, const ListQuery& asked) {
    const auto declaration = engine.catalogue.find(asked.register_code);
    if (!declaration) return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", asked.register_code}});
    const std::vector<Key> keys = TRY(order_of(scope, *declaration, asked.order));
    const auto readable = readable_fields(scope, *declaration);

    constexpr std::size_t heads = 7;
    db::Query query("records.list");
    query.add(
        "select record.id, record.version, record.state, record.title, record.agency_id, record.created_at, "
        "record.updated_at");
    for (std::size_t i = 0; i < keys.size(); ++i) {
        query.add(", ");
        add_sorted(reader.engine(), query, keys[i]);
        query.add(" as ").identifier("sorted_" + std::to_string(i));
    }
    for (const Field* field : readable) query.add(", r.").identifier(field->column);
    TRY(add_source(scope, reader, engine, *declaration, asked, query));
    if (!asked.after.empty()) add_after(reader.engine(), keys, TRY(read_cursor(asked.after, keys.size())), query);
    query.add(" order by ");
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i > 0) query.add(", ");
        query.identifier("sorted_" + std::to_string(i))
            .add(keys[i].descending ? db::Literal(" desc") : db::Literal(""));
    }
    const int limit = std::clamp(asked.limit, 1, 200);
    query.add(" limit ").value(limit + 1);

    Page page;
    const db::Rows rows = TRY(reader.rows(query));
    for (const db::Row& row : rows) {
        if (page.rows.size() == static_cast<std::size_t>(limit)) break;
        ListRow item{{row.integer(0)}, row.integer(1), row.text(2), row.text(3), row.id<struct AgencyNoun>(4),
                     row.instant(5),   row.instant(6), {}};
        std::size_t column = heads + keys.size();
        for (const Field* field : readable) item.columns[field->code] = row[column++];
        if (rows.size() > static_cast<std::size_t>(limit)) page.next = cursor_of(row, heads, keys.size());
        page.rows.push_back(std::move(item));
    }
    return page;
}

Result<std::int64_t> count(const Scope& scope, db::Reader& reader, const Engine& engine, const ListQuery& asked) {
    const auto declaration = engine.catalogue.find(asked.register_code);
    if (!declaration) return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", asked.register_code}});
    db::Query query("records.count");
    query.add("select count(*) from (select 1");
    TRY(add_source(scope, reader, engine, *declaration, asked, query));
    query.add(" limit ").value(counted_at_most).add(") counted");
    const auto row = TRY(reader.row(query));
    return row ? row->integer(0) : 0;
}

Result<std::vector<Counter>> counters(const Scope& scope, db::Reader& reader, const Engine& engine,
                                      std::string_view register_code, LocalDate on) {
    const auto declaration = engine.catalogue.find(register_code);
    if (!declaration)
        return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", std::string(register_code)}});
    std::vector<Counter> counted;
    for (const auto& [code, counter] : declaration->counters) {
        const auto& [label, condition] = counter;
        const auto parsed = TRY(declaration->parsed(condition));
        if (unreadable_field(scope, *declaration, *parsed)) continue;
        Counter& counter_on = counted.emplace_back(code, label, only_now(*parsed), std::nullopt);
        if (counter_on.today_only && on != scope.today) continue;
        db::Query query("records.counters");
        query.add("select count(*)");
        TRY(add_source(scope, reader, engine, *declaration, {.counter = code, .on = on}, query));
        const auto row = TRY(reader.row(query));
        counter_on.value = row ? row->integer(0) : 0;
    }
    return counted;
}

}  // namespace records
