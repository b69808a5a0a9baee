#include <unistd.h>

#include <fmt/format.h>

#include "base/text.h"
#include "commands/attending.h"
#include "commands/commands.h"
#include "commands/office.h"
#include "commands/server.h"
#include "core/accounts/accounts.h"
#include "core/registers/samples.h"
#include "core/scope/system_scope.h"
#include "service/openapi.h"

namespace commands {

namespace {

constexpr std::string_view register_help = R"(congvu register check DIR [--json]
  Reads DIR/register.yaml, samples.yaml and README.md and names every fault with its line.
congvu register add DIR --data DIR [--json]
  Publishes the register in an office as its next version. A server of that office takes it within seconds.)";
constexpr std::string_view migrate_help =
    "congvu migrate --data DIR [--json]\n  Brings the store up to this version; serve does the same at its start.";
constexpr std::string_view user_help =
    "congvu user reset LOGIN --data DIR [--json]\n  Gives the account a new first password and ends its sessions.";

constexpr std::string_view openapi_help = "congvu openapi\n  Prints the API as OpenAPI 3.1, in JSON.";

constexpr db::Sql account_of_login{"commands.account_of_login", R"(select id from account where login = ?1)"};

Result<int> add_register(const Line& line, const std::string& folder) {
    const auto office = TRY(open_office(line.option("data"), Opening::existing));
    const auto published = TRY(::registers::add_folder(*office->database, folder, records::place_again));
    std::vector<std::string> lines{published.registers > 0 ? "Đã công bố phiên bản mới." : "Không có gì thay đổi."};
    lines.insert(lines.end(), published.says.begin(), published.says.end());
    return done(line, join(lines, "\n"),
                {{"published", published.registers}, {"says", boost::json::value_from(published.says)}});
}

}  // namespace

int registers(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data"}, {"help", "json"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", register_help), 0;
    if (line->words().size() != 2) return wrong_usage(words, register_help);
    const std::string& folder = line->words()[1];
    if (line->words()[0] == "add" && !line->option("data").empty()) {
        const auto added = add_register(*line, folder);
        return added ? *added : failed(words, added.error());
    }
    if (line->words()[0] != "check") return wrong_usage(words, register_help);
    const auto checked = ::registers::check_folder(folder);
    if (!checked) return failed(words, checked.error());
    return done(*line, join(*checked, "\n"), {{"says", boost::json::value_from(*checked)}});
}

int openapi(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {}, {"help"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", openapi_help), 0;
    if (!line->words().empty()) return wrong_usage(words, openapi_help);
    // The table of routes stands on an open office: one is made for the moment and thrown away.
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("congvu-openapi-{}", ::getpid());
    const auto printed = [&]() -> Result<void> {
        const auto office = TRY(open_office(folder, Opening::fresh));
        Serving serving(*office);
        add_routes(serving);
        const auto description = service::openapi(serving.router, serving.routes.schemas());
        say(stdout, "{}\n", boost::json::serialize(description));
        return {};
    }();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return printed ? 0 : failed(words, printed.error());
}

int migrate(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data"}, {"help", "json"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", migrate_help), 0;
    if (line->option("data").empty() || !line->words().empty()) return wrong_usage(words, migrate_help);
    const auto office = open_office(line->option("data"), Opening::existing);
    if (!office) return failed(words, office.error());
    return done(*line, fmt::format("Dữ liệu đã đúng phiên bản {}.", CONGVU_VERSION), {{"version", CONGVU_VERSION}});
}

int user(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data"}, {"help", "json"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", user_help), 0;
    if (line->words().size() != 2 || line->words()[0] != "reset" || line->option("data").empty())
        return wrong_usage(words, user_help);
    const auto reset = [&]() -> Result<std::string> {
        const auto office = TRY(open_office(line->option("data"), Opening::existing));
        const auto password = TRY(accounts::first_password({}));
        TRY(office->database->write_now([&](db::Transaction& tx) -> Result<void> {
            const auto row = TRY(tx.row(account_of_login, line->words()[1]));
            if (!row) return fail(ErrorCode::not_found, "accounts.no_account");
            return accounts::reset_password(system_scope(tx.now()), tx, password, row->id<struct AccountNoun>(0));
        }));
        tell_server(office->data);
        return password.text;
    }();
    if (!reset) return failed(words, reset.error());
    return done(*line, "Mật khẩu lần đầu mới (chỉ hiện một lần): " + *reset,
                {{"login", line->words()[1]}, {"first_password", *reset}});
}

}  // namespace commands
