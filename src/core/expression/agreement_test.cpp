#include <gtest/gtest.h>

#include "base/text.h"
#include "core/expression/look_up.h"
#include "core/expression/node.h"
#include "core/expression/random_expression.h"
#include "tests/support/databases.h"

/// Both engines and memory give the same answer to any expression about any row.
namespace expression {
namespace {

using congvu::test::told;

struct Row {
    std::int64_t id = 0;
    std::int64_t agency = 0;
    Values values = {};
};

db::Blob blob_of(const std::string& bytes) {
    const auto* begin = reinterpret_cast<const std::byte*>(bytes.data());
    return {begin, begin + bytes.size()};
}

Environment other_environment() {
    Environment environment;
    environment.names["label"] = {Type::text, "r.label", "r.label_key"};
    environment.names["place"] = {Type::text, "record.state"};
    environment.names["amount"] = {Type::integer, "r.amount"};
    environment.names["share"] = {Type::decimal, "r.share", "", 2};
    environment.names["day_of"] = {Type::date, "r.day_of"};
    environment.names["today"] = {Type::date};
    return environment;
}

Environment first_environment() {
    static const Source other{"r_other", other_environment()};
    Environment environment;
    auto& names = environment.names;
    names["id"] = {Type::integer, "record.id"};
    names["agency"] = {Type::integer, "record.agency_id"};
    names["state"] = {Type::text, "record.state"};
    names["created_at"] = {Type::instant, "record.created_at"};
    names["flag"] = {Type::boolean, "r.flag"};
    names["whole"] = {Type::integer, "r.whole"};
    names["small"] = {Type::integer, "r.small", "", 0, "", 1'000};
    names["money"] = {Type::integer, "r.money"};
    names["fine"] = {Type::decimal, "r.fine", "", 2};
    names["finer"] = {Type::decimal, "r.finer", "", 4};
    names["sorted"] = {Type::text, "r.sorted", "r.sorted_key", 0, "r.sorted_folded"};
    names["plain"] = {Type::text, "r.plain"};
    names["kind"] = {Type::text, "r.kind"};
    names["tags"] = {Type::list_of_text, "r.tags"};
    names["begun"] = {Type::date, "r.begun"};
    names["ended"] = {Type::date, "r.ended"};
    names["today"] = {Type::date};
    names["word"] = {Type::text};
    names["allowed"] = {Type::list_of_text};
    names["limit"] = {Type::decimal, "", "", 1};
    environment.source = [](std::string_view code) { return code == "other" ? &other : nullptr; };
    return environment;
}

const Values& context() {
    static const Values values{{"today", LocalDate::of(2026, 8, 25)},
                               {"word", std::string("Hoà")},
                               {"allowed", std::vector<std::string>{"a", "Hòa"}},
                               {"limit", Decimal{125, 1}}};
    return values;
}

class Agreement : public congvu::test::DatabaseTest {
  protected:
    RandomExpression random_{20'260'825};
    std::vector<Row> rows_, others_;

    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) return;
        const auto made = db().write_now([&](db::Transaction& tx) -> Result<void> { return make(tx); });
        ASSERT_TRUE(made) << told(made);
    }

