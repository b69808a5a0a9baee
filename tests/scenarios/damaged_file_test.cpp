#include <fstream>
#include <set>

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
    std::set<std::filesystem::path> blobs() const {
        std::set<std::filesystem::path> all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(temporary_folder() / "data" / "blobs"))
            if (entry.is_regular_file()) all.insert(entry.path());
        return all;
    }
    /// The one content that came since.
    std::filesystem::path added_to(const std::set<std::filesystem::path>& before) const {
        std::filesystem::path added;
        for (const auto& each : blobs()) {
            if (before.contains(each)) continue;
            EXPECT_TRUE(added.empty()) << each << " came too";
            added = each;
        }
        EXPECT_FALSE(added.empty());
        return added;
    }
    /// tests/samples of the repository this program was built in.
    static std::filesystem::path samples() {
        std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe");
        while (folder.has_relative_path() && !std::filesystem::exists(folder / "tests" / "samples"))
            folder = folder.parent_path();
        return folder / "tests" / "samples";
    }
    FileId add_sample(const std::filesystem::path& sample) {
        const auto kept = vault_->keep(sample);
        EXPECT_TRUE(kept) << told(kept);
        const auto made = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
            return files::add(scope, tx, *kept, sample.filename().string(), "application/pdf");
        });
        EXPECT_TRUE(made) << told(made);
        return made.value_or(FileId{});
    }
    Result<void> read_text(FileId file) { return content::read_file(*tools_, file); }
    /// What was derived comes again whole, is kept again, and is damaged no more.
    void expect_made_anew(const std::string& path, std::filesystem::path derived) {
        const Answer whole = as("clerk").get(path);
        ASSERT_THAT(whole, Status(200));
        for (const bool is_gone : {false, true}) {
            const auto before = blobs();
            if (is_gone)
                std::filesystem::remove(derived);
            else
                std::ofstream(derived, std::ios::binary | std::ios::trunc) << "hỏng";
            testing::internal::CaptureStderr();
            const Answer again = as("clerk").get(path);
            EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("content.made_anew"));
            ASSERT_THAT(again, Status(200));
            EXPECT_EQ(again.text, whole.text);
            derived = added_to(before);
            testing::internal::CaptureStderr();
            EXPECT_EQ(as("clerk").get(path).text, whole.text);
            EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
        }
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

TEST_P(DamagedFile, ADerivedOneIsMadeAnewFromTheOriginal) {
    as("clerk");
    const FileId letter = add_sample(samples() / "good" / "letter.pdf");
    const std::string path = "/api/files/" + std::to_string(letter.value);
    auto before = blobs();
    ASSERT_THAT(as("clerk").get(path + "/pages/1?width=240"), Status(200));
    ASSERT_NO_FATAL_FAILURE(expect_made_anew(path + "/pages/1?width=240", added_to(before)));
    before = blobs();
    const auto read = read_text(letter);
    ASSERT_TRUE(read) << told(read);
    EXPECT_THAT(as("clerk").get(path + "/text").text, HasSubstr("Trang hai"));
    ASSERT_NO_FATAL_FAILURE(expect_made_anew(path + "/text", added_to(before)));
}

}  // namespace
