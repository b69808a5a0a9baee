#include <random>

#include "modules/documents/documents.h"
#include "modules/inbox/inbox.h"
#include "modules/registry/registry.h"
#include "modules/session/session.h"
#include "tests/support/office.h"

// Who sees what, through every path, against a slow and obvious second predicate that knows nothing of grants: it reads
// the declaration's `see` rules, the record's row and the steps, and asks each rule in turn.
namespace {

using congvu::test::Answer;

constexpr int pairs = 400;

class Rights : public congvu::test::OfficeTest {
  protected:
    bool needs_registers() const override { return true; }
    void add_routes(service::Routes& routes) override {
        documents::handlers(engine());
        session::routes(routes);
        inbox::routes(routes, engine());
        registry::routes(routes, engine());
        documents::routes(routes, engine());
    }

    bool has_role_in(const Scope& scope, const std::string& role, const std::function<bool(const HeldPost&)>& where) {
        return std::ranges::any_of(scope.posts, [&](const HeldPost& held) {
            return std::ranges::find(held.roles, role) != held.roles.end() && where(held);
        });
    }

    /// The second predicate.
    bool should_see(db::Reader& reader, const Scope& scope, RecordId id) {
        const auto head = reader.row(
            db::Sql{"test.head",
                    "select agency_id, unit_id, created_by_post_id, secrecy, state from record where id = ?1"},
            id);
        const db::Row& record = **head;
        if (record.integer(3) > static_cast<int>(scope.clearance)) return false;
        const auto declaration = engine().catalogue.find("incoming");
        const auto row =
            reader.row(db::Sql{"test.row", "select named_person, secrecy from r_incoming where record_id = ?1"}, id);
        const bool ordinary = (*row)->text(1) == "ordinary";
        const auto tree = org::Tree::load(reader, scope.today).value();
        for (const registers::Actor& actor : declaration->see) {
            if (actor.when.find("== \"ordinary\"") != std::string::npos && !ordinary) continue;
            if (actor.when.find("!= \"ordinary\"") != std::string::npos && ordinary) continue;
            if (actor.role == "participant") {
                const auto steps = reader.rows(
                    db::Sql{"test.steps", "select to_subject, from_post_id from step where record_id = ?1"}, id);
                for (const db::Row& step : *steps) {
                    if (std::ranges::find(scope.subjects, SubjectId{step.integer(0)}) != scope.subjects.end())
                        return true;
                    if (std::ranges::any_of(scope.posts,
                                            [&](const HeldPost& held) { return held.post.value == step.integer(1); }))
                        return true;
                }
            } else if (actor.role == "creator") {
                if (std::ranges::any_of(scope.posts,
                                        [&](const HeldPost& held) { return held.post.value == record.integer(2); }))
                    return true;
            } else if (actor.role == "field") {
                if ((*row)->integer(0) == scope.person.value) return true;
            } else if (actor.place == registers::Actor::Place::over_unit) {
                if (has_role_in(scope, actor.role,
                                [&](const HeldPost& held) { return tree->is_under({record.integer(1)}, held.unit); }))
                    return true;
            } else if (has_role_in(scope, actor.role,
                                   [&](const HeldPost& held) { return held.agency.value == record.integer(0); })) {
                return true;
            }
        }
        return false;
    }

    std::vector<std::int64_t> make_records(std::mt19937& random) {
        std::vector<std::int64_t> ids;
        const std::vector<std::string> people{"head",  "handler", "roads_head", "roads_handler",
                                              "legal", "chief",   "deputy"};
        for (int i = 0; i < 24; ++i) {
            const std::string clerk = i % 4 == 0 ? "other_clerk" : "clerk";
            boost::json::object values{{"sender", "Nơi gửi"},
                                       {"notation", std::to_string(i) + "/CV"},
                                       {"subject", "dauvet" + std::to_string(i) + "x"}};
            if (i % 5 == 0) values["named_person"] = desk(people[random() % people.size()]).person.value;
            const Answer made = as(clerk).post("/api/registers/incoming/records", {{"values", values}});
            EXPECT_EQ(made.status, 201) << made.text;
            ids.push_back(made.number("/id"));
            if (clerk != "clerk" || i % 3 == 0) continue;
            const std::string path = "/api/records/" + std::to_string(ids.back());
            const Answer done = as("clerk").post(path + "/actions/register", {{"version", 1}});
            const auto& lead = desk(people[random() % people.size()]);
            const Answer assigned = as("leader").post(
                path + "/assignments",
                {{"version", done.number("/version")}, {"lead", {{{"kind", "post"}, {"id", lead.post.value}}}}});
            EXPECT_EQ(assigned.status, 200) << assigned.text;
        }
        return ids;
    }

    /// Compares every path with the second predicate for random pairs; gives how many differed.
    int disagreements(std::mt19937& random, const std::vector<std::int64_t>& ids) {
        const std::vector<std::string> people{"leader",       "deputy",      "chief",        "clerk",
                                              "secretary",    "legal",       "auditor",      "head",
                                              "handler",      "roads_head",  "roads_clerk",  "roads_handler",
                                              "other_leader", "other_clerk", "other_handler"};
        int differ = 0;
        std::map<std::string, std::string> lists, exports;
        for (int i = 0; i < pairs; ++i) {
            const std::string& who = people[random() % people.size()];
            const std::size_t which = random() % ids.size();
            const std::string path = "/api/records/" + std::to_string(ids[which]);
            const std::string mark = "dauvet" + std::to_string(which) + "x";
            const Scope scope = scope_of(who);
            const auto reader = db().read();
            const bool expected = should_see(**reader, scope, {ids[which]});
            if (!lists.contains(who)) {
                lists[who] = as(who).get("/api/registers/incoming/records?limit=200").text;
                exports[who] = as(who).get("/api/registers/incoming/export?format=csv").text;
            }
            const bool shown[] = {
                as(who).get(path).status == 200,
                as(who).get(path + "/history").status == 200,
                as(who).get(path + "/steps").status == 200,
                lists[who].find(mark) != std::string::npos,
                exports[who].find(mark) != std::string::npos,
                as(who).get("/api/registers/incoming/records?q=" + mark).size("/items") == 1,
                as(who).get("/api/registers/incoming/records?q=" + mark).number("/count/number") == 1};
            for (const bool each : shown)
                if (each != expected) {
                    ++differ;
                    ADD_FAILURE_AT(__FILE__, __LINE__) << who << " and " << mark << ": expected " << expected;
                }
        }
        return differ;
    }
};
CONGVU_BOTH_ENGINES(Rights);

TEST_P(Rights, EveryPathAgreesWithTheDeclaration) {
    std::mt19937 random(7);
    const auto ids = make_records(random);
    EXPECT_EQ(disagreements(random, ids), 0);
}

TEST_P(Rights, ABrokenGrantIsCaught) {
    std::mt19937 random(11);
    const auto ids = make_records(random);
    ASSERT_TRUE(write([&](const Scope& scope, db::Transaction& tx) {
        return rights::grant(scope, tx, {ids[0]}, subject::person(desk("handler").person), "see:99");
    }));
    const auto reader = db().read();
    const Scope scope = scope_of("handler");
    EXPECT_FALSE(should_see(**reader, scope, {ids[0]}));
    EXPECT_TRUE(rights::can_see(scope, **reader, {ids[0]}).value());
}

}  // namespace
