#include "paper/helpers.h"

#include <chrono>
#include <fstream>
#include <gmock/gmock.h>
#include <signal.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/described.h"
#include "base/messages.h"
#include "paper/samples_test.h"

namespace paper {
namespace {

using ::testing::HasSubstr;

/// This process's children, as the kernel lists them.
std::vector<pid_t> children() {
    std::vector<pid_t> all;
    for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream list(thread.path() / "children");
        for (pid_t child = 0; list >> child;) all.push_back(child);
    }
    return all;
}

/// Time a process has calculated, in ticks of the system's clock: it tells a helper at work from one that waits.
long processor_ticks(pid_t process) {
    std::ifstream file(fmt::format("/proc/{}/stat", process));
    std::string word;
    for (int i = 0; i < 13; ++i) file >> word;
    long user = 0;
    long kernel = 0;
    file >> user >> kernel;
    return user + kernel;
}

std::string text_of(const Result<ExtractedText>& result) {
    return result ? result->text : "failed: " + result.error().message;
}

TEST(Helpers, StartWhenFirstNeededAndServeAgain) {
    const Helpers helpers(samples::settings());
    EXPECT_EQ(helpers.state().alive, 0);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(text_of(helpers.extract_text(Source::memory("một"), FileType::txt)), "một");
    EXPECT_EQ(helpers.state().alive, 1);
    EXPECT_EQ(helpers.state().served, 3);
    EXPECT_EQ(helpers.state().lost, 0);
}

TEST(Helpers, AreReplacedAfterTheirShare) {
    HelperSettings settings = samples::settings();
    settings.requests_each = 2;
    const Helpers helpers(settings);
    std::vector<pid_t> seen;
    for (int i = 0; i < 4; ++i) {
        EXPECT_TRUE(helpers.page_count(Source::memory(samples::pdf({"a"}))));
        for (const pid_t child : children()) seen.push_back(child);
    }
    ASSERT_EQ(seen.size(), 2u) << "one is there after the first and the third, none after the second and the fourth";
    EXPECT_NE(seen[0], seen[1]);
}

TEST(Helpers, LeaveNoProcessBehind) {
    {
        const Helpers helpers(samples::settings());
        EXPECT_TRUE(helpers.extract_text(Source::memory("a"), FileType::txt));
        EXPECT_EQ(children().size(), 1u);
    }
    EXPECT_TRUE(children().empty());
}

TEST(Helpers, AHangingFileIsTooSlowAndCostsOneAnswer) {
    HelperSettings settings = samples::settings();
    settings.limits.wall_milliseconds = 300;
    const Helpers helpers(settings);
    const auto hung = helpers.page_picture(Source::memory(samples::endless_pdf()), 1, {.dpi = 72});
    ASSERT_FALSE(hung);
    EXPECT_EQ(reason_of(hung.error()), Reason::too_slow);
    EXPECT_EQ(helpers.state().lost, 1);
    EXPECT_EQ(text_of(helpers.extract_text(Source::memory("sau"), FileType::txt)), "sau");
}

TEST(Helpers, AnEndlessCalculationEndsByItsOwnCpuLimit) {
    HelperSettings settings = samples::settings();
    settings.limits.cpu_seconds = 0;
    const Helpers helpers(settings);
    const auto hung = helpers.page_picture(Source::memory(samples::endless_pdf()), 1, {.dpi = 72});
    ASSERT_FALSE(hung);
    EXPECT_EQ(reason_of(hung.error()), Reason::too_slow);
    EXPECT_THAT(hung.error().detail, HasSubstr("signal"));
}

TEST(Helpers, ADyingHelperIsACrashAndIsReplaced) {
    const Helpers helpers(samples::settings());
    // The helper's death while it works: the signal a parser sends that gives up.
    Result<Picture> result = fail_internal("not asked yet");
    std::jthread asking([&] { result = helpers.page_picture(Source::memory(samples::endless_pdf()), 1, {.dpi = 72}); });
    std::vector<pid_t> working;
    while (working.empty()) {
        std::this_thread::yield();
        for (const pid_t child : children())
            if (processor_ticks(child) > ::sysconf(_SC_CLK_TCK)) working.push_back(child);
    }
    ::kill(working.front(), SIGABRT);
    asking.join();
    ASSERT_FALSE(result);
    EXPECT_EQ(reason_of(result.error()), Reason::crashed) << result.error().detail;
    EXPECT_EQ(text_of(helpers.extract_text(Source::memory("sau"), FileType::txt)), "sau");
}

TEST(Helpers, OneThatDiesOfAnEarlierFileIsNoFaultOfTheNext) {
    const Helpers helpers(samples::settings());
    ASSERT_TRUE(helpers.extract_text(Source::memory("a"), FileType::txt));
    for (const pid_t child : children()) ::kill(child, SIGKILL);
    EXPECT_EQ(text_of(helpers.extract_text(Source::memory("sau"), FileType::txt)), "sau");
    EXPECT_EQ(helpers.state().lost, 0);
}

TEST(Helpers, ManyThreadsShareAFew) {
    const Helpers helpers(samples::settings());
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&, i] {
            for (int round = 0; round < 10; ++round) {
                const std::string text = fmt::format("văn bản {} {}", i, round);
                if (text_of(helpers.extract_text(Source::memory(text), FileType::txt)) == text) ++right;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(right, 80);
    EXPECT_LE(helpers.state().alive, 2);
}

TEST(Helpers, AFullPoolSaysBusy) {
    HelperSettings settings = samples::settings();
    settings.count = 1;
    settings.queue_milliseconds = 0;
    settings.limits.wall_milliseconds = 2000;
    const Helpers helpers(settings);
    std::jthread asking(
        [&] { EXPECT_FALSE(helpers.page_picture(Source::memory(samples::endless_pdf()), 1, {.dpi = 72})); });
    while (helpers.state().busy == 0) std::this_thread::yield();
    const auto refused = helpers.extract_text(Source::memory("a"), FileType::txt);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "paper.busy");
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    asking.join();
}

TEST(Helpers, AWrongExecutableIsTold) {
    HelperSettings settings = samples::settings();
    for (const char* executable : {"/bin/true", "/nowhere/congvu"}) {
        settings.executable = executable;
        const auto refused = Helpers(settings).extract_text(Source::memory("a"), FileType::txt);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().message, "paper.no_helper");
    }
    EXPECT_TRUE(children().empty());
}

