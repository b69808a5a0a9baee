#include "core/journal/history.h"
#include "modules/content/content.h"
#include "modules/upkeep/upkeep.h"
#include "tests/scenarios/whole_office.h"

// The jobs that failed, as an administrator sees them and has them tried again.
namespace {

using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using congvu::test::told;
using testing::HasSubstr;

class FailedJobs : public congvu::test::WholeOfficeTest {
  protected:
    void add_routes(service::Routes& routes) override {
        WholeOfficeTest::add_routes(routes);
        upkeep::routes(routes, engine(), "");
    }
    /// A file of somebody's, to be read.
    FileId uploaded_by(std::string_view who, std::string_view name) {
        const auto kept = vault_->keep_bytes(std::string("nội dung ") + std::string(name));
        EXPECT_TRUE(kept) << told(kept);
        const auto made = write(scope_of(who), [&](const Scope& scope, db::Transaction& tx) -> Result<FileId> {
            const FileId id = TRY(files::add(scope, tx, *kept, name, "text/plain"));
            TRY(jobs::enqueue(scope, tx, {.kind = content::read_job, .payload = {{"file", id.value}}}));
            return id;
        });
        EXPECT_TRUE(made) << told(made);
        return made.value_or(FileId{});
    }
    /// Does what is due; each one ends like this.
    void run(Result<void> outcome) {
        jobs::Runner runner(db(), clock(), {{std::string(content::read_job), [&](jobs::Running&) { return outcome; }}});
        testing::internal::CaptureStderr();
        for (Result<bool> did = true; did && *did;) {
            did = runner.run_one();
            EXPECT_TRUE(did) << told(did);
        }
        testing::internal::GetCapturedStderr();
    }
    Answer jobs_of(const std::string& who) { return as(who).get("/api/jobs"); }
    std::int64_t in_menu() {
        const Answer menu = as("admin").get("/api/menu");
        for (const auto& group : menu.json.as_array())
            for (const auto& item : group.at("items").as_array())
                if (item.at("code") == "jobs") return item.at("count").at("number").as_int64();
        return -1;
    }
    std::size_t journalled(std::string_view action) {
        const auto reader = db().read();
        const auto entries = journal::entries(**reader, {.action = std::string(action)}, {.before = {}, .limit = 10});
        EXPECT_TRUE(entries) << told(entries);
        return entries ? entries->size() : 0;
    }
    static std::string retry(const Answer& jobs, std::string_view pointer) {
        return "/api/jobs/" + std::to_string(jobs.number(pointer)) + "/retry";
    }
};
CONGVU_BOTH_ENGINES(FailedJobs);

TEST_P(FailedJobs, AreForAdministratorsAlone) {
    uploaded_by("clerk", "cong-van.txt");
    run(fail(ErrorCode::corrupt, "files.missing"));
    const std::string one = retry(jobs_of("admin"), "/failed/0/id");
    for (const char* who : {"clerk", "chief", "leader", "auditor"}) {
        EXPECT_THAT(jobs_of(who), Status(403)) << who;
        EXPECT_THAT(as(who).put(one), Status(403)) << who;
        EXPECT_THAT(as(who).put("/api/jobs/retry"), Status(403)) << who;
    }
    EXPECT_EQ(jobs_of("admin").size("/failed"), 1u);
}

TEST_P(FailedJobs, NameTheirFileOnlyToWhoMaySeeIt) {
    const FileId hidden = uploaded_by("clerk", "to-trinh-mat.txt"), own = uploaded_by("admin", "mau-bieu.txt");
    const Answer waiting = jobs_of("admin");
    EXPECT_EQ(waiting.size("/failed"), 0u);
    EXPECT_EQ(waiting.size("/waiting"), 2u);
    EXPECT_EQ(waiting.number("/waiting_count/number"), 2);
    EXPECT_EQ(in_menu(), 0);
    run(fail(ErrorCode::corrupt, "files.missing"));
    const Answer failed = jobs_of("admin");
    ASSERT_EQ(failed.size("/failed"), 2u);
    EXPECT_EQ(failed.size("/waiting"), 0u);
    EXPECT_EQ(failed.number("/failed_count/number"), 2);
    EXPECT_EQ(in_menu(), 2);
    EXPECT_EQ(failed.string("/failed/0/file/name"), "mau-bieu.txt");
    EXPECT_EQ(failed.number("/failed/0/file/id"), own.value);
    EXPECT_EQ(failed.number("/failed/1/file/id"), hidden.value);
    EXPECT_EQ(failed.at("/failed/1/file/name"), nullptr);
    EXPECT_THAT(failed.text, testing::Not(HasSubstr("to-trinh-mat")));
    EXPECT_EQ(failed.string("/failed/0/state"), "given_up");
    EXPECT_EQ(failed.string("/failed/0/label"), "Đọc chữ và số trang của tệp");
    EXPECT_THAT(failed.string("/failed/0/error"), HasSubstr("bản sao lưu"));
    EXPECT_THAT(as("admin").in_english().get("/api/jobs").string("/failed/0/error"), HasSubstr("backup"));
}

TEST_P(FailedJobs, LeadToTheRecordWhoSeesIt) {
    const FileId file = uploaded_by("admin", "mau-bieu.txt");
    const Answer seen = as("clerk").post("/api/registers/incoming/records",
                                         {{"values", {{"sender", "Bộ Mẫu"}, {"subject", "V/v mẫu biểu"}}}});
    ASSERT_THAT(seen, Status(201));
    const auto attached = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
        return files::attach(scope, tx, {seen.number("/id")}, file, {}, files::Checked::by_caller);
    });
    ASSERT_TRUE(attached) << told(attached);
    run(fail(ErrorCode::corrupt, "files.missing"));
    Answer failed = jobs_of("admin");
    EXPECT_EQ(failed.at("/failed/0/file/name"), nullptr) << "it is the record's now, and no longer the uploader's";
    EXPECT_EQ(failed.at("/failed/0/file/record"), nullptr);
    const auto granted = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
        return rights::grant(scope, tx, {seen.number("/id")}, subject::person(desk("admin").person),
                             {.kind = rights::Rule::Kind::step, .number = 1});
    });
    ASSERT_TRUE(granted) << told(granted);
    failed = jobs_of("admin");
    EXPECT_EQ(failed.string("/failed/0/file/name"), "mau-bieu.txt");
    EXPECT_EQ(failed.number("/failed/0/file/record"), seen.number("/id"));
}

