#include "base/json.h"

#include <gmock/gmock.h>
#include <limits>

#include <gtest/gtest.h>

#include "base/messages.h"

namespace office {

enum class Role { lead, support, Inform, final_ };
BOOST_DESCRIBE_ENUM(Role, lead, support, Inform, final_)

struct Post {
    PostId id;
    std::string name;
    std::optional<LocalDate> due;
    std::vector<Post> under;
};
BOOST_DESCRIBE_STRUCT(Post, (), (id, name, due, under))

struct Numbered {
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Numbered, (), (number))

struct Question : Numbered {
    bool urgent = false;
    std::int32_t copies = 0;
    double share = 0;
    Role role = Role::lead;
    std::vector<Post> posts;
    LocalTime at;
    Instant asked;
    Decimal fee;
    boost::json::value extra;
    std::map<std::string, std::vector<std::int64_t>> counts;
    bool default_ = false;
};
BOOST_DESCRIBE_STRUCT(Question, (Numbered),
                      (urgent, copies, share, role, posts, at, asked, fee, extra, counts, default_))

}  // namespace office

namespace {

using boost::json::object;
using boost::json::value;
using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

const std::string good_question =
    R"({"number":7,"urgent":true,"copies":-2,"share":0.5,"role":"support","posts":[)"
    R"({"id":3,"name":"Văn thư","due":"2026-08-25","under":[{"id":4,"name":"Lưu trữ","under":[]}]}],)"
    R"("at":"09:30","asked":"2026-08-25T02:30:00.000Z","fee":"1234.50","extra":{"any":[1,null]},)"
    R"("counts":{"a":[1,2]},"default":false})";

value parsed(std::string_view text) {
    return parse_json(text).value();
}

/// "message field" of every wrong field.
template <class T>
std::vector<std::string> wrong(std::string_view text) {
    const auto result = decode<T>(parsed(text));
    if (result) return {};
    std::vector<std::string> all = {result.error().message + " " + result.error().field};
    for (const Error& error : result.error().also) {
        all.push_back(error.message + " " + error.field);
        EXPECT_EQ(error.code, ErrorCode::invalid);
        EXPECT_TRUE(error.also.empty());
    }
    return all;
}

TEST(Decode, ReadsEveryKindOfMember) {
    const auto question = decode<office::Question>(parsed(good_question));
    ASSERT_TRUE(question) << question.error().message << question.error().field;
    EXPECT_EQ(question->number, 7);
    EXPECT_TRUE(question->urgent);
    EXPECT_EQ(question->copies, -2);
    EXPECT_EQ(question->share, 0.5);
    EXPECT_EQ(question->role, office::Role::support);
    ASSERT_EQ(question->posts.size(), 1u);
    EXPECT_EQ(question->posts[0].id, PostId{3});
    EXPECT_EQ(question->posts[0].due, LocalDate::of(2026, 8, 25));
    ASSERT_EQ(question->posts[0].under.size(), 1u);
    EXPECT_EQ(question->posts[0].under[0].name, "Lưu trữ");
    EXPECT_EQ(question->posts[0].under[0].due, std::nullopt);
    EXPECT_EQ(question->at, LocalTime{570});
    EXPECT_EQ(question->asked, *parse_instant("2026-08-25T09:30:00+07:00"));
    EXPECT_EQ(question->fee, (Decimal{123450, 2}));
    EXPECT_EQ(question->extra.at("any").as_array().size(), 2u);
    EXPECT_THAT(question->counts, ElementsAre(Pair("a", ElementsAre(1, 2))));
    EXPECT_FALSE(question->default_);
}

TEST(Encode, WritesBackWhatWasRead) {
    const value json = parsed(good_question);
    EXPECT_EQ(encode(*decode<office::Question>(json)), json);
}

TEST(Encode, LeavesEmptyOptionalsOut) {
    const value json = encode(office::Post{.id = {1}, .name = "A", .due = {}, .under = {}});
    EXPECT_EQ(boost::json::serialize(json), R"({"id":1,"name":"A","under":[]})");
    EXPECT_EQ(encode(std::optional<int>{}), value(nullptr));
}

TEST(Encode, InfinityIsNull) {
    EXPECT_TRUE(encode(std::numeric_limits<double>::infinity()).is_null());
}

TEST(Decode, TellsEveryWrongFieldAtOnce) {
    EXPECT_THAT(
        wrong<office::Question>(
            R"({"number":9223372036854775808,"urgent":1,"copies":2147483648,"share":"1","role":"leader",
            "posts":[{"id":-1,"name":"A\u0000","due":"2026-02-30","under":{}},5,{"id":1,"name":"B","under":[],"kind":1}],
            "at":"9:30","asked":"2026-08-25","fee":"1,2,3","counts":{"a":[1,"2"]},"default":null,"late":true})"),
        ElementsAre("base.number_too_large number", "base.wrong_type_boolean urgent", "base.number_too_large copies",
                    "base.wrong_type_number share", "base.bad_choice role", "base.number_too_small posts[0].id",
                    "base.bad_text posts[0].name", "base.bad_date posts[0].due", "base.wrong_type_array posts[0].under",
                    "base.wrong_type_object posts[1]", "base.unknown_field posts[2].kind", "base.bad_time at",
                    "base.bad_instant asked", "base.bad_number fee", "base.missing_field extra",
                    "base.wrong_type_integer counts.a[1]", "base.wrong_type_boolean default",
                    "base.unknown_field late"));
}

