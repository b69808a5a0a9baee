#include "commands/commands.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "base/log.h"
#include "commands/making.h"
#include "crypto/proof.h"
#include "tests/support/databases.h"

// The command line as somebody at a terminal sees it.
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class CommandLine : public testing::Test {
  protected:
    using Command = int (*)(const std::vector<std::string>&);
    struct Said {
        int code = 0;
        std::string out, err;
    };
    static Said run(Command command, const std::vector<std::string>& words) {
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
        const int code = command(words);
        std::fflush(stdout);
        return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
    }
    fs::path data() const { return folder_.path() / "office"; }
    fs::path beside(const std::string& name) const { return folder_.path() / name; }
    Said init(std::vector<std::string> more = {}) {
        std::vector<std::string> words{"--data", data().string(), "--admin", "quantri"};
        words.insert(words.end(), more.begin(), more.end());
        return run(commands::init, words);
    }
    static std::string bytes_of(const fs::path& file) {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static std::vector<std::string> names_in(const fs::path& folder) {
        std::vector<std::string> names;
        for (const auto& each : fs::directory_iterator(folder)) names.push_back(each.path().filename().string());
        std::ranges::sort(names);
        return names;
    }
    /// What can be told to write a file, each with the words before -o.
    struct Writes {
        Command command;
        std::vector<std::string> words;
    };
    std::vector<Writes> that_write() const {
        return {{commands::backup, {"--data", data().string()}},
                {commands::journal, {"prove", "1", "--data", data().string()}}};
    }
    static Said run_to(const Writes& writes, const fs::path& file, std::vector<std::string> more = {}) {
        std::vector<std::string> words = writes.words;
        words.insert(words.end(), {"-o", file.string()});
        words.insert(words.end(), more.begin(), more.end());
        return run(writes.command, words);
    }

  private:
    congvu::test::TemporaryFolder folder_;
};

TEST_F(CommandLine, InitSaysInWordsWhatItMade) {
    const Said said = run(commands::init, {"--data", data().string(), "--admin", "quantri"});
    EXPECT_EQ(said.code, 0);
    EXPECT_EQ(said.err, "");
    EXPECT_THAT(said.out, HasSubstr("Tài khoản quản trị: quantri\nMật khẩu lần đầu (chỉ hiện một lần): "));
    EXPECT_THAT(said.out, HasSubstr("congvu serve --data " + data().string()));
    EXPECT_THAT(said.out, Not(HasSubstr("{")));
}

TEST_F(CommandLine, InitRefusesABadNameBeforeAnythingIsMade) {
    for (const std::string name : {"Quản trị", "a", "hai người", "admin/..", "x\n"}) {
        const Said said = run(commands::init, {"--data", data().string(), "--admin", name});
        EXPECT_EQ(said.code, 1) << name;
        EXPECT_THAT(said.err, HasSubstr("Tên đăng nhập gồm 2 đến 60 chữ thường")) << name;
        EXPECT_EQ(said.out, "") << name;
        EXPECT_FALSE(fs::exists(data())) << name;
    }
    EXPECT_EQ(run(commands::init, {"--data", data().string(), "--admin", "quantri"}).code, 0);
}

TEST_F(CommandLine, ServeNamesTheOptionThatNeedsTls) {
    ASSERT_EQ(run(commands::init, {"--data", data().string(), "--admin", "quantri"}).code, 0);
    const Said said = run(commands::serve, {"--data", data().string(), "--listen", "0.0.0.0:8443"});
    EXPECT_EQ(said.code, 2);
    EXPECT_THAT(said.err, HasSubstr("--listen 0.0.0.0:8443"));
    EXPECT_THAT(said.err, HasSubstr("--tls-certificate"));
    EXPECT_THAT(said.err, HasSubstr("--listen 127.0.0.1:8443"));
    EXPECT_THAT(said.err, Not(HasSubstr("cấu hình")));
    logging::set_form(logging::Form::words);
}

TEST_F(CommandLine, EndsAsEverWhereNobodyReadsWhatItSays) {
    std::signal(SIGPIPE, SIG_IGN);
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ::close(ends[0]);
    const int kept = ::dup(STDERR_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[1]);
    int wrong = 0, absent = 0;
    EXPECT_NO_THROW(wrong = commands::registers({"check"}));
    EXPECT_NO_THROW(absent = commands::registers({"check", data().string()}));
    ::dup2(kept, STDERR_FILENO);
    ::close(kept);
    EXPECT_EQ(wrong, 2);
    EXPECT_EQ(absent, 1);
}

TEST_F(CommandLine, NothingIsWrittenIntoTheOffice) {
    ASSERT_EQ(init().code, 0);
    fs::create_directories(beside("elsewhere"));
    fs::create_directory_symlink(data(), beside("link"));
    fs::rename(data() / "blobs", beside("contents"));
    fs::create_directory_symlink(beside("contents"), data() / "blobs");
    const std::string key = bytes_of(data() / "keys" / "journal.key");
    for (const Writes& each : that_write())
        for (const fs::path& file :
             {data() / "congvu.db", data() / "keys" / "journal.key", data() / "congvu.json", data() / "new",
              data() / "blobs" / "new", beside("contents") / "new", beside("link") / "congvu.db",
              data() / "keys" / ".." / "congvu.db", beside("elsewhere") / ".." / "office" / "new"})
            for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--replace"}}) {
                const Said said = run_to(each, file, more);
                EXPECT_EQ(said.code, 1) << file;
                EXPECT_EQ(said.out, "") << file;
                EXPECT_THAT(said.err, HasSubstr("nằm trong thư mục dữ liệu của cơ quan")) << file;
            }
    EXPECT_FALSE(fs::exists(data() / "new"));
    EXPECT_EQ(names_in(beside("contents")), std::vector<std::string>{});
    EXPECT_EQ(bytes_of(data() / "keys" / "journal.key"), key);
    EXPECT_EQ(run(commands::journal, {"verify", "--data", data().string()}).code, 0);
    EXPECT_EQ(run_to(that_write()[0], data() / ".." / "copy").code, 0) << "a path through it may lead out";
}

