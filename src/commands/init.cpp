#include <fmt/format.h>

#include "commands/commands.h"
#include "commands/making.h"
#include "core/accounts/accounts.h"
#include "core/org/org.h"
#include "core/scope/system_scope.h"

namespace commands {

namespace {

constexpr std::string_view help = R"(congvu init --data DIR --admin NAME [--database ADDRESS] [--agency NAME] [--json]
  Makes an empty office in DIR: its store, its keys, one agency and its administrator. Asks nothing; prints the first
  password once.
  --admin NAME        login of the administrator: small letters, digits, . _ -
  --database ADDRESS  postgresql://…; without it SQLite in DIR. Leave the password out of it where others can list
                      processes: PGPASSFILE or ~/.pgpass names it as for every program of PostgreSQL
  --agency NAME       name of the agency (Cơ quan))";

}  // namespace

int init(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "admin", "database", "agency"}, {"help", "json"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", help), 0;
    if (line->option("data").empty() || line->option("admin").empty() || !line->words().empty())
        return wrong_usage(words, help);

    std::string first_password;
    const auto furnish = [&](Office& office) -> Result<void> {
        const std::string agency_name = line->option("agency", "Cơ quan");
        const accounts::Policy policy;
        const auto created = TRY(office.database->write_now([&](db::Transaction& tx) -> Result<accounts::Created> {
            const Scope scope = system_scope(tx.now());
            const UnitId agency = TRY(org::add_unit(scope, tx,
                                                    {.kind = "ministry",
                                                     .name = agency_name,
                                                     .short_name = agency_name,
                                                     .abbreviation = "CQ",
                                                     .is_agency = true,
                                                     .valid_from = scope.today}));
            const PersonId person = TRY(org::add_person(scope, tx, {.full_name = "Quản trị viên"}));
            const PostId post = TRY(org::add_post(
                scope, tx,
                {.unit = agency, .title = "Quản trị hệ thống", .roles = {"administrator"}, .valid_from = scope.today}));
            TRY(org::fill_post(scope, tx, {.post = post, .person = person, .valid_from = scope.today}));
            return accounts::create(scope, tx, policy, person, line->option("admin"));
        }));
        first_password = created.first_password;
        return {};
    };
    const auto made = [&]() -> Result<void> {
        TRY(accounts::plain_login(line->option("admin")));
        TRY(make_office({.data = line->option("data"),
                         .database = line->option("database"),
                         .on_cleared = [&] { say_cleared(*line); }},
                        furnish));
        return {};
    }();
    if (!made) return failed(words, made.error());
    const std::string data = line->option("data"), admin = line->option("admin");
    return done(*line,
                fmt::format("Đã tạo cơ quan mới trong {}\nTài khoản quản trị: {}\nMật khẩu lần đầu (chỉ hiện một lần): "
                            "{}\nTiếp theo: congvu serve --data {}",
                            data, admin, first_password, data),
                {{"data", data}, {"admin", admin}, {"first_password", first_password}});
}

}  // namespace commands
