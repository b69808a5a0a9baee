#include <charconv>

#include <boost/json.hpp>

#include "base/text.h"
#include "core/records/row.h"
#include "core/search/search.h"

namespace records {

using registers::Field;
using registers::FieldType;

namespace {

/// Below this many records of one's own, a list goes through them; above, through the register with the predicate on
/// each row.
constexpr std::size_t few_records = 2'000;
constexpr std::int64_t counted_at_most = 1'001;

std::map<std::string, expression::Value, std::less<>> context(const Scope& scope) {
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
                           From from, db::Query& query) {
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
    TRY(expression::compile(*parsed, context(scope), query));
    query.add(")");
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
    return add_condition(as_of, declaration, condition, From::declaration, query);
}

/// from … where …: all that decides which rows a list holds.
Result<void> add_source(const Scope& scope, db::Reader& reader, const registers::Declaration& declaration,
                        const ListQuery& asked, db::Query& query) {
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
    if (!asked.queue.empty()) {
        const auto queue =
            std::ranges::find_if(declaration.queues, [&](const auto& each) { return each.first == asked.queue; });
        if (queue == declaration.queues.end())
            return fail(ErrorCode::not_found, "records.no_queue", "queue", {{"queue", asked.queue}});
        TRY(add_condition(scope, declaration, queue->second.second, From::declaration, query));
    }
    if (!asked.counter.empty()) TRY(add_counted(scope, declaration, asked, query));
    if (!asked.filter.empty()) TRY(add_condition(scope, declaration, asked.filter, From::asker, query));
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
    if (!asked.text.empty()) {
        const auto ids = TRY(search::titles(scope, reader, asked.text, declaration.id, few_records));
        std::vector<db::Value> found;
        for (const RecordId id : ids) found.emplace_back(id.value);
        query.add(" and record.id in ").list(found);
    }
    return {};
}

struct Order {
    const Field* field = nullptr;  ///< null: by record id
    bool descending = true;
};

Result<Order> order_of(const Scope& scope, const registers::Declaration& declaration, const std::string& asked) {
    std::string code = asked;
    bool descending = false;
    if (code.empty()) {
        if (declaration.order.empty()) return Order{};
        code = declaration.order.front().first;
        descending = declaration.order.front().second;
    } else if (code.front() == '-') {
        descending = true;
        code.erase(0, 1);
    }
    if (code == "created_at" || code == "id") return Order{nullptr, descending};
    const Field* field = declaration.field(code);
    const auto readable = readable_fields(scope, declaration);
    if (!field || std::ranges::find(readable, field) == readable.end() || field->type == FieldType::choices ||
        field->type == FieldType::long_text)
        return fail(ErrorCode::invalid, "records.cannot_order", "order", {{"field", code}});
    return Order{field, descending};
}

/// The sorted value with nulls made comparable: a key for texts, else the column.
void add_sorted(db::Query& query, const Field& field) {
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

std::string cursor_of(const db::Value& sorted, RecordId id) {
    boost::json::object cursor{{"id", id.value}};
    if (sorted.integer()) cursor["n"] = *sorted.integer();
    if (sorted.text()) cursor["t"] = *sorted.text();
    if (sorted.blob()) {
        std::string hex;
        for (const std::byte byte : *sorted.blob()) hex += fmt::format("{:02x}", static_cast<unsigned>(byte));
        cursor["b"] = hex;
    }
    return boost::json::serialize(cursor);
}

Result<std::pair<db::Value, std::int64_t>> read_cursor(std::string_view text) {
    boost::system::error_code error;
    const auto cursor = boost::json::parse(text, error);
    const auto bad = fail(ErrorCode::invalid, "records.bad_cursor", "after");
    if (error || !cursor.is_object() || !cursor.as_object().contains("id") || !cursor.at("id").is_int64()) return bad;
    db::Value sorted;
    const auto& object = cursor.as_object();
    if (const auto* number = object.if_contains("n"); number && number->is_int64())
        sorted = db::Value(number->as_int64());
    if (const auto* plain = object.if_contains("t"); plain && plain->is_string())
        sorted = db::Value(std::string_view(plain->as_string()));
    if (const auto* hex = object.if_contains("b"); hex && hex->is_string()) {
        db::Blob blob;
        const std::string_view digits = hex->as_string();
        for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
            unsigned byte = 0;
            if (std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16).ec != std::errc()) return bad;
            blob.push_back(static_cast<std::byte>(byte));
        }
        sorted = db::Value(std::move(blob));
    }
    return std::pair(std::move(sorted), object.at("id").as_int64());
}

}  // namespace

Result<Page> list(const Scope& scope, db::Reader& reader, const Engine& engine, const ListQuery& asked) {
    const auto declaration = engine.catalogue.find(asked.register_code);
    if (!declaration) return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", asked.register_code}});
    const Order order = TRY(order_of(scope, *declaration, asked.order));
    const auto readable = readable_fields(scope, *declaration);

    db::Query query("records.list");
    query.add(
        "select record.id, record.version, record.state, record.title, record.agency_id, record.created_at, "
        "record.updated_at, ");
    if (order.field) {
        add_sorted(query, *order.field);
    } else {
        query.add("0");
    }
    for (const Field* field : readable) query.add(", r.").identifier(field->column);
    TRY(add_source(scope, reader, *declaration, asked, query));
    if (!asked.after.empty()) {
        const auto [sorted, id] = TRY(read_cursor(asked.after));
        query.add(" and (");
        if (order.field) {
            add_sorted(query, *order.field);
            query.add(order.descending ? db::Literal(" < ") : db::Literal(" > ")).value(sorted).add(" or (");
            add_sorted(query, *order.field);
            query.add(" = ").value(sorted).add(" and ");
        } else {
            query.add("(");
        }
        query.add(order.descending ? db::Literal("record.id < ") : db::Literal("record.id > ")).value(id).add("))");
    }
    query.add(" order by ");
    if (order.field) query.add(order.descending ? db::Literal("8 desc, ") : db::Literal("8, "));
    query.add(order.descending ? db::Literal("record.id desc") : db::Literal("record.id"));
    const int limit = std::clamp(asked.limit, 1, 200);
    query.add(" limit ").value(limit + 1);

    Page page;
    const db::Rows rows = TRY(reader.rows(query));
    for (const db::Row& row : rows) {
        if (page.rows.size() == static_cast<std::size_t>(limit)) break;
        ListRow item{{row.integer(0)}, row.integer(1), row.text(2), row.text(3), row.id<struct AgencyNoun>(4),
                     row.instant(5),   row.instant(6), {}};
        std::size_t column = 8;
        for (const Field* field : readable) item.columns[field->code] = row[column++];
        if (rows.size() > static_cast<std::size_t>(limit))
            page.next = cursor_of(order.field ? row[7] : db::Value(), item.id);
        page.rows.push_back(std::move(item));
    }
    return page;
}

Result<std::int64_t> count(const Scope& scope, db::Reader& reader, const Engine& engine, const ListQuery& asked) {
    const auto declaration = engine.catalogue.find(asked.register_code);
    if (!declaration) return fail(ErrorCode::not_found, "records.no_register", {}, {{"register", asked.register_code}});
    db::Query query("records.count");
    query.add("select count(*) from (select 1");
    TRY(add_source(scope, reader, *declaration, asked, query));
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
        TRY(add_source(scope, reader, *declaration, {.counter = code, .on = on}, query));
        const auto row = TRY(reader.row(query));
        counter_on.value = row ? row->integer(0) : 0;
    }
    return counted;
}

}  // namespace records
