#pragma once
#include <atomic>
#include <fstream>
#include <gmock/gmock.h>
#include <map>
#include <memory>
#include <string>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/json.h"
#include "core/accounts/accounts.h"
#include "core/calendar/calendar.h"
#include "core/files/vault.h"
#include "core/org/org.h"
#include "core/records/records.h"
#include "core/scope/system_scope.h"
#include "http/router.h"
#include "service/host.h"
#include "service/routes.h"
#include "tests/support/databases.h"

// An office with its people, and requests made by them through the routes of modules, without a socket. Header only:
// the test that includes it links what it needs.
namespace congvu::test {

/// An answer as a browser sees it.
struct Answer {
    int status = 0;
    http::Headers headers;
    std::string text;
    boost::json::value json;

    /// What stands at a JSON pointer ("/items/0/title"); null when there is nothing.
    boost::json::value at(std::string_view pointer) const {
        boost::system::error_code error;
        const boost::json::value* found = json.find_pointer(pointer, error);
        return found ? *found : boost::json::value();
    }
    std::string string(std::string_view pointer) const {
        const boost::json::value found = at(pointer);
        return found.is_string() ? std::string(found.as_string()) : "";
    }
    std::int64_t number(std::string_view pointer) const {
        const boost::json::value found = at(pointer);
        return found.is_int64() ? found.as_int64() : 0;
    }
    std::size_t size(std::string_view pointer = "") const {
        const boost::json::value found = at(pointer);
        return found.is_array() ? found.as_array().size() : 0;
    }
    /// The code of a refusal, "" for a success.
    std::string refused() const { return string("/error/code"); }
};

/// So that a failed expectation shows what was answered.
inline void PrintTo(const Answer& answer, std::ostream* out) {
    *out << answer.status << " " << answer.text.substr(0, 600);
}

MATCHER_P(Status, status, "answers " + std::to_string(status)) {
    return arg.status == status;
}
MATCHER_P2(Refused, status, code, "refuses with " + std::to_string(status) + " " + std::string(code)) {
    return arg.status == status && arg.refused() == code;
}

/// Somebody signed in, asking.
class Client {
  public:
    Client(const http::Router& router, std::string token, std::string csrf)
        : router_(router), token_(std::move(token)), csrf_(std::move(csrf)) {}

    Answer get(std::string_view target) const { return ask(http::Method::get, target, {}); }
    Answer post(std::string_view target, boost::json::value body = {}, std::string_view key = {}) const {
        return ask(http::Method::post, target, body, key);
    }
    Answer put(std::string_view target, boost::json::value body = {}) const {
        return ask(http::Method::put, target, body);
    }
    Answer del(std::string_view target) const { return ask(http::Method::del, target, {}); }
    /// The same without the key of a POST.
    Client without_key() const {
        Client other = *this;
        other.has_key_ = false;
        return other;
    }
    /// The same without the token of the session, as another site's page would send it.
    Client without_csrf() const { return {router_, token_, ""}; }
    /// From a page that was drawn for this "account:post".
    Client drawn_for(AccountId account, PostId post) const {
        Client other = *this;
        other.drawn_for_ = fmt::format("{}:{}", account.value, post.value);
        return other;
    }
    Client in_english() const {
        Client other = *this;
        other.language_ = "en";
        return other;
    }

  private:
    Answer ask(http::Method method, std::string_view target, const boost::json::value& body,
               std::string_view key = {}) const {
        http::Request request;
        request.method = method;
        std::string asked(target);
        if (!language_.empty())
            asked += (asked.find('?') == std::string::npos ? "?language=" : "&language=") + language_;
        const auto read = http::read_target(asked, "localhost", request);
        EXPECT_TRUE(read) << target;
        if (!token_.empty()) request.headers.add("Cookie", std::string(service::cookie_name) + "=" + token_);
        if (method != http::Method::get) request.headers.add("X-CSRF-Token", csrf_);
        if (!key.empty())
            request.headers.add("Idempotency-Key", key);
        else if (method == http::Method::post && has_key_)
            request.headers.add("Idempotency-Key", "test-" + std::to_string(++keys()));
        if (!drawn_for_.empty()) request.headers.add("X-Acting-As", drawn_for_);
        if (!language_.empty()) request.headers.add("Accept-Language", language_);
        if (!body.is_null()) request.body = boost::json::serialize(body);
        request.peer = "10.0.0.7";
        // Whoever reads api/openapi.json is told the status beforehand.
        const http::Route* route = router_.match(request).route;
        const Answer answer = read_answer(http::call(router_, std::move(request)));
        if (route && answer.status < 300 && answer.status != 206) {
            EXPECT_EQ(answer.status, route->status) << target;
        }
        return answer;
    }
    static std::atomic<int>& keys() {
        static std::atomic<int> given = 0;
        return given;
    }
    static Answer read_answer(const http::Response& response) {
        Answer answer{response.status, response.headers, {}, {}};
        if (const auto* text = std::get_if<std::string>(&response.body)) answer.text = *text;
        if (const auto* bytes = std::get_if<http::StaticBytes>(&response.body)) answer.text = bytes->bytes;
        if (const auto* pulled = std::get_if<http::Pulled>(&response.body))
            for (auto piece = pulled->next(); piece && !piece->empty(); piece = pulled->next()) answer.text += *piece;
        boost::system::error_code no_json;
        answer.json = boost::json::parse(answer.text, no_json);
        if (no_json) answer.json = nullptr;
        return answer;
    }

