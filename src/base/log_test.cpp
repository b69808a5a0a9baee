#include "base/log.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <thread>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/text.h"
#include "base/time.h"

namespace {

std::vector<boost::json::object> lines_of(const std::string& output) {
    std::vector<boost::json::object> lines;
    for (const std::string& line : split(output, '\n'))
        if (!line.empty()) lines.push_back(boost::json::parse(line).as_object());
    return lines;
}

class ServersLog : public testing::Test {
  protected:
    void SetUp() override { logging::set_form(logging::Form::json); }
    void TearDown() override { logging::set_form(logging::Form::words); }
};

TEST(Log, TellsWhoRunsACommandInWords) {
    testing::internal::CaptureStderr();
    logging::info("db.migrated", {{"name", "0001"}});
    logging::warning("db.slow", {{"sql", "a\nb\x1B[31m"}, {"ms", "300"}});
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "congvu: db.slow sql=a b [31m ms=300\n");
}

TEST_F(ServersLog, WritesOneLineOfJson) {
    using namespace std::string_view_literals;
    testing::internal::CaptureStderr();
    logging::warning("disk.slow", {{"path", "/srv/\"a\"\\b"}, {"text", "dòng\nmới\t\x01"}, {"bytes", "x\xFF\0y"sv}});
    const std::string output = testing::internal::GetCapturedStderr();
    EXPECT_EQ(std::ranges::count(output, '\n'), 1);
    const auto lines = lines_of(output);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_TRUE(parse_instant(lines[0].at("time").as_string())) << output;
    EXPECT_EQ(lines[0].at("level"), "warning");
    EXPECT_EQ(lines[0].at("event"), "disk.slow");
    EXPECT_EQ(lines[0].at("path"), "/srv/\"a\"\\b");
    EXPECT_EQ(lines[0].at("text"), "dòng\nmới\t\x01");
    EXPECT_EQ(lines[0].at("bytes").as_string(), "x\uFFFD\0y"sv);
}

TEST_F(ServersLog, BelowTheLevelNothingIsWritten) {
    testing::internal::CaptureStderr();
    logging::write(logging::Level::debug, "not.shown");
    logging::set_level(logging::Level::error);
    logging::warning("not.shown");
    logging::error("shown");
    logging::set_level(logging::Level::info);
    const auto lines = lines_of(testing::internal::GetCapturedStderr());
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].at("event"), "shown");
}

TEST_F(ServersLog, LinesOfManyThreadsStayWhole) {
    testing::internal::CaptureStderr();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([i] {
                for (int j = 0; j < 200; ++j) logging::info("a.line", {{"thread", std::to_string(i)}});
            });
    }
    EXPECT_EQ(lines_of(testing::internal::GetCapturedStderr()).size(), 800u);
}

}  // namespace