TEST(Helpers, ReadByPathAndByOpenFile) {
    const Helpers helpers(samples::settings());
    const std::string path = samples::scratch("a.txt");
    std::ofstream(path) << "trên đĩa";
    EXPECT_EQ(text_of(helpers.extract_text(Source::file(path), FileType::txt)), "trên đĩa");
    std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "r"), &std::fclose);
    EXPECT_EQ(text_of(helpers.extract_text(Source::open(::fileno(file.get())), FileType::txt)), "trên đĩa");
    for (const char* wrong : {"/nowhere/a.txt", "/tmp", "/dev/zero"}) {
        const auto missing = helpers.extract_text(Source::file(wrong), FileType::txt);
        ASSERT_FALSE(missing);
        EXPECT_EQ(missing.error().message, "paper.no_such_file");
    }
}

TEST(Helpers, AFileOverTheLimitIsNotOpened) {
    HelperSettings settings = samples::settings();
    settings.limits.input_bytes = 3;
    const Helpers helpers(settings);
    EXPECT_EQ(text_of(helpers.extract_text(Source::memory("abc"), FileType::txt)), "abc");
    const auto refused = helpers.extract_text(Source::memory("abcd"), FileType::txt);
    ASSERT_FALSE(refused);
    EXPECT_EQ(reason_of(refused.error()), Reason::too_large);
}

TEST(Helpers, AFileThatTakesTooMuchMemoryIsTooLarge) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer needs the address space for itself";
#endif
    HelperSettings settings = samples::settings();
    settings.limits.memory_bytes = 1;
    const Helpers helpers(settings);
    const auto refused =
        helpers.extract_text(Source::memory(samples::docx({std::string(8 << 20, 'a')})), FileType::docx);
    ASSERT_FALSE(refused);
    EXPECT_EQ(reason_of(refused.error()), Reason::too_large);
    EXPECT_EQ(text_of(helpers.extract_text(Source::memory("sau"), FileType::txt)), "sau");
}

