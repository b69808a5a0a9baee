#include <fstream>
#include <gmock/gmock.h>
#include <set>

#include "base/resources.h"
#include "base/text.h"
#include "commands/server.h"
#include "service/openapi.h"
#include "tests/support/office.h"

// The program's own table of routes: who is let in, and that no other site's page changes anything.
namespace congvu::test {
namespace {

class RouteTable : public testing::Test {
  protected:
    void SetUp() override {
        auto opened = commands::open_office(folder_.path() / "office", commands::Opening::fresh);
        ASSERT_TRUE(opened) << told(opened);
        office_ = std::move(*opened);
        serving_ = std::make_unique<commands::Serving>(*office_);
        serving_->host.policy.cost = crypto::PasswordCost::least();
        commands::add_routes(*serving_);
        const auto made = office_->database->write_now([&](db::Transaction& tx) { return furnish(tx); });
        ASSERT_TRUE(made) << told(made);
        for (const char* login : {"quantri", "vanthu", "khach"}) {
            const auto signed_in = accounts::sign_in(*office_->database, serving_->host.policy, login, password,
                                                     "10.0.0.7", "test", office_->clock->now());
            ASSERT_TRUE(signed_in) << told(signed_in);
            sessions_[login] = {signed_in->token, signed_in->session.csrf};
        }
    }
    /// An administrator, somebody of the office, and somebody with an account and no post.
    Result<void> furnish(db::Transaction& tx) {
        const Scope server = system_scope(tx.now());
        const UnitId agency = TRY(org::add_unit(server, tx,
                                                {.kind = "ministry",
                                                 .name = "Bộ Mẫu",
                                                 .short_name = "Bộ Mẫu",
                                                 .abbreviation = "BM",
                                                 .is_agency = true,
                                                 .valid_from = server.today}));
        const PersonId admin = TRY(org::add_person(server, tx, {.full_name = "Phạm Thu Giang"}));
        const PostId post = TRY(org::add_post(
            server, tx, {.unit = agency, .title = "Quản trị", .roles = {"administrator"}, .valid_from = server.today}));
        TRY(org::fill_post(server, tx, {.post = post, .person = admin, .valid_from = server.today}));
        const PersonId clerk = TRY(org::add_person(server, tx, {.full_name = "Vũ Khánh Hòa"}));
        const PostId desk = TRY(org::add_post(server, tx,
                                              {.unit = agency,
                                               .title = "Văn thư kiêm Chánh Văn phòng",
                                               .roles = {"clerk", "chief_of_office", "leader"},
                                               .valid_from = server.today}));
        TRY(org::fill_post(server, tx, {.post = desk, .person = clerk, .valid_from = server.today}));
        const PersonId guest = TRY(org::add_person(server, tx, {.full_name = "Lê Văn Khách"}));
        const std::string hash = TRY(crypto::hash_password(password, crypto::PasswordCost::least()));
        TRY(accounts::create_with(server, tx, serving_->host.policy, admin, "quantri", hash));
        TRY(accounts::create_with(server, tx, serving_->host.policy, clerk, "vanthu", hash));
        TRY(accounts::create_with(server, tx, serving_->host.policy, guest, "khach", hash));
        return {};
    }
    struct Asked {
        int status = 0;
        std::string code;
        std::string message = {};
    };
    Asked ask(const http::Route& route, const std::string& login, const http::Headers& more,
              const std::string& query = "") {
        http::Request request;
        request.method = route.method;
        std::string target = route.pattern;
        for (std::size_t at = 0; (at = target.find('{')) != std::string::npos;)
            target.replace(at, target.find('}') - at + 1, "1");
        EXPECT_TRUE(http::read_target(target + query, "localhost", request)) << target;
        if (!login.empty())
            request.headers.add("Cookie", std::string(service::cookie_name) + "=" + sessions_[login].token);
        for (const http::Header& each : more) request.headers.add(each.name, each.value);
        const http::Response response = http::call(serving_->router, std::move(request));
        const auto* text = std::get_if<std::string>(&response.body);
        boost::system::error_code no_json;
        const boost::json::value json = boost::json::parse(text ? *text : "", no_json);
        const boost::json::value* code = no_json ? nullptr : json.find_pointer("/error/code", no_json);
        const boost::json::value* message = no_json ? nullptr : json.find_pointer("/error/message", no_json);
        return {response.status, code && code->is_string() ? std::string(code->as_string()) : "",
                message && message->is_string() ? std::string(message->as_string()) : ""};
    }
    void each_route(const std::function<void(const http::Route&, const std::string& what)>& visit) {
        int count = 0;
        for (const http::Route& route : serving_->router.routes()) {
            if (!route.pattern.starts_with("/api/")) continue;
            visit(route, std::string(http::to_string(route.method)) + " " + route.pattern);
            ++count;
        }
        EXPECT_GT(count, 80);
    }
    static bool changes(const http::Route& route) { return route.method != http::Method::get; }

