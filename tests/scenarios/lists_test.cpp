#include "core/scope/system_scope.h"
#include "tests/scenarios/whole_office.h"

// Lists: in the order a register declares, page after page, with all that fits what was asked.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Status;
using congvu::test::told;
using testing::HasSubstr;

class Lists : public congvu::test::WholeOfficeTest {
  protected:
    /// A document entered in the book on a day, with a number as it was given elsewhere.
    void add(std::string_view day, std::string_view number, std::string_view subject) {
        const auto made = db().write_now([&](db::Transaction& tx) {
            Scope scope = scope_of("clerk");
            scope.now = tx.now();
            return records::create(scope, tx, engine(), "incoming",
                                   {.values = {{"sender", "Bộ Mẫu"},
                                               {"arrived_on", day},
                                               {"arrival_number", number},
                                               {"book", "ordinary"},
                                               {"subject", subject}},
                                    .unit = {},
                                    .import = true,
                                    .state = "registered"});
        });
        ASSERT_TRUE(made) << told(made);
    }
    std::vector<std::string> all(const std::string& query, std::string_view what = "/values/arrival_number") {
        std::vector<std::string> found;
        for (std::string after;;) {
            const Answer page = as("clerk").get("/api/registers/incoming/records?limit=3" + query +
                                                (after.empty() ? "" : "&after=" + url_escaped(after)));
            EXPECT_THAT(page, Status(200)) << page.text;
            for (std::size_t i = 0; i < page.size("/items"); ++i)
                found.push_back(page.string("/items/" + std::to_string(i) + std::string(what)));
            after = page.string("/next");
            if (after.empty() || found.size() > 100) return found;
        }
    }
    static std::string url_escaped(const std::string& text) {
        std::string escaped;
        for (const char c : text) escaped += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        return escaped;
    }
};
CONGVU_BOTH_ENGINES(Lists);

TEST_P(Lists, KeepTheRegistersOrderKeyByKey) {
    for (const auto& [day, number] :
         {std::pair("2026-03-02", "09"), std::pair("2026-03-02", "100"), std::pair("2026-03-02", "99"),
          std::pair("2026-03-01", "08"), std::pair("2026-03-03", "101"), std::pair("2026-03-02", "1000")})
        add(day, number, "Báo cáo");
    using Numbers = std::vector<std::string>;
    EXPECT_EQ(all(""), (Numbers{"101", "1000", "100", "99", "09", "08"}));
    EXPECT_EQ(all("&order=arrived_on"), (Numbers{"08", "1000", "100", "99", "09", "101"}))
        << "among equals the register's own";
    EXPECT_EQ(all("&order=-arrival_number"), (Numbers{"1000", "101", "100", "99", "09", "08"}));
    EXPECT_EQ(all("&order=arrival_number"), (Numbers{"08", "09", "99", "100", "101", "1000"}));
    EXPECT_EQ(all("&order=created_at").front(), "09");
    ASSERT_THAT(
        as("clerk").post("/api/registers/incoming/records",
                         {{"values", {{"sender", "Bộ Mẫu"}, {"arrived_on", "2026-03-02"}, {"subject", "Chờ số"}}}}),
        Status(201));
    EXPECT_EQ(all(""), (Numbers{"101", "", "1000", "100", "99", "09", "08"})) << "what waits for its number is newest";
    for (const std::string_view bad :
         {"x", "[]", "[1]", "{\"id\":1}", "[\"a\",\"b\",\"c\",\"d\"]", "[1,2,3,{\"b\":\"zz\"}]"})
        EXPECT_THAT(as("clerk").get("/api/registers/incoming/records?after=" + url_escaped(std::string(bad))),
                    Status(422))
            << bad;
}

TEST_P(Lists, HaveAllThatTheWordsAndTheFilterFit) {
    constexpr int many = 2'100;
    add("2025-01-15", "01", "Báo cáo đầu năm");
    const auto made = db().write_now([&](db::Transaction& tx) -> Result<void> {
        Scope scope = scope_of("clerk");
        scope.now = tx.now();
        for (int i = 0; i < many; ++i)
            TRY(records::create(scope, tx, engine(), "incoming",
                                {.values = {{"sender", "Bộ Mẫu"},
                                            {"arrived_on", "2026-03-02"},
                                            {"book", "ordinary"},
                                            {"subject", "Báo cáo tháng"}},
                                 .unit = {},
                                 .import = true,
                                 .state = "registered"}));
        return {};
    });
    ASSERT_TRUE(made) << told(made);
    const std::string words = "&q=" + url_escaped("báo cáo"),
                      older = "&filter=" + url_escaped(R"(arrived_on < date("2025-02-01"))");
    EXPECT_EQ(all(words + older), std::vector<std::string>{"01"}) << "the newest 2,000 don't stand for all";
    EXPECT_EQ(as("clerk").get("/api/registers/incoming/records?limit=3" + words + older).number("/count/number"), 1);
    const Answer csv = as("clerk").get("/api/registers/incoming/export?format=csv" + words);
    EXPECT_EQ(std::ranges::count(csv.text, '\n'), many + 2) << "a heading and all";
}

}  // namespace
