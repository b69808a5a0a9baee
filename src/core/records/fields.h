#pragma once
#include <map>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "core/expression/expression.h"
#include "core/registers/declaration.h"
#include "db/database.h"

/// What a field's value is in JSON, in its column, in an expression and on a page.
namespace records {

/// Values of a record's fields by code, as their columns hold them.
using Columns = std::map<std::string, db::Value, std::less<>>;

/// Reads a value sent for a field. Null and absent and "" become null; `required` is not looked at here.
/// Errors: invalid at the field: "records.too_long", "records.bad_number" …
Result<db::Value> to_column(db::Reader&, const registers::Field&, const boost::json::value&, LocalDate today);

/// The JSON of a column: texts, numbers as the API shows them (decimal and money as strings), lists.
boost::json::value to_json(const registers::Field&, const db::Value&);

expression::Value to_expression(const registers::Field&, const db::Value&);
/// What an expression gave, as the column of that field. Errors: invalid "records.wrong_type".
Result<db::Value> from_expression(const registers::Field&, const expression::Value&);

/// Shows values as people read them, looking names up once a page: what was done `at` a moment with the names of then,
/// else with today's. The title of a record the scope may not see is not shown.
class Shown {
  public:
    Shown(const Scope& scope, db::Reader& reader) : scope_(scope), reader_(reader) {}
    Result<std::string> text(const registers::Field&, const db::Value&, std::optional<Instant> at = {});
    Result<std::string> person(std::int64_t id, std::optional<Instant> at = {});
    Result<std::string> unit(std::int64_t id, std::optional<Instant> at = {});
    Result<std::string> post(std::int64_t id, std::optional<Instant> at = {});
    Result<std::string> choice(std::string_view list, std::string_view code);
    Result<std::string> record(std::int64_t id);

  private:
    Result<std::string> choice(const registers::Field&, const std::string& code);
    struct Called {
        Instant until;
        std::string name;
        std::int64_t unit = 0;  ///< a post's
    };
    struct Version {
        LocalDate from;
        std::string name;
        std::string short_name;
    };
    Result<std::string> look_up(std::string_view kind, std::int64_t id, const db::Sql& sql);
    Result<const Called*> called(SubjectId, std::optional<Instant> at);
    Result<const Version*> version(std::int64_t unit, std::optional<Instant> at);
    const Scope& scope_;
    db::Reader& reader_;
    std::map<std::pair<std::string, std::int64_t>, std::string> names_;
    std::map<SubjectId, std::vector<Called>> called_;
    std::map<std::int64_t, std::vector<Version>> versions_;
    std::map<std::pair<std::string, std::string>, std::string> choices_;
};

}  // namespace records