    struct Session {
        std::string token, csrf;
    };
    static constexpr std::string_view password = "mật khẩu thử 1";
    std::map<std::string, Session> sessions_;
    std::unique_ptr<commands::Office> office_;
    std::unique_ptr<commands::Serving> serving_;

  private:
    TemporaryFolder folder_;
};

TEST_F(RouteTable, NobodyIsLetInButToTheDoor) {
    std::set<std::string> open;
    each_route([&](const http::Route& route, const std::string& what) {
        if (route.permission == "open") {
            open.insert(what);
        } else {
            const Asked asked = ask(route, "", {});
            EXPECT_EQ(asked.status, 401) << what;
            EXPECT_EQ(asked.code, "service.signed_out") << what;
        }
    });
    EXPECT_THAT(open, testing::ElementsAre("GET /api/health", "POST /api/session"));
}

TEST_F(RouteTable, AChangeNeedsTheTokenOfTheSession) {
    each_route([&](const http::Route& route, const std::string& what) {
        if (!changes(route) || route.permission == "open") return;
        for (const std::string& token : {std::string(), std::string("x"), sessions_["khach"].csrf}) {
            const Asked asked = ask(route, "quantri", {{"X-CSRF-Token", token}});
            EXPECT_EQ(asked.status, 403) << what;
            EXPECT_EQ(asked.code, "service.bad_csrf") << what;
        }
    });
}

TEST_F(RouteTable, APostThatChangesSomethingNeedsAKeyOfItsOwn) {
    std::set<std::string> without, reached;
    each_route([&](const http::Route& route, const std::string& what) {
        EXPECT_TRUE(route.method == http::Method::post || route.repeat_key == http::RepeatKey::none) << what;
        if (route.method != http::Method::post) return;
        if (route.repeat_key == http::RepeatKey::none) {
            without.insert(what);
            return;
        }
        for (const std::string& login : {std::string("quantri"), std::string("vanthu")}) {
            const Asked asked = ask(route, login, {{"X-CSRF-Token", sessions_[login].csrf}});
            if (asked.code == "service.may_not") continue;
            EXPECT_EQ(asked.status, 422) << what;
            EXPECT_EQ(asked.code, "service.key_required") << what;
            const Asked with_key =
                ask(route, login, {{"X-CSRF-Token", sessions_[login].csrf}, {"Idempotency-Key", "k"}});
            EXPECT_NE(with_key.code, "service.key_required") << what;
            reached.insert(what);
        }
        EXPECT_TRUE(reached.contains(what)) << what;
    });
    // Questions, signing in, and first passwords: they are told once, so no answer of theirs is kept to come again.
    EXPECT_THAT(without, testing::ElementsAre("POST /api/accounts", "POST /api/accounts/{account}/password-reset",
                                              "POST /api/registers/{register}/check", "POST /api/session"));
}

TEST_F(RouteTable, AnotherSitesPageChangesNothingEvenWithTheToken) {
    each_route([&](const http::Route& route, const std::string& what) {
        if (!changes(route)) return;
        const Asked asked =
            ask(route, "quantri", {{"X-CSRF-Token", sessions_["quantri"].csrf}, {"Sec-Fetch-Site", "cross-site"}});
        EXPECT_EQ(asked.status, 403) << what;
        EXPECT_EQ(asked.code, "http.cross_site") << what;
    });
}

TEST_F(RouteTable, WhoHoldsNoPostMayDoNothingThatNeedsAPermission) {
    each_route([&](const http::Route& route, const std::string& what) {
        if (route.permission == "open" || route.permission == "signed_in") return;
        const Asked asked = ask(route, "khach", {{"X-CSRF-Token", sessions_["khach"].csrf}});
        EXPECT_EQ(asked.status, 403) << what;
        EXPECT_EQ(asked.code, "service.may_not") << what;
    });
}

TEST_F(RouteTable, AQueryHoldsOnlyWhatItsRouteTakes) {
    int taking = 0;
    each_route([&](const http::Route& route, const std::string& what) {
        for (const std::string& login : {std::string("quantri"), std::string("vanthu")}) {
            const http::Headers more{{"X-CSRF-Token", sessions_[login].csrf}, {"Idempotency-Key", "query"}};
            const Asked asked = ask(route, login, more, "?stat=x");
            if (asked.code == "service.may_not" || route.pattern == "/api/health") continue;
            EXPECT_EQ(asked.status, 400) << what;
            EXPECT_THAT(asked.code, testing::AnyOf("service.unknown_query", "service.no_query")) << what;
            EXPECT_THAT(asked.message, testing::HasSubstr("“stat”")) << what;
            for (const http::QueryParameter& each : route.query) {
                EXPECT_THAT(asked.message, testing::HasSubstr(each.name)) << what;
                EXPECT_FALSE(each.description.empty()) << what;
                ++taking;
            }
        }
    });
    EXPECT_GT(taking, 40);
    // In the program's own description the parameters stand with their types.
    const auto api = service::openapi(serving_->router, serving_->routes.schemas());
    const auto names_of = [&](const char* path, const char* method) {
        std::set<std::string> names;
        for (const auto& each : api.at("paths").at(path).at(method).at("parameters").as_array()) {
            const boost::json::value* shared = each.as_object().if_contains("$ref");
            names.insert(std::string((shared ? *shared : each.at("name")).as_string()));
        }
        return names;
    };
    const std::string csrf = "#/components/parameters/csrf";
    EXPECT_THAT(names_of("/api/registers/{register}/records", "get"),
                testing::UnorderedElementsAre("register", "queue", "counter", "on", "filter", "q", "state", "order",
                                              "after", "limit", "fields", "#/components/parameters/language"));
    EXPECT_THAT(names_of("/api/files", "post"), testing::IsSupersetOf({"waiting", "Idempotency-Key", "X-File-Name"}));
    each_route([&](const http::Route& route, const std::string& what) {
        const auto names = names_of(route.pattern.c_str(), lower(http::to_string(route.method)).c_str());
        EXPECT_EQ(names.contains(csrf), changes(route) && route.permission != "open") << what;
    });
    EXPECT_EQ(api.at("components").at("parameters").at("csrf").at("name").as_string(), "X-CSRF-Token");
    EXPECT_TRUE(api.at("paths").at("/api/phrases").at("post").at("responses").as_object().contains("201"));
    EXPECT_TRUE(api.at("paths").at("/api/phrases/{phrase}").at("delete").at("responses").as_object().contains("204"));
}

TEST_F(RouteTable, EveryPermissionIsOneThatARoleCanGive) {
    const auto file = resources::find("rules/roles.json");
    ASSERT_TRUE(file);
    const std::string known(*file);
    each_route([&](const http::Route& route, const std::string& what) {
        if (route.permission == "open" || route.permission == "signed_in") return;
        EXPECT_THAT(known, testing::HasSubstr("\"" + route.permission + "\"")) << what;
    });
}

}  // namespace
}  // namespace congvu::test