TEST(Helpers, ACopyOverTheLimitIsTooLargeAndGone) {
    HelperSettings settings = samples::settings();
    settings.limits.output_bytes = 100;
    const Helpers helpers(settings);
    const std::string path = samples::scratch("large.pdf");
    const auto refused = helpers.stamped_copy(Source::memory(samples::pdf({"a"})), {.agency = "SỞ"}, {}, {path});
    ASSERT_FALSE(refused);
    EXPECT_EQ(reason_of(refused.error()), Reason::too_large);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Helpers, AnAnswerOverTheLimitIsTooLarge) {
    HelperSettings settings = samples::settings();
    settings.limits.answer_bytes = 100;
    const Helpers helpers(settings);
    const auto refused = helpers.page_picture(Source::memory(samples::pdf({"a"})), 1, {.dpi = 72});
    ASSERT_FALSE(refused);
    EXPECT_EQ(reason_of(refused.error()), Reason::too_large);
}

TEST(Helpers, HereAnswersTheSame) {
    HelperSettings settings = samples::settings();
    settings.apart = Apart::here;
    const Helpers helpers(settings);
    EXPECT_EQ(text_of(helpers.extract_text(Source::memory(samples::docx({"tại đây"})), FileType::docx)), "tại đây");
    EXPECT_FALSE(helpers.extract_text(Source::memory("x"), FileType::pdf));
    EXPECT_TRUE(children().empty());
}

TEST(Helpers, ReadTables) {
    const Helpers helpers(samples::settings());
    const auto table = helpers.read_table(Source::memory("Số;Ngày\n01;25/08/2026\n"), FileType::txt);
    ASSERT_TRUE(table) << table.error().detail;
    EXPECT_EQ(table->rows, (std::vector<std::vector<std::string>>{{"Số", "Ngày"}, {"01", "25/08/2026"}}));
    const std::string book = samples::xlsx("<row><c><v>7</v></c></row>");
    EXPECT_EQ(helpers.read_table(Source::memory(book), FileType::xlsx)->rows[0][0], "7");
    EXPECT_EQ(helpers.read_table(Source::memory(book), FileType::xlsx, "Ẩn")->rows[0][0], "kín");
    const auto missing = helpers.read_table(Source::memory(book), FileType::xlsx, "Khác");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    EXPECT_EQ(messages::text(Language::vi, missing.error()),
              "Tệp bảng tính không có trang tính “Khác”; xin kiểm tra lại tên trang tính.");
    EXPECT_EQ(reason_of(helpers.read_table(Source::memory("%PDF"), FileType::pdf).error()), Reason::unsupported);
}

TEST(Messages, EveryReasonHasItsWords) {
    for (const auto& [name, reason] : enum_names<Reason>()) {
        const Error error = unreadable(reason, "").error();
        EXPECT_EQ(reason_of(error), reason);
        EXPECT_NE(messages::text(Language::vi, error), error.message) << name;
        EXPECT_NE(messages::text(Language::en, error), error.message) << name;
    }
    EXPECT_EQ(reason_of(fail(ErrorCode::corrupt, "paper.unreadable_").error()), std::nullopt);
    EXPECT_EQ(reason_of(fail(ErrorCode::invalid, "paper.no_columns").error()), std::nullopt);
}

TEST(Pictures, AreAskedByWidthOrResolution) {
    const Helpers helpers(samples::settings());
    const std::string pdf = samples::pdf({"một", "hai"});
    const auto wide = helpers.page_picture(Source::memory(pdf), 2, {.pixel_width = 300});
    ASSERT_TRUE(wide) << wide.error().detail;
    EXPECT_EQ(wide->width, 300);
    EXPECT_NEAR(wide->height, 424, 1);
    const auto fine = helpers.page_picture(Source::memory(pdf), 1, {.dpi = 72});
    ASSERT_TRUE(fine);
    EXPECT_NEAR(fine->width, 595, 1);
    const auto turned = helpers.page_picture(Source::memory(samples::turned_pdf(90, "[0 0 595 842]")), 1, {.dpi = 72});
    ASSERT_TRUE(turned);
    EXPECT_GT(turned->width, turned->height);
    const auto missing = helpers.page_picture(Source::memory(pdf), 3, {});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message, "paper.no_such_page");
    EXPECT_EQ(missing.error().arguments, (std::vector<MessageArgument>{{"page", "3"}, {"pages", "2"}}));
    const auto huge = helpers.page_picture(Source::memory(pdf), 1, {.pixel_width = 100'000});
    ASSERT_FALSE(huge);
    EXPECT_EQ(reason_of(huge.error()), Reason::too_large);
}

}  // namespace
}  // namespace paper
