#pragma once
#include "core/files/vault.h"
#include "modules/documents/documents.h"
#include "modules/inbox/inbox.h"
#include "modules/organisation/right_changes.h"
#include "modules/registry/registry.h"
#include "modules/searching/searching.h"
#include "modules/session/session.h"
#include "tests/support/office.h"

namespace congvu::test {

/// An office with the shipped registers and the routes that work on records: what the scenarios stand on.
class WholeOfficeTest : public OfficeTest {
  protected:
    bool needs_registers() const override { return true; }
    void add_routes(service::Routes& routes) override {
        auto opened = files::Vault::open(temporary_folder() / "data", db());
        ASSERT_TRUE(opened) << told(opened);
        vault_ = std::move(*opened);
        documents::handlers(engine());
        session::routes(routes);
        inbox::routes(routes, engine(), organisation::changes_to_decide);
        registry::routes(routes, engine());
        documents::routes(routes, engine());
        searching::routes(routes, engine(), *vault_);
    }
    void TearDown() override {
        vault_.reset();
        OfficeTest::TearDown();
    }
    /// The address of an answered record, with what follows it.
    static std::string at(const Answer& record, std::string_view rest = "") {
        return "/api/records/" + std::to_string(record.number("/id")) + std::string(rest);
    }
    /// A record made, or acted on as it was answered last.
    Answer make(const std::string& who, const std::string& code, boost::json::object values) {
        return as(who).post("/api/registers/" + code + "/records", {{"values", std::move(values)}});
    }
    Answer act(const std::string& who, const Answer& record, std::string_view action, boost::json::object values = {},
               boost::json::object arguments = {}) {
        return as(who).post(at(record, "/actions/" + std::string(action)), {{"version", record.number("/version")},
                                                                            {"values", std::move(values)},
                                                                            {"arguments", std::move(arguments)}});
    }
    /// A post as requests name it.
    boost::json::object post_of(std::string_view login) const {
        return {{"kind", "post"}, {"id", desk(login).post.value}};
    }
    std::unique_ptr<files::Vault> vault_;
};

}  // namespace congvu::test