    Value maybe(Value value) { return random_.below(5) == 0 ? Value() : std::move(value); }
    Value number(int scale, std::int64_t most) {
        const std::int64_t units = random_.below(3) == 0
                                       ? most - random_.below(3)
                                       : random_.below(static_cast<int>(std::min<std::int64_t>(most, 2'000)));
        return maybe(Decimal{random_.below(2) == 0 ? units : -units, scale});
    }
    Value day() {
        return maybe(LocalDate::of(random_.below(8) == 0 ? 9'990 : 2'020 + random_.below(8), 1, 1) +
                     random_.below(366));
    }
    Value word() {
        return maybe(random_.one_of<10>({"a", "b", "Hòa", "Hoà", "hòa", "đơn", "Đơn thư", "a\"b", "[]", "h Òa"}));
    }

    Result<void> make(db::Transaction& tx) {
        TRY(tx.execute(
            {"test",
             R"(create table r_first (record_id integer primary key, agency_id integer not null, flag integer, whole integer,
            small integer, money integer, fine integer, finer integer, sorted text, sorted_key blob, sorted_folded text, plain text, kind text,
            tags text, begun text, ended text) strict)",
             R"(create table r_first (record_id bigint primary key, agency_id bigint not null, flag bigint, whole bigint,
            small bigint, money bigint, fine bigint, finer bigint, sorted text collate "C", sorted_key bytea, sorted_folded text collate "C",
            plain text collate "C", kind text collate "C", tags text collate "C", begun text collate "C", ended text collate "C"))"}));
        TRY(tx.execute(
            {"test",
             R"(create table r_other (record_id integer primary key, agency_id integer not null, label text, label_key blob,
            amount integer, share integer, day_of text) strict)",
             R"(create table r_other (record_id bigint primary key, agency_id bigint not null, label text collate "C", label_key bytea,
            amount bigint, share bigint, day_of text collate "C"))"}));
        for (int agency = 1; agency <= 2; ++agency)
            TRY(tx.execute({"test", "insert into unit (id, uuid, is_agency, created_at) values (?1, ?2, 1, 0)"}, agency,
                           std::to_string(agency)));
        TRY(tx.execute({"test", "insert into register (id, code) values (1, 'first')"}));
        for (int i = 0; i < 40; ++i) TRY(make_first(tx, i + 1));
        for (int i = 0; i < 25; ++i) TRY(make_other(tx, i + 101));
        return {};
    }

    Result<void> make_record(db::Transaction& tx, Row& row, const std::string& state, Instant created) {
        row.agency = 1 + random_.below(2);
        row.values["id"] = Decimal{row.id, 0};
        row.values["agency"] = Decimal{row.agency, 0};
        TRY(tx.execute(
            {"test",
             R"(insert into record (id, uuid, register_id, agency_id, form_version, state, title, created_at, updated_at)
            values (?1, ?2, 1, ?3, 1, ?4, '', ?5, 0))"},
            row.id, std::to_string(row.id), row.agency, state, created));
        return {};
    }

    static db::Value column(const Row& row, std::string_view name) {
        const Value& value = row.values.find(name)->second;
        if (const auto* number = std::get_if<Decimal>(&value)) return number->units;
        if (const auto* text = std::get_if<std::string>(&value)) return *text;
        if (const auto* date = std::get_if<LocalDate>(&value)) return *date;
        if (const auto* boolean = std::get_if<bool>(&value)) return *boolean;
        if (const auto* list = std::get_if<std::vector<std::string>>(&value))
            return boost::json::serialize(boost::json::value_from(*list));
        return {};
    }
    static db::Value helper(const Row& row, std::string_view name, bool key) {
        const auto* text = std::get_if<std::string>(&row.values.find(name)->second);
        if (text == nullptr) return {};
        return key ? db::Value(blob_of(collation_key(*text))) : db::Value(folded_form(*text));
    }

    Result<void> make_first(db::Transaction& tx, std::int64_t id) {
        Row row{id};
        auto& values = row.values;
        const std::string state = random_.one_of<2>({"open", "done"});
        const Instant created =
            instant_of(LocalDate::of(2026, 8, 20), {random_.below(1'440)}) + std::chrono::hours(random_.below(240));
        TRY(make_record(tx, row, state, created));
        values["state"] = state;
        values["created_at"] = created;
        values["flag"] = maybe(random_.below(2) == 0);
        values["whole"] = number(0, 1'000'000'000'000'000);
        values["small"] = number(0, 1'000);
        values["money"] = number(0, 1'000'000'000'000'000);
        values["fine"] = number(2, 1'000'000'000'000'000);
        values["finer"] = number(4, 1'000'000'000'000'000);
        values["sorted"] = word();
        values["plain"] = word();
        values["kind"] = maybe(random_.one_of<3>({"a", "b", "c"}));
        std::vector<std::string> tags;
        for (const char* tag : {"a", "b"})
            if (random_.below(2) == 0) tags.emplace_back(tag);
        values["tags"] = maybe(tags);
        values["begun"] = day();
        values["ended"] = day();
        const auto of = [&](std::string_view name) { return column(row, name); };
        TRY(tx.execute(
            {"test",
             "insert into r_first values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"},
            id, row.agency, of("flag"), of("whole"), of("small"), of("money"), of("fine"), of("finer"), of("sorted"),
            helper(row, "sorted", true), helper(row, "sorted", false), of("plain"), of("kind"), of("tags"), of("begun"),
            of("ended")));
        rows_.push_back(std::move(row));
        return {};
    }

    Result<void> make_other(db::Transaction& tx, std::int64_t id) {
        Row row{id};
        const std::string state = random_.one_of<2>({"open", "done"});
        TRY(make_record(tx, row, state, Instant{}));
        row.values["place"] = state;
        row.values["label"] = word();
        row.values["amount"] = number(0, 1'000'000'000'000'000);
        row.values["share"] = number(2, 1'000);
        row.values["day_of"] = day();
        const auto of = [&](std::string_view name) { return column(row, name); };
        TRY(tx.execute({"test", "insert into r_other values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"}, id, row.agency, of("label"),
                       helper(row, "label", true), of("amount"), of("share"), of("day_of")));
        others_.push_back(std::move(row));
        return {};
    }

    /// exists, count and sum by going through the rows.
    Result<Value> go_through(const Expression& aggregate, const Row& outer) const {
        std::int64_t count = 0;
        Wide sum = 0;
        for (const Row& row : others_) {
            if (row.agency != outer.agency) continue;
            Values values = outer.values;
            for (const auto& [name, value] : context()) values[name] = value;
            for (const auto& [name, value] : row.values)
                if (name != "id" && name != "agency") values[name] = value;
            if (!truth(TRY(evaluate(*aggregate.parts.back(), values)))) continue;
            ++count;
            if (aggregate.operation != Operation::sum) continue;
            const Value part = TRY(evaluate(*aggregate.parts[0], values));
            if (const auto* units = std::get_if<Decimal>(&part)) sum += units->units;
        }
        if (aggregate.operation == Operation::exists) return Value(count > 0);
        if (aggregate.operation == Operation::count) return Value(Decimal{count, 0});
        const auto units = checked(sum);
        return units ? Value(Decimal{*units, aggregate.scale}) : Value();
    }

    Value in_memory(const Expression& expression, const Row& row) const {
        Values values = row.values;
        for (const auto& [name, value] : context()) values[name] = value;
        const auto found =
            evaluate(expression, values, [&](const Expression& aggregate) { return go_through(aggregate, row); });
        EXPECT_TRUE(found) << told(found);
        return found ? *found : Value();
    }

    static db::Value as_column(const Value& value) {
        Row row;
        row.values["value"] = value;
        return column(row, "value");
    }
};

CONGVU_BOTH_ENGINES(Agreement);

TEST_P(Agreement, OfConditions) {
    auto reader = db().read();
    int compared = 0;
    for (int round = 0; round < 700; ++round) {
        const std::string text = random_.boolean(1 + random_.below(4));
        const auto parsed = parse(text, first_environment());
        if (!parsed) {
            ASSERT_TRUE(parsed.error().message == "expression.too_deep" ||
                        parsed.error().message == "expression.too_fine")
                << text << told(parsed);
            continue;
        }
        db::Query query("test");
        query.add("select record.id from record join r_first r on r.record_id = record.id where ");
        const auto compiled = compile(**parsed, context(), query);
        if (!compiled) {
            ASSERT_EQ(compiled.error().message, "expression.memory_only") << text;
            continue;
        }
        query.add(" order by record.id");
        const auto found = (*reader)->rows(query);
        ASSERT_TRUE(found) << text << "\n" << query.text() << "\n" << told(found);
        std::vector<std::int64_t> by_engine, by_memory;
        for (const db::Row& row : *found) by_engine.push_back(row.integer(0));
        for (const Row& row : rows_)
            if (truth(in_memory(**parsed, row))) by_memory.push_back(row.id);
        ASSERT_EQ(by_engine, by_memory) << text << "\n" << query.text();
        ++compared;
    }
    EXPECT_GT(compared, 400);
}

TEST_P(Agreement, OfValues) {
    auto reader = db().read();
    int compared = 0;
    for (int round = 0; round < 700; ++round) {
        const int depth = 1 + random_.below(3);
        const std::string text = random_.below(3) == 0 ? random_.text(depth) : random_.number(depth);
        const auto parsed = parse(text, first_environment());
        if (!parsed) continue;
        db::Query query("test");
        query.add("select record.id, ");
        if (!compile(**parsed, context(), query)) continue;
        query.add(" from record join r_first r on r.record_id = record.id order by record.id");
        const auto found = (*reader)->rows(query);
        ASSERT_TRUE(found) << text << "\n" << query.text() << "\n" << told(found);
        ASSERT_EQ(found->size(), rows_.size());
        for (std::size_t i = 0; i < rows_.size(); ++i)
            ASSERT_EQ((*found)[i][1], as_column(in_memory(**parsed, rows_[i])))
                << text << "\n"
                << query.text() << "\nrow " << rows_[i].id;
        ++compared;
    }
    EXPECT_GT(compared, 400);
}

TEST_P(Agreement, OfLookingUp) {
    auto reader = db().read();
    for (int round = 0; round < 150; ++round) {
        const std::string text = random_.below(2) == 0 ? random_.boolean(2) : random_.number(2);
        const auto parsed = parse(text, first_environment());
        if (!parsed || !asks_other_records(**parsed)) continue;
        const Row& row = rows_[static_cast<std::size_t>(random_.below(static_cast<int>(rows_.size())))];
        Values values = row.values;
        for (const auto& [name, value] : context()) values[name] = value;
        const auto found = evaluate(**parsed, values, **reader);
        ASSERT_TRUE(found) << text << told(found);
        ASSERT_EQ(as_column(*found), as_column(in_memory(**parsed, row))) << text;
    }
}

TEST_P(Agreement, OnWhatIsTooDeep) {
    auto reader = db().read();
    int read = 0, refused = 0;
    for (int round = 0; round < 1'000; ++round) {
        const std::string text = random_.boolean(4 + random_.below(6));
        const auto parsed = parse(text, first_environment());
        db::Query query("test");
        query.add("select count(*) from record join r_first r on r.record_id = record.id where (((((((((((((((((((");
        if (!parsed || !compile(**parsed, context(), query)) {
            ++refused;
            continue;
        }
        query.add(")))))))))))))))))))");
        const auto found = (*reader)->rows(query);
        ASSERT_TRUE(found) << text << "\n" << told(found);
        ++read;
    }
    EXPECT_GT(read, 100);
    EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace expression