TEST_F(CommandLine, AFileThatIsThereIsKept) {
    ASSERT_EQ(init().code, 0);
    fs::create_directories(beside("folder"));
    std::ofstream(beside("letter")) << "mine";
    fs::create_symlink(beside("nowhere"), beside("dangling"));
    const std::vector<Writes> writes = that_write();
    ASSERT_EQ(run_to(writes[0], beside("backup")).code, 0);
    ASSERT_EQ(run_to(writes[1], beside("proof")).code, 0);
    fs::create_symlink(beside("backup"), beside("link"));
    const std::string backup = bytes_of(beside("backup")), proof = bytes_of(beside("proof"));
    const auto before = names_in(beside(""));
    for (std::size_t i = 0; i < writes.size(); ++i)
        for (const fs::path& file : {beside("letter"), beside("folder"), beside("dangling"), beside("link"),
                                     fs::path("/dev/null"), beside(i == 0 ? "proof" : "backup")})
            for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--replace"}}) {
                const Said said = run_to(writes[i], file, more);
                EXPECT_EQ(said.code, 1) << file;
                EXPECT_THAT(said.err, HasSubstr("không phải do lệnh này tạo ra")) << file;
            }
    EXPECT_EQ(run_to(writes[0], beside("absent") / "copy").code, 1);
    EXPECT_EQ(run_to(writes[0], beside("folder").string() + "/").code, 1);
    EXPECT_EQ(bytes_of(beside("letter")), "mine");
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
    EXPECT_EQ(names_in(beside("folder")), std::vector<std::string>{});
    for (const auto& [index, name] : {std::pair{0, "backup"}, std::pair{1, "proof"}}) {
        const Said said = run_to(writes[static_cast<std::size_t>(index)], beside(name));
        EXPECT_EQ(said.code, 1);
        EXPECT_THAT(said.err, HasSubstr("thêm --replace"));
    }
    EXPECT_EQ(bytes_of(beside("backup")), backup);
    EXPECT_EQ(bytes_of(beside("proof")), proof);

    std::ofstream(beside("backup"), std::ios::app) << "older";
    std::ofstream(beside("proof"), std::ios::app) << "older";
    EXPECT_EQ(run_to(writes[0], beside("backup"), {"--replace"}).code, 0);
    EXPECT_EQ(run_to(writes[1], beside("proof"), {"--replace"}).code, 0);
    EXPECT_THAT(bytes_of(beside("backup")), Not(testing::EndsWith("older")));
    EXPECT_THAT(bytes_of(beside("proof")), Not(testing::EndsWith("older")));
    EXPECT_EQ(names_in(beside("")), before) << "nothing stays beside them";
    EXPECT_EQ(run(commands::restore, {beside("backup").string(), "--data", beside("other").string()}).code, 0);
}