    const http::Router& router_;
    std::string token_;
    std::string csrf_;
    std::string language_;
    std::string drawn_for_;
    bool has_key_ = true;
};

/// Where somebody sits.
struct Desk {
    PersonId person;
    PostId post;
    UnitId unit;
    AgencyId agency;
    AccountId account;
    std::string full_name;
};

/// Bộ Mẫu (the agency "ministry") with Văn phòng Bộ ("office"), Vụ Kế hoạch ("planning") and Cục Hạ tầng ("roads",
/// which has a clerk of its own); under it a second agency, Tổng cục Mẫu ("directorate"), with its Văn phòng
/// ("directorate_office"). Everyone signs in by the name given here, on 2026-08-25 at 10:30.
class OfficeTest : public DatabaseTest {
  protected:
    /// The routes under test.
    virtual void add_routes(service::Routes&) = 0;
    /// Whether the shipped registers and choices are published.
    virtual bool needs_registers() const { return false; }

    void SetUp() override {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        host_ = std::make_unique<service::Host>(db(), clock());
        host_->policy.cost = crypto::PasswordCost::least();
        ASSERT_NO_FATAL_FAILURE(prepare());
        ASSERT_NO_FATAL_FAILURE(furnish());
        routes_ = std::make_unique<service::Routes>(router_, *host_);
        add_routes(*routes_);
        ASSERT_EQ(router_.fault(), "");
    }
    void TearDown() override {
        clients_.clear();
        host_.reset();
        DatabaseTest::TearDown();
    }

    service::Host& host() { return *host_; }
    const http::Router& router() const { return router_; }
    records::Engine& engine() { return engine_; }
    UnitId unit(std::string_view name) const { return units_.at(std::string(name)); }
    const Desk& desk(std::string_view login) const { return desks_.at(std::string(login)); }

    /// Somebody of the office; signed in when first asked for.
    Client as(const std::string& login) { return as(login, password); }
    Client as(const std::string& login, std::string_view its_password) {
        auto& known = clients_[login];
        if (!known) {
            const auto signed_in =
                accounts::sign_in(db(), host_->policy, login, its_password, "10.0.0.7", "test", clock().now());
            EXPECT_TRUE(signed_in) << login << ": " << told(signed_in);
            if (!signed_in) return {router_, "", ""};
            known = std::make_unique<Client>(router_, signed_in->token, signed_in->session.csrf);
        }
        return *known;
    }
    /// Signs in anew the next time.
    void forget(const std::string& login) { clients_.erase(login); }
    Client nobody() const { return {router_, "", ""}; }

    /// The scope of somebody, for calling core directly.
    Scope scope_of(std::string_view login) {
        const auto reader = db().read();
        Scope scope = org::scope_of(**reader, desk(login).person, desk(login).post, clock().now()).value();
        scope.account = desk(login).account;
        return scope;
    }
    template <class F>
    auto write(const Scope& scope, F change) {
        return db().write_now([&](db::Transaction& tx) { return change(scope, tx); });
    }
    template <class F>
    auto write(F change) {
        return write(system_scope(clock().now()), std::move(change));
    }
    template <class F>
    auto read(F question) {
        const auto reader = db().read();
        return question(**reader);
    }
    /// How many journal entries of that action there are.
    std::int64_t journalled(std::string_view action) {
        constexpr db::Sql counted{"test.journalled", "select count(*) from journal_entry where action = ?1"};
        const auto reader = db().read();
        return (*reader)->row(counted, action).value()->integer(0);
    }
    void later(std::chrono::milliseconds by) { clock().set(clock().now() + by); }

    /// One more post in a unit, with an account whose login is `login`; the name may be anything.
    void add_desk(const std::string& login, UnitId where, std::string_view title, std::vector<std::string> roles,
                  std::string_view full_name) {
        static const std::string hash = crypto::hash_password(password, crypto::PasswordCost::least()).value();
        const auto made = write([&](const Scope& scope, db::Transaction& tx) -> Result<Desk> {
            Desk made_desk;
            made_desk.full_name = full_name;
            made_desk.unit = where;
            made_desk.person = TRY(org::add_person(scope, tx, {.full_name = std::string(full_name)}));
            made_desk.post = TRY(org::add_post(
                scope, tx, {.unit = where, .title = std::string(title), .roles = roles, .valid_from = began}));
            TRY(org::fill_post(scope, tx, {.post = made_desk.post, .person = made_desk.person, .valid_from = began}));
            made_desk.account = TRY(accounts::create_with(scope, tx, host_->policy, made_desk.person, login, hash));
            made_desk.agency = TRY(org::Tree::load(tx, scope.today))->find(where)->agency;
            return made_desk;
        });
        ASSERT_TRUE(made) << login << ": " << told(made);
        desks_[login] = *made;
    }
    UnitId add_unit(const std::string& code, std::string_view kind, std::string_view name,
                    std::string_view abbreviation, std::optional<UnitId> parent, bool is_agency = false) {
        const auto made = write([&](const Scope& scope, db::Transaction& tx) {
            return org::add_unit(scope, tx,
                                 {.parent = parent,
                                  .kind = std::string(kind),
                                  .name = std::string(name),
                                  .short_name = std::string(name),
                                  .abbreviation = std::string(abbreviation),
                                  .is_agency = is_agency,
                                  .valid_from = began});
        });
        EXPECT_TRUE(made) << told(made);
        return units_[code] = made.value_or(UnitId{});
    }