TEST(Decode, CallsFieldsAndChoicesAsAPersonDoes) {
    const auto said = [](Language language, std::string_view json) {
        return messages::text(language, decode<office::Question>(parsed(json)).error());
    };
    EXPECT_THAT(said(Language::vi, "[]"), ::testing::StartsWith("Nội dung gửi lên không đúng kiểu"));
    EXPECT_THAT(said(Language::en, "[]"), ::testing::StartsWith("What was sent has the wrong type"));
    const std::string_view leader = R"({"role":"leader"})";
    const Error wrong = decode<office::Question>(parsed(leader)).error();
    const auto role = std::ranges::find(wrong.also, "role", &Error::field);
    ASSERT_NE(role, wrong.also.end());
    EXPECT_THAT(messages::text(Language::vi, *role), ::testing::HasSubstr("Vai trò không nhận giá trị này"));
    EXPECT_THAT(messages::text(Language::vi, *role), ::testing::HasSubstr("chủ trì"));
}

TEST(Decode, OnlyOptionalsMayBeMissing) {
    EXPECT_THAT(wrong<office::Post>("{}"),
                ElementsAre("base.missing_field id", "base.missing_field name", "base.missing_field under"));
    EXPECT_THAT(wrong<office::Post>(R"({"id":1,"name":"A","due":null,"under":[]})"), ElementsAre());
    EXPECT_THAT(wrong<office::Post>(R"({"id":null,"name":"A","under":[]})"), ElementsAre("base.wrong_type_integer id"));
}

TEST(Decode, NamesTheWholeWhenItIsWrong) {
    EXPECT_THAT(wrong<office::Post>("[]"), ElementsAre("base.wrong_type_object "));
    EXPECT_THAT(wrong<std::vector<int>>(R"([1,"a",2.5,3])"),
                ElementsAre("base.wrong_type_integer [1]", "base.wrong_type_integer [2]"));
    const auto result = decode<office::Post>(parsed("[]"));
    EXPECT_EQ(messages::text(Language::en, result.error()),
              "What was sent has the wrong type; send a group of fields (a JSON object).");
}

TEST(Decode, TextsNameFieldAndChoices) {
    const auto role = decode<std::vector<office::Role>>(parsed(R"(["final","boss"])"));
    ASSERT_FALSE(role);
    EXPECT_EQ(messages::text(Language::en, role.error()),
              "[1] does not take this value; choose one of: lead, support, for information, final.");
}

