#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "core/journal/verify.h"
#include "crypto/sha256.h"
#include "tests/faults/real_server.h"

// The server is killed at random moments while eight clerks, leaders and handlers work: what was answered is there,
// what was not answered is there whole or not at all and can be sent again, nothing is doubled, no number is skipped.
// CONGVU_FAULT_ROUNDS says how often on SQLite (PostgreSQL: a fifth, forty of 200), CONGVU_FAULT_SEED repeats a run's
// choices.
namespace congvu::test {
namespace {

constexpr int threads = 8;

/// One request as it was sent, and what was answered.
struct Sent {
    std::string login;
    std::string target;
    std::string key;
    boost::json::value body;
    std::string file_name;  ///< of an upload, whose bytes are `bytes`
    std::string bytes;
    Reply reply;
};

/// One document's way through the office.
struct Way {
    std::string subject;
    std::vector<Sent> sent;           ///< in order; the last may have no answer
    std::vector<std::string> hashes;  ///< of the files attached
    std::int64_t record = 0;
    std::string number;
    std::int64_t finished_step = 0;
};

class Kill : public WholeServer {
  protected:
    void SetUp() override {
        WholeServer::SetUp();
        if (IsSkipped()) return;
        const char* given = std::getenv("CONGVU_FAULT_SEED");
        seed_ = given ? static_cast<unsigned>(std::atoll(given)) : std::random_device()();
        random_.seed(seed_);
        std::printf("seed %u\n", seed_);
    }
    int rounds() const {
        const char* asked = std::getenv("CONGVU_FAULT_ROUNDS");
        const int all = asked ? std::atoi(asked) : 25;
        return GetParam() == db::Engine::sqlite ? all : (all + 4) / 5;
    }
    static Reply repeat(Visitor& visitor, const Sent& sent) {
        return sent.file_name.empty() ? visitor.post(sent.target, sent.body, sent.key)
                                      : visitor.upload(sent.file_name, sent.bytes, sent.key);
    }