    static constexpr std::string_view password = "mật khẩu thử 1";
    const LocalDate began = LocalDate::of(2020, 1, 1);

  private:
    void prepare() {
        const auto roles = org::load_roles(db());
        ASSERT_TRUE(roles) << told(roles);
        const auto days = calendar::load_shipped(db());
        ASSERT_TRUE(days) << told(days);
        if (needs_registers()) {
            const auto choices = registers::load_choices(db());
            ASSERT_TRUE(choices) << told(choices);
            const auto published = registers::publish_shipped(db());
            ASSERT_TRUE(published) << told(published);
        }
        const auto reader = db().read();
        const auto loaded = engine_.catalogue.load(**reader);
        ASSERT_TRUE(loaded) << told(loaded);
        engine_.set_calendar(calendar::Calendar::load(**reader).value());
    }
    void furnish() {
        const UnitId ministry = add_unit("ministry", "ministry", "Bộ Mẫu", "BM", {}, true);
        const UnitId office = add_unit("office", "office", "Văn phòng Bộ", "VP", ministry);
        const UnitId planning = add_unit("planning", "department", "Vụ Kế hoạch", "KH", ministry);
        const UnitId roads = add_unit("roads", "department", "Cục Hạ tầng", "HT", ministry);
        const UnitId directorate = add_unit("directorate", "directorate", "Tổng cục Mẫu", "TCM", ministry, true);
        const UnitId second = add_unit("directorate_office", "office", "Văn phòng Tổng cục", "VPTC", directorate);
        add_desk("leader", ministry, "Bộ trưởng", {"leader"}, "Trần Quốc Bình");
        add_desk("deputy", ministry, "Thứ trưởng", {"leader"}, "Lê Minh Châu");
        add_desk("chief", office, "Chánh Văn phòng", {"chief_of_office"}, "Nguyễn Thị Dung");
        add_desk("clerk", office, "Văn thư Bộ", {"clerk"}, "Phạm Thu Giang");
        add_desk("secretary", office, "Thư ký Bộ trưởng", {"secretary"}, "Đỗ Hải Hà");
        add_desk("legal", office, "Chuyên viên pháp chế", {"legal", "handler"}, "Vũ Khánh Hòa");
        add_desk("admin", office, "Quản trị hệ thống", {"administrator"}, "Hoàng Gia Khiêm");
        add_desk("second_admin", office, "Quản trị dự phòng", {"administrator"}, "Ngô Phương Linh");
        add_desk("auditor", office, "Kiểm toán nội bộ", {"auditor"}, "Bùi Thanh Mai");
        add_desk("head", planning, "Vụ trưởng Vụ Kế hoạch", {"head_of_section"}, "Đặng Văn Nam");
        add_desk("handler", planning, "Chuyên viên Vụ Kế hoạch", {"handler"}, "Lý Gia Phúc");
        add_desk("roads_head", roads, "Cục trưởng Cục Hạ tầng", {"head_of_section"}, "Mai Đức Quang");
        add_desk("roads_clerk", roads, "Văn thư Cục Hạ tầng", {"unit_clerk"}, "Trịnh Thị Sen");
        add_desk("roads_handler", roads, "Chuyên viên Cục Hạ tầng", {"handler"}, "Tạ Quang Thái");
        add_desk("other_leader", directorate, "Tổng cục trưởng", {"leader"}, "Cao Xuân Uy");
        add_desk("other_clerk", second, "Văn thư Tổng cục", {"clerk"}, "Hồ Ngọc Vân");
        add_desk("other_handler", second, "Chuyên viên Tổng cục", {"handler"}, "Phan Thị Xuân");
        add_desk("other_admin", second, "Quản trị Tổng cục", {"administrator"}, "Dương Như Ý");
    }

    std::unique_ptr<service::Host> host_;
    records::Engine engine_;
    http::Router router_;
    std::unique_ptr<service::Routes> routes_;
    std::map<std::string, UnitId> units_;
    std::map<std::string, Desk> desks_;
    std::map<std::string, std::unique_ptr<Client>> clients_;
};

}  // namespace congvu::test