TEST(Decode, AHostileArrayGivesNoEndlessAnswer) {
    std::string text = "[";
    for (int i = 0; i < 5'000; ++i) text += "\"x\",";
    const auto result = decode<std::vector<int>>(parsed(text + "1]"));
    ASSERT_FALSE(result);
    EXPECT_LT(result.error().also.size(), 100u);
}

TEST(Decode, CleansText) {
    EXPECT_EQ(decode<std::string>(parsed(R"(" ho\u0061\u0300 ")")), "hoà");
    EXPECT_FALSE(decode<std::string>(parsed(R"("a\u001b")")));
}

TEST(Decode, DecimalsAreExact) {
    struct Case {
        const char* json;
        const char* number;  ///< "" when refused
    };
    for (const auto& [json, number] :
         {Case{"12", "12"}, Case{"0.1", "0.1"}, Case{"-97.125", "-97.125"}, Case{"1e3", "1000"},
          Case{"1.5e-3", "0.0015"}, Case{"\"1.234,50\"", "1234.50"}, Case{"0.30000000000000004", ""}, Case{"1e300", ""},
          Case{"true", ""}, Case{"\"\"", ""}}) {
        const auto result = decode<Decimal>(parsed(json));
        EXPECT_EQ(result ? to_string(*result) : "", number) << json;
    }
}

TEST(Decode, IntegersKeepTheirBounds) {
    EXPECT_EQ(decode<std::int64_t>(parsed("-9223372036854775808")), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(decode<std::int64_t>(parsed("9223372036854775807")), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(decode<int>(parsed("-2147483648")), std::numeric_limits<int>::min());
    EXPECT_FALSE(decode<int>(parsed("-2147483649")));
    EXPECT_FALSE(decode<std::uint32_t>(parsed("-1")));
    EXPECT_FALSE(decode<std::int64_t>(parsed("1.0")));
    EXPECT_FALSE(decode<bool>(parsed("0")));
    EXPECT_EQ(decode<double>(parsed("3")), 3.0);
}

TEST(Decode, PassesJsonThrough) {
    EXPECT_EQ(decode<value>(parsed("[1,{}]")), parsed("[1,{}]"));
    EXPECT_EQ(decode<object>(parsed(R"({"a":1})")), parsed(R"({"a":1})").as_object());
    EXPECT_FALSE(decode<object>(parsed("[]")));
    EXPECT_FALSE(decode<boost::json::array>(parsed("{}")));
}

TEST(ParseJson, SaysWhereItGoesWrong) {
    struct Case {
        std::string text;
        std::string position;
    };
    for (const auto& [text, position] :
         {Case{"", "0"}, Case{"[1,]", "3"}, Case{"{\"a\":1", "6"}, Case{"1 2", "2"}, Case{"\"\xFF\"", "1"},
          Case{"{\"a\" 1}", "5"}, Case{"[1] x", "4"}, Case{"nul", "3"}, Case{"// no comments\n1", "0"},
          Case{"'a'", "0"}, Case{"NaN", "0"}}) {
        const auto result = parse_json(text);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error().code, ErrorCode::corrupt);
        EXPECT_EQ(result.error().message, "base.bad_json");
        EXPECT_THAT(result.error().arguments, ElementsAre(MessageArgument{"position", position})) << text;
    }
    EXPECT_TRUE(parse_json(" {\"a\": [1, 2.5, \"Việt\", null]} \n"));
}

TEST(ParseJson, GoesNoDeeperThanAllowed) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse_json(nested(32)));
    EXPECT_FALSE(parse_json(nested(33)));
    EXPECT_FALSE(parse_json(nested(100'000)));
    EXPECT_FALSE(parse_json(nested(3), 2));
}

TEST(Schema, DescribesAStruct) {
    EXPECT_EQ(value(schema<office::Question>()), parsed(R"({
        "type": "object",
        "properties": {
            "number": {"type": "integer", "format": "int64"},
            "urgent": {"type": "boolean"},
            "copies": {"type": "integer", "format": "int32"},
            "share": {"type": "number"},
            "role": {"type": "string", "enum": ["lead", "support", "inform", "final"]},
            "posts": {"type": "array", "items": {"$ref": "#/components/schemas/OfficePost"}},
            "at": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
            "asked": {"type": "string", "format": "date-time"},
            "fee": {"type": "string", "format": "decimal", "pattern": "^-?[0-9]+(\\.[0-9]{1,9})?$"},
            "extra": {},
            "counts": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "integer", "format": "int64"}}},
            "default": {"type": "boolean"}},
        "required": ["number", "urgent", "copies", "share", "role", "posts", "at", "asked", "fee", "extra", "counts", "default"],
        "additionalProperties": false})"));
}

TEST(Schema, OptionalsAreNotRequired) {
    EXPECT_EQ(value(schema<office::Post>()), parsed(R"({
        "type": "object",
        "properties": {
            "id": {"type": "integer", "format": "int64", "minimum": 0},
            "name": {"type": "string"},
            "due": {"type": "string", "format": "date"},
            "under": {"type": "array", "items": {"$ref": "#/components/schemas/OfficePost"}}},
        "required": ["id", "name", "under"],
        "additionalProperties": false})"));
}

TEST(Schema, CollectsTheStructsInside) {
    std::map<std::string, object> schemas;
    collect_schemas<std::optional<std::vector<office::Question>>>(schemas);
    EXPECT_THAT(schemas, UnorderedElementsAre(Pair("OfficePost", schema<office::Post>()),
                                              Pair("OfficeQuestion", schema<office::Question>())));
    EXPECT_EQ(value(schema_reference<office::Post>()), parsed(R"({"$ref":"#/components/schemas/OfficePost"})"));
    EXPECT_EQ(value(schema<std::vector<office::Post>>()),
              parsed(R"({"type":"array","items":{"$ref":"#/components/schemas/OfficePost"}})"));
    std::map<std::string, object> none;
    collect_schemas<std::vector<std::string>>(none);
    EXPECT_TRUE(none.empty());
}

TEST(Schema, NamesAreIdentifiers) {
    EXPECT_EQ(schema_name_of("Record"), "Record");
    EXPECT_EQ(schema_name_of("opinions::Question"), "OpinionsQuestion");
    EXPECT_EQ(schema_name_of("Page<opinions::work_item>"), "PageOpinionsWorkItem");
    EXPECT_EQ(schema_name_of("(anonymous namespace)::Post"), "Post");
}

TEST(Described, EnumsHaveNames) {
    EXPECT_EQ(enum_name(office::Role::Inform), "inform");
    EXPECT_EQ(enum_name(office::Role::final_), "final");
    EXPECT_EQ(enum_name(static_cast<office::Role>(99)), "");
    EXPECT_EQ(enum_value<office::Role>("support"), office::Role::support);
    EXPECT_EQ(enum_value<office::Role>("Support"), std::nullopt);
}

TEST(Described, MembersComeInOrder) {
    std::vector<std::string> names;
    for_each_member<office::Post>([&](std::string_view name, auto) { names.emplace_back(name); });
    EXPECT_THAT(names, ElementsAre("id", "name", "due", "under"));
}

}  // namespace
