#include "core/files/files.h"
#include "modules/content/content.h"
#include "paper/helpers.h"
#include "tests/scenarios/whole_office.h"

// What reading leaves behind: of a labelled record an entry in the journal, of any other none.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using congvu::test::told;
using testing::HasSubstr;
using testing::Not;

class ReadingRecords : public congvu::test::WholeOfficeTest {
  protected:
    void add_routes(service::Routes& routes) override {
        WholeOfficeTest::add_routes(routes);
        tools_ = std::make_unique<content::Tools>(db(), *vault_, helpers_, engine());
        content::routes(routes, *tools_);
    }
    void SetUp() override {
        WholeOfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("keeper", unit("office"), "Nhân viên bảo mật", {"security_keeper", "clerk"}, "Ninh Thị Kín");
    }
    std::int64_t receive(std::string_view label) {
        const object values{{"sender", "Bộ Quốc phòng Mẫu"},
                            {"subject", "Phương án bảo vệ"},
                            {"secrecy", label},
                            {"book", label == "ordinary" ? "ordinary" : "secret"}};
        const Answer made = as("keeper").post("/api/registers/incoming/records", {{"values", values}});
        EXPECT_THAT(made, Status(201));
        return made.number("/id");
    }
    static std::string at(std::int64_t record, std::string_view rest = "") {
        return "/api/records/" + std::to_string(record) + std::string(rest);
    }
    /// Record and details of the last entry of that action.
    std::pair<std::int64_t, object> last(std::string_view action) {
        constexpr db::Sql newest{"test.newest", R"(
            select coalesce(record_id, 0), coalesce(details, '{}') from journal_entry where action = ?1
            order by id desc limit 1)"};
        const auto reader = db().read();
        const auto row = (*reader)->row(newest, action).value();
        if (!row) return {};
        return {row->integer(0), boost::json::parse(row->text(1)).as_object()};
    }

  private:
    paper::Helpers helpers_;
    std::unique_ptr<content::Tools> tools_;
};
CONGVU_BOTH_ENGINES(ReadingRecords);

TEST_P(ReadingRecords, ALabelledRecordOpenedIsJournalled) {
    const std::int64_t ordinary = receive("ordinary"), labelled = receive("confidential");
    EXPECT_EQ(journalled("record.opened"), 0) << "making one is not opening it";
    ASSERT_THAT(as("keeper").get(at(ordinary)), Status(200));
    ASSERT_THAT(as("keeper").get(at(ordinary, "/history")), Status(200));
    ASSERT_EQ(as("keeper").get("/api/registers/incoming/records").size("/items"), 2u);
    ASSERT_THAT(as("clerk").get(at(labelled)), Status(404));
    ASSERT_THAT(as("clerk").get(at(labelled, "/history")), Status(404));
    EXPECT_EQ(journalled("record.opened"), 0);
    EXPECT_EQ(journalled("record.history_read"), 0);

    ASSERT_THAT(as("keeper").get(at(labelled)), Status(200));
    EXPECT_EQ(journalled("record.opened"), 1);
    EXPECT_EQ(last("record.opened").first, labelled);
    ASSERT_THAT(as("keeper").get(at(labelled)), Status(200));
    EXPECT_EQ(journalled("record.opened"), 2) << "each time";
    const Answer history = as("keeper").get(at(labelled, "/history"));
    EXPECT_EQ(journalled("record.history_read"), 1);
    EXPECT_EQ(last("record.history_read").first, labelled);
    EXPECT_THAT(history.text, HasSubstr("Mở hồ sơ"));
}

TEST_P(ReadingRecords, AnExportNamesTheLabelledRecordsInIt) {
    receive("ordinary");
    for (const char* format : {"csv", "xlsx", "pdf"}) {
        const std::string target = std::string("/api/registers/incoming/export?format=") + format;
        ASSERT_THAT(as("keeper").get(target), Status(200)) << format;
        EXPECT_EQ(last("register.exported").second, (object{{"format", format}, {"rows", 1}})) << format;
    }
    const std::int64_t first = receive("confidential"), second = receive("secret");
    for (const char* format : {"csv", "xlsx", "pdf"}) {
        const std::string target = std::string("/api/registers/incoming/export?format=") + format;
        ASSERT_THAT(as("keeper").get(target), Status(200)) << format;
        object details = last("register.exported").second;
        EXPECT_EQ(details["rows"], 3) << format;
        EXPECT_EQ(details["labelled"], 2) << format;
        auto records = details["records"].as_array();
        std::ranges::sort(records, {}, [](const boost::json::value& each) { return each.as_int64(); });
        EXPECT_EQ(records, (boost::json::array{first, second})) << format;
        ASSERT_THAT(as("clerk").get(target), Status(200));
        EXPECT_FALSE(last("register.exported").second.contains("labelled")) << "they were not in it";
    }
}

TEST_P(ReadingRecords, APageThatIsNotThereIsNamed) {
    const auto kept = vault_->keep_bytes("%PDF-1.7 thư");
    const auto file = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) -> Result<FileId> {
        const FileId id = TRY(files::add(scope, tx, *kept, "thu.pdf", "application/pdf"));
        TRY(files::set_state(tx, id, files::State::readable, 3));
        return id;
    });
    ASSERT_TRUE(file) << told(file);
    const std::string pages = "/api/files/" + std::to_string(file->value) + "/pages/";
    for (const char* page : {"0", "4", "-1", "100001"}) {
        const Answer refused = as("clerk").get(pages + page);
        EXPECT_THAT(refused, Refused(404, "paper.no_such_page")) << page;
        EXPECT_EQ(refused.string("/error/message"), std::string("Tệp không có trang ") + page + "; tệp có 3 trang.");
    }
    for (const char* page : {"x", "1x", "99999999999"})
        EXPECT_THAT(as("clerk").get(pages + page), Refused(404, "http.no_route")) << page;
}

}  // namespace
