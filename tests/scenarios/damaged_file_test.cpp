#include <fstream>

#include "modules/content/content.h"
#include "tests/scenarios/whole_office.h"

// What the server keeps was damaged on its disk: who asks for it is told so and what to do, and the log names the file.
namespace {

using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using congvu::test::told;
using testing::HasSubstr;

class DamagedFile : public congvu::test::WholeOfficeTest {
  protected:
    void add_routes(service::Routes& routes) override {
        WholeOfficeTest::add_routes(routes);
        tools_ = std::make_unique<content::Tools>(content::Tools{db(), *vault_, helpers_, engine()});
        content::routes(routes, *tools_);
    }
    void TearDown() override {
        tools_.reset();
        WholeOfficeTest::TearDown();
    }
    void SetUp() override {
        WholeOfficeTest::SetUp();
        if (IsSkipped()) return;
        const auto kept = vault_->keep_bytes("nội dung công văn");
        const auto made = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
            return files::add(scope, tx, *kept, "cong-van.txt", "text/plain");
        });
        ASSERT_TRUE(made) << told(made);
        content_ = "/api/files/" + std::to_string(made->value) + "/content";
        for (const auto& entry : std::filesystem::recursive_directory_iterator(temporary_folder() / "data" / "blobs"))
            if (entry.is_regular_file()) path_ = entry.path();
        ASSERT_FALSE(path_.empty());
    }
    /// What is answered, and what the log says meanwhile.
    std::pair<Answer, std::string> ask() {
        testing::internal::CaptureStderr();
        Answer answer = as("clerk").get(content_);
        return {std::move(answer), testing::internal::GetCapturedStderr()};
    }
    void expect_told(std::string_view code) {
        const auto [answer, log] = ask();
        EXPECT_THAT(answer, Refused(500, code));
        EXPECT_THAT(answer.string("/error/message"), HasSubstr("bản sao lưu"));
        EXPECT_THAT(answer.text, testing::Not(HasSubstr(path_.filename().string()))) << "the path is for the log alone";
        EXPECT_THAT(log, HasSubstr(code));
        EXPECT_THAT(log, HasSubstr(path_.filename().string()));
    }
    std::string content_;
    std::filesystem::path path_;

  private:
    paper::Helpers helpers_{{.apart = paper::Apart::here}};
    std::unique_ptr<content::Tools> tools_;
};
CONGVU_BOTH_ENGINES(DamagedFile);

TEST_P(DamagedFile, IsTheServersFaultAndTheLogNamesIt) {
    as("clerk");
    const auto [whole, silent] = ask();
    EXPECT_THAT(whole, Status(200));
    EXPECT_EQ(whole.text, "nội dung công văn");
    EXPECT_EQ(silent, "");

    std::string bytes;
    {
        std::ifstream in(path_, std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    expect_told("files.damaged");
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes.substr(1);
    expect_told("files.damaged");
    std::filesystem::remove(path_);
    expect_told("files.missing");
}

}  // namespace