TEST_F(CommandLine, AnInitThatFailsLeavesNothing) {
    const Said said = init({"--agency", std::string(5'000, 'a')});
    EXPECT_EQ(said.code, 1);
    EXPECT_FALSE(fs::exists(data()));
    fs::create_directories(data());
    std::ofstream(data() / "readme") << "mine";
    EXPECT_EQ(init({"--agency", std::string(5'000, 'a')}).code, 1);
    EXPECT_EQ(names_in(data()), std::vector<std::string>{"readme"}) << "what was there before stays";
    EXPECT_EQ(init().code, 0);
    EXPECT_THAT(names_in(data()), Not(testing::Contains("unfinished")));
    EXPECT_THAT(init().err, HasSubstr("đã có dữ liệu"));
    EXPECT_EQ(run(commands::journal, {"verify", "--data", data().string()}).code, 0);
}

TEST_F(CommandLine, WhatAMakingThatWasKilledLeftIsNoOffice) {
    const auto made = commands::make_office({.data = beside("first")}, [&](commands::Office& office) -> Result<void> {
        fs::copy(office.data, data(), fs::copy_options::recursive);
        return {};
    });
    ASSERT_TRUE(made) << congvu::test::told(made);
    sigset_t masked;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &masked);
    const Said served = run(commands::serve, {"--data", data().string(), "--listen", "127.0.0.1:0"});
    ::pthread_sigmask(SIG_SETMASK, &masked, nullptr);
    logging::set_form(logging::Form::words);
    for (const Said& said : {served, run(commands::migrate, {"--data", data().string()}),
                             run(commands::backup, {"--data", data().string(), "-o", beside("copy").string()})}) {
        EXPECT_EQ(said.code, 1);
        EXPECT_EQ(said.out, "");
        EXPECT_THAT(said.err, HasSubstr("đã tạo dở rồi bị ngắt"));
    }
    const Said again = init();
    EXPECT_EQ(again.code, 0);
    EXPECT_THAT(again.err, HasSubstr("đã xóa phần dở"));
    EXPECT_EQ(run(commands::journal, {"verify", "--data", data().string()}).code, 0);
    // A folder of somebody's that only looks like it is left alone.
    fs::remove(data() / "congvu.json");
    EXPECT_THAT(init().err, HasSubstr("đã có dữ liệu"));
    std::ofstream(data() / "unfinished") << "mine";
    EXPECT_THAT(init().err, HasSubstr("đã có dữ liệu"));
    EXPECT_TRUE(fs::exists(data() / "congvu.db"));
    EXPECT_EQ(bytes_of(data() / "unfinished"), "mine");
}

TEST_F(CommandLine, AnOfficeBeingMadeIsNotMadeTwice) {
    const auto made = commands::make_office({.data = data()}, [&](commands::Office&) -> Result<void> {
        const Said said = init();
        EXPECT_EQ(said.code, 1);
        EXPECT_THAT(said.err, HasSubstr("Một lệnh khác đang tạo"));
        return {};
    });
    ASSERT_TRUE(made) << congvu::test::told(made);
    EXPECT_EQ(run(commands::journal, {"verify", "--data", data().string()}).code, 0);
}

TEST_F(CommandLine, WhereNoOfficeCanBeMadeIsTold) {
    std::ofstream(beside("letter")) << "mine";
    for (const std::string& place : {beside("letter").string(), (beside("letter") / "office").string(),
                                     std::string("/proc/congvu"), std::string("/sys")}) {
        const Said said = run(commands::init, {"--data", place, "--admin", "quantri"});
        EXPECT_EQ(said.code, 1) << place;
        EXPECT_THAT(said.err, HasSubstr("Không tạo được dữ liệu trong " + place)) << place;
        EXPECT_THAT(said.err, Not(HasSubstr("đã có"))) << place;
    }
    EXPECT_EQ(bytes_of(beside("letter")), "mine");
}

TEST_F(CommandLine, AProofShowsTheValuesWhenAsked) {
    ASSERT_EQ(init().code, 0);
    std::size_t shown = 0;
    for (int entry = 1;; ++entry) {
        const std::vector<std::string> words{"prove", std::to_string(entry), "--data", data().string()};
        const Said plain = run(commands::journal, words);
        if (plain.code != 0) break;
        const auto hidden = crypto::proof::read(plain.out);
        ASSERT_TRUE(hidden) << plain.out;
        EXPECT_EQ(hidden->values.size(), 0u);
        std::vector<std::string> asked = words;
        asked.push_back("--values");
        const auto whole = crypto::proof::read(run(commands::journal, asked).out);
        ASSERT_TRUE(whole);
        EXPECT_TRUE(crypto::proof::check(*whole));
        for (const crypto::proof::Value& each : whole->values) shown += each.hash ? 0 : 1;
    }
    EXPECT_GT(shown, 0u) << "no entry of a new office has values";
}

TEST_F(CommandLine, NamesTheWordThatIsNoEntry) {
    for (const std::string word : {"abc", "0", "12x", "1.5"}) {
        const Said said = run(commands::journal, {"prove", word, "--data", data().string()});
        EXPECT_EQ(said.code, 2) << word;
        EXPECT_THAT(said.err, HasSubstr("“" + word + "” không phải là số của một mục nhật ký"));
    }
}

TEST_F(CommandLine, WithJsonErrorsAreJsonToo) {
    ASSERT_EQ(init().code, 0);
    struct Wrong {
        Command command;
        std::vector<std::string> words;
        int code;
        std::string error;
    };
    const std::string office = data().string(), absent = beside("absent").string();
    const std::vector<Wrong> cases{
        {commands::init, {"--data", office, "--admin", "quantri"}, 1, "commands.in_use"},
        {commands::init, {"--data", office}, 2, "commands.wrong_usage"},
        {commands::demo, {"--data", office}, 1, "commands.in_use"},
        {commands::serve, {"--data", office}, 2, "commands.unknown_option"},
        {commands::migrate, {"--data", absent}, 1, "commands.no_office"},
        {commands::user, {"reset", "nobody", "--data", office}, 1, "accounts.no_account"},
        {commands::journal, {"verify", "--data", absent}, 1, "commands.no_office"},
        {commands::journal, {"prove", "999999", "--data", office}, 1, "journal.not_found"},
        {commands::journal, {"prove", "abc", "--data", office}, 2, "commands.no_entry_number"},
        {commands::journal, {"sing", "--data", office}, 2, "commands.wrong_usage"},
        {commands::backup, {"--data", office, "-o", office + "/congvu.db"}, 1, "commands.output_in_office"},
        {commands::restore, {absent, "--data", absent + "/new"}, 1, "commands.cannot_read"},
        {commands::registers, {"check", absent}, 1, ""},
    };
    for (const Wrong& each : cases) {
        std::vector<std::string> words = each.words;
        words.insert(words.begin() + (words[0].starts_with("--") ? 0 : 1), "--json");
        const Said said = run(each.command, words);
        const std::string what = testing::PrintToString(words) + said.err;
        EXPECT_EQ(said.code, each.code) << what;
        EXPECT_EQ(said.out, "") << what;
        boost::system::error_code no_json;
        const auto json = boost::json::parse(said.err, no_json);
        ASSERT_FALSE(no_json) << what;
        const auto& error = json.at("error").as_object();
        if (!each.error.empty()) {
            EXPECT_EQ(error.at("code").as_string(), each.error) << what;
        }
        EXPECT_NE(error.at("message").as_string(), error.at("code").as_string()) << what;
    }
}

TEST_F(CommandLine, WrongUsageIsToldAndEndsWithTwo) {
    struct Wrong {
        Command command;
        std::vector<std::string> words;
    };
    const std::string office = data().string();
    const std::vector<Wrong> cases{
        {commands::init, {}},
        {commands::init, {"--data", office}},
        {commands::init, {"--data", office, "--admin", "quantri", "more"}},
        {commands::init, {"--data"}},
        {commands::init, {"--no-such-option"}},
        {commands::demo, {}},
        {commands::demo, {"--data", office, "--documents", "12x"}},
        {commands::demo, {"--data", office, "--documents", "-1"}},
        {commands::demo, {"more", "--data", office}},
        {commands::serve, {}},
        {commands::serve, {"--data", office, "more"}},
        {commands::serve, {"--data", office, "--tls-key", "key.pem"}},
        {commands::migrate, {}},
        {commands::migrate, {"--data", office, "more"}},
        {commands::user, {"reset", "--data", office}},
        {commands::user, {"remove", "an", "--data", office}},
        {commands::journal, {"--data", office}},
        {commands::journal, {"verify"}},
        {commands::journal, {"verify", "more", "--data", office}},
        {commands::journal, {"prove", "--data", office}},
        {commands::journal, {"prove", "12x", "--data", office}},
        {commands::journal, {"sing", "--data", office}},
        {commands::backup, {"--data", office}},
        {commands::backup, {"--data", office, "-o", "copy", "more"}},
        {commands::restore, {"--data", office}},
        {commands::restore, {"one", "two", "--data", office}},
        {commands::registers, {}},
        {commands::registers, {"check"}},
        {commands::registers, {"add", "folder"}},
        {commands::openapi, {"more"}},
        {commands::openapi, {"--data", office}},
    };
    for (const Wrong& each : cases) {
        const Said said = run(each.command, each.words);
        const std::string what = testing::PrintToString(each.words);
        EXPECT_EQ(said.code, 2) << what;
        EXPECT_EQ(said.out, "") << what;
        EXPECT_NE(said.err, "") << what;
        EXPECT_FALSE(fs::exists(data())) << what;
    }
}

TEST_F(CommandLine, EveryCommandSaysWhatItDoes) {
    for (const Command command :
         {commands::init, commands::demo, commands::serve, commands::migrate, commands::user, commands::journal,
          commands::backup, commands::restore, commands::registers, commands::openapi}) {
        const Said said = run(command, {"--help"});
        EXPECT_EQ(said.code, 0);
        EXPECT_THAT(said.out, testing::StartsWith("congvu "));
        EXPECT_EQ(said.err, "");
    }
}

}  // namespace