TEST_P(FailedJobs, AreTriedAgainOneByOneOrAllTogether) {
    for (const char* name : {"mot.txt", "hai.txt", "ba.txt"}) uploaded_by("clerk", name);
    run(fail_internal("bộ đọc hỏng"));
    const Answer failed = jobs_of("admin");
    ASSERT_EQ(failed.size("/failed"), 3u);
    EXPECT_EQ(failed.string("/failed/0/state"), "failed");
    EXPECT_EQ(failed.number("/failed/0/tries"), 1);
    EXPECT_THAT(failed.string("/failed/0/error"), HasSubstr("nhật ký vận hành"));
    EXPECT_THAT(failed.text, testing::Not(HasSubstr("bộ đọc hỏng"))) << "what went wrong inside is for the log";

    const std::string one = retry(failed, "/failed/1/id");
    ASSERT_THAT(as("admin").put(one), Status(204));
    EXPECT_THAT(as("admin").put(one), Refused(409, "jobs.not_failed"));
    EXPECT_THAT(as("admin").put("/api/jobs/999999/retry"), Refused(404, "jobs.not_found"));
    EXPECT_EQ(jobs_of("admin").number("/waiting/0/id"), failed.number("/failed/1/id"));
    EXPECT_EQ(in_menu(), 2);
    EXPECT_EQ(journalled("job.retried"), 1u);

    const Answer all = as("admin").put("/api/jobs/retry");
    ASSERT_THAT(all, Status(200));
    EXPECT_EQ(all.number("/jobs"), 2);
    EXPECT_EQ(journalled("job.all_retried"), 1u);
    EXPECT_EQ(in_menu(), 0);
    EXPECT_EQ(jobs_of("admin").size("/waiting"), 3u);
    run({});
    const Answer none = jobs_of("admin");
    EXPECT_EQ(none.size("/failed") + none.size("/waiting"), 0u);
    EXPECT_EQ(as("admin").put("/api/jobs/retry").number("/jobs"), 0);
    EXPECT_EQ(journalled("job.all_retried"), 1u);
}

}  // namespace