    /// Works until the server is gone.
    std::vector<Way> work(unsigned seed, const std::string& name) {
        std::mt19937 random(seed);
        std::map<std::string, Visitor> visitors;
        for (const char* login : {"vanthu", "lanhdao", "cv.pc1"}) visitors.emplace(login, as(login));
        std::vector<Way> ways;
        bool alive = true;
        const auto post = [&](const std::string& login, const std::string& target, boost::json::value body,
                              std::string file_name = {}, std::string bytes = {}) -> const Reply& {
            Way& way = ways.back();
            const std::string key = way.subject + "-" + std::to_string(way.sent.size());
            way.sent.push_back({login, target, key, std::move(body), std::move(file_name), std::move(bytes), {}});
            way.sent.back().reply = repeat(visitors.at(login), way.sent.back());
            const Reply& reply = way.sent.back().reply;
            alive = alive && reply.status != 0;
            EXPECT_TRUE(reply.status == 0 || reply.status / 100 == 2) << target << " " << reply.status << reply.text;
            alive = alive && reply.status / 100 == 2;
            return reply;
        };
        const auto upload = [&]() -> std::int64_t {
            std::string bytes = name + std::to_string(random()) + "\n";
            bytes.resize(1 + random() % 150'000, 'a' + static_cast<char>(random() % 20));
            const std::string hash = crypto::sha256_hex(bytes);
            const Reply& reply = post("vanthu", "/api/files", nullptr, "van-ban.txt", std::move(bytes));
            if (!alive) return 0;
            EXPECT_EQ(reply.string("/sha256"), hash);
            ways.back().hashes.push_back(hash);
            return reply.number("/id");
        };
        while (alive) {
            ways.push_back({"vet-" + name + "-" + std::to_string(ways.size()), {}, {}, 0, {}, 0});
            Way& way = ways.back();
            const std::int64_t file = upload();
            if (!alive) break;
            const Reply made =
                post("vanthu", "/api/registers/incoming/records",
                     {{"values", {{"sender", "Nơi gửi"}, {"notation", way.subject}, {"subject", way.subject}}},
                      {"files", {boost::json::object{{"file", file}}}}});
            if (!alive) break;
            way.record = made.number("/id");
            const std::string at = "/api/records/" + std::to_string(way.record);
            const Reply numbered = post("vanthu", at + "/actions/register", {{"version", made.number("/version")}});
            if (!alive) break;
            way.number = numbered.string("/values/arrival_number");
            if (random() % 3 == 0) {
                const std::int64_t more = upload();
                if (!alive) break;
                post("vanthu", at + "/files", {{"file", more}, {"role", "appendix"}});
                if (!alive) break;
            }
            const Reply steps = post("lanhdao", at + "/assignments",
                                     {{"version", numbered.number("/version")},
                                      {"instruction", "Chủ trì giải quyết."},
                                      {"lead", {boost::json::object{{"kind", "post"}, {"id", handler_post_}}}}});
            if (!alive) break;
            const std::int64_t step = steps.number("/0/id");
            const Reply finished = visitors.at("cv.pc1").put("/api/steps/" + std::to_string(step) + "/finish",
                                                             {{"outcome", "no_reply"}, {"reason", "Lưu."}});
            if (finished.status == 0) break;
            EXPECT_EQ(finished.status, 200) << finished.text;
            way.finished_step = step;
        }
        return ways;
    }

    std::vector<Way> work_until_killed(int round) {
        std::vector<std::vector<Way>> done(threads);
        std::vector<std::thread> workers;
        for (int i = 0; i < threads; ++i)
            workers.emplace_back([this, &done, i, seed = static_cast<unsigned>(random_()), round] {
                done[static_cast<std::size_t>(i)] = work(seed, std::to_string(round) + "-" + std::to_string(i));
            });
        // The moment is a span of time, since any count of requests would always fall between two of them.
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable().wait_for(lock, std::chrono::microseconds(15'000 + random_() % 200'000));
        server().kill();
        std::vector<Way> all;
        for (int i = 0; i < threads; ++i) {
            workers[static_cast<std::size_t>(i)].join();
            std::ranges::move(done[static_cast<std::size_t>(i)], std::back_inserter(all));
        }
        return all;
    }

    /// The first answer again; of a record the same record, as it is by now (docs/decisions/011).
    static std::string sameness(const Reply& reply) {
        const boost::json::value uuid = reply.at("/uuid");
        return uuid.is_string()
                   ? reply.at("/register").as_string().c_str() + std::string(" ") + uuid.as_string().c_str()
                   : reply.text;
    }
    /// Sends again what had no answer, and some of what had one: the same answer comes, and once only.
    void send_again(Way& way, std::map<std::string, Visitor>& visitors) {
        for (Sent& sent : way.sent) {
            Visitor& visitor = visitors.at(sent.login);
            const bool was_answered = sent.reply.status != 0;
            if (was_answered && random_() % 3 != 0) continue;
            const Reply again = repeat(visitor, sent);
            ASSERT_EQ(again.status / 100, 2) << sent.target << again.text;
            if (was_answered) {
                ASSERT_EQ(sameness(again), sameness(sent.reply)) << sent.target << ": another answer to the same key";
                continue;
            }
            ++unanswered_;
            sent.reply = again;
            ASSERT_EQ(sameness(repeat(visitor, sent)), sameness(again)) << sent.target;
            if (!sent.file_name.empty())
                way.hashes.push_back(crypto::sha256_hex(sent.bytes));
            else if (sent.target == "/api/registers/incoming/records")
                way.record = again.number("/id");
            else if (sent.target.ends_with("/register"))
                way.number = again.string("/values/arrival_number");
        }
        if (way.record != 0) made_.emplace(way.subject);
    }
    /// What the server shows of a document is all that was answered about it.
    void look_at(const Way& way, Visitor& clerk) {
        if (way.record == 0) return;
        const std::string at = "/api/records/" + std::to_string(way.record);
        const Reply record = clerk.get(at);
        ASSERT_EQ(record.status, 200) << way.subject;
        ASSERT_EQ(record.string("/title"), way.subject);
        ASSERT_EQ(record.string("/values/arrival_number"), way.number);
        std::set<std::string> attached;
        for (std::size_t i = 0; i < record.size("/files"); ++i) {
            const std::string file = "/files/" + std::to_string(i);
            const std::string hash = record.string(file + "/sha256");
            const Reply content =
                clerk.get("/api/files/" + std::to_string(record.number(file + "/file")) + "/content?download=1");
            ASSERT_EQ(content.status, 200);
            ASSERT_EQ(crypto::sha256_hex(content.text), hash);
            ASSERT_TRUE(attached.insert(hash).second) << "attached twice";
        }
        // The last upload may not have been attached yet.
        const std::size_t attaching = static_cast<std::size_t>(std::ranges::count_if(
            way.sent, [](const Sent& sent) { return sent.target.ends_with("/files") && sent.file_name.empty(); }));
        ASSERT_EQ(attached.size(), 1 + attaching) << way.subject;
        for (const std::string& hash : attached)
            ASSERT_NE(std::ranges::find(way.hashes, hash), way.hashes.end()) << "a file nobody sent";
        std::map<std::string, int> actions;
        const Reply history = clerk.get(at + "/history?limit=100");
        for (std::size_t i = 0; i < history.size("/items"); ++i)
            ++actions[history.string("/items/" + std::to_string(i) + "/action")];
        ASSERT_EQ(actions["record.created"], 1) << history.text;
        ASSERT_EQ(actions["file.attached"], static_cast<int>(attached.size())) << history.text;
        if (way.finished_step == 0) return;
        const Reply steps = clerk.get(at + "/steps");
        ASSERT_EQ(steps.number("/0/id"), way.finished_step);
        ASSERT_EQ(steps.string("/0/state"), "done");
        ASSERT_EQ(record.string("/state/code"), "done");
    }
    /// The whole store: nothing half there, nothing twice, no number missing, every content on disk.
    void look_at_store() {
        const auto database = store();
        ASSERT_TRUE(database);
        const auto opened = database->read();
        ASSERT_TRUE(opened);
        db::Reader& reader = **opened;
        static const std::pair<const char*, const char*> nothing[] = {
            {"a record without its fields",
             "select count(*) from record r join register g on g.id = r.register_id where g.code = 'incoming' "
             "and not exists (select 1 from r_incoming x where x.record_id = r.id)"},
            {"fields without a record",
             "select count(*) from r_incoming x where not exists (select 1 from record r where r.id = x.record_id)"},
            {"a record without its entry",
             "select count(*) from record r where not exists (select 1 from journal_entry e where "
             "e.record_id = r.id and e.action = 'record.created')"},
            {"a record nobody sees",
             "select count(*) from record r where not exists (select 1 from record_grant g where g.record_id = r.id)"},
            {"a subject twice",
             "select count(*) from (select title from record where title like 'vet-%' group by title having count(*) > "
             "1) x"},
            {"an open step in no inbox",
             "select count(*) from step s where s.state = 'open' and s.role <> 'approve' and not exists (select 1 from "
             "inbox i where i.step_id = s.id)"},
            {"an inbox line without an open step",
             "select count(*) from inbox i where not exists (select 1 from step s where s.id = i.step_id and s.state = "
             "'open')"},
            {"a step without a grant",
             "select count(*) from step s where s.state <> 'taken_back' and not exists (select 1 from record_grant g "
             "where g.record_id = s.record_id "
             "and g.rule = s.id * 4 + 1)"},
            {"a number without a record",
             "select count(*) from number_taken t where t.state = 'used' and not exists (select 1 from "
             "r_incoming x where x.record_id = t.record_id and cast(x.arrival_number as integer) = t.number)"
             " and t.book_id in (select b.id from number_book b join register g on g.id = b.register_id where g.code = "
             "'incoming')"},
            {"a record whose number is not taken",
             "select count(*) from r_incoming x where x.arrival_number is not null and not exists "
             "(select 1 from number_taken t where t.record_id = x.record_id and t.state = 'used')"},
            {"a book with a gap",
             "select count(*) from number_book b where b.last - b.first + 1 <> (select count(*) from number_taken t "
             "where "
             "t.book_id = b.id and t.number between b.first and b.last)"},
            {"a number after the last",
             "select count(*) from number_taken t join number_book b on b.id = t.book_id where t.number > b.last"},
            {"a content that was destroyed", "select count(*) from file_blob where wrapped_key is null"}};
        for (const auto& [what, sql] : nothing) {
            const auto row = reader.row(db::Sql{"test.nothing", sql});
            ASSERT_TRUE(row) << what << told(row);
            EXPECT_EQ((*row)->integer(0), 0) << what << " (seed " << seed_ << ")";
        }
        const auto vets = reader.row(db::Sql{"test.vets", "select count(*) from record where title like 'vet-%'"});
        EXPECT_EQ((*vets)->integer(0), static_cast<std::int64_t>(made_.size())) << "records of this run";
        const auto blobs = reader.rows(db::Sql{"test.blobs", "select sha256, tag from file_blob"});
        ASSERT_TRUE(blobs);
        for (const db::Row& row : *blobs) {
            const std::string name = to_hex(row.blob(0));
            EXPECT_TRUE(std::filesystem::exists(data() / "blobs" / name.substr(0, 2) / name.substr(2, 2) /
                                                (name + "." + row.text(1))))
                << name;
        }
        const auto report = journal::verify(*database);
        ASSERT_TRUE(report) << told(report);
        EXPECT_FALSE(report->fault) << told(*report->fault);
    }

    void find_handler() {
        handler_post_ = Visitor(port(), session("cv.pc1")).get("/api/session").number("/post");
        for (const char* login : {"vanthu", "lanhdao"}) session(login);
        ASSERT_NE(handler_post_, 0);
    }

    unsigned seed_ = 0;
    std::mt19937 random_;
    std::int64_t handler_post_ = 0;
    std::set<std::string> made_;
    int unanswered_ = 0;
    int answered_ = 0;
};
CONGVU_BOTH_ENGINES(Kill);

TEST_P(Kill, WhatWasAnsweredStandsAfterAnyMoment) {
    ASSERT_NO_FATAL_FAILURE(serve());
    ASSERT_NO_FATAL_FAILURE(find_handler());
    for (int round = 0; round < rounds(); ++round) {
        std::vector<Way> ways = work_until_killed(round);
        ASSERT_NO_FATAL_FAILURE(serve()) << "round " << round;
        std::map<std::string, Visitor> visitors;
        for (const char* login : {"vanthu", "lanhdao", "cv.pc1"}) visitors.emplace(login, as(login));
        for (Way& way : ways) {
            for (const Sent& sent : way.sent) answered_ += sent.reply.status != 0;
            const bool was_cut = way.finished_step == 0;
            ASSERT_NO_FATAL_FAILURE(send_again(way, visitors)) << "round " << round << ", seed " << seed_;
            if (was_cut || random_() % 4 == 0) {
                ASSERT_NO_FATAL_FAILURE(look_at(way, visitors.at("vanthu"))) << "round " << round << ", seed " << seed_;
            }
        }
        if (round % 10 == 9 || round + 1 == rounds()) {
            ASSERT_NO_FATAL_FAILURE(look_at_store()) << "round " << round;
        }
        if (HasFailure()) break;
    }
    std::printf("%d rounds: %d requests answered before a kill, %d cut off and sent again, %zu documents\n", rounds(),
                answered_, unanswered_, made_.size());
    EXPECT_GT(answered_, 0);
    EXPECT_EQ(server().stop(), 0);
}

}  // namespace
}  // namespace congvu::test
