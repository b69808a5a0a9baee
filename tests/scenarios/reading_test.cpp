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
