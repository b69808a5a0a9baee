#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/json.h"
#include "core/scope/scope.h"
#include "db/database.h"
#include "http/router.h"
#include "service/host.h"
#include "service/query.h"

/// What a route stands on: who asks, what was sent, one reader or one closure of the writer, one answer.
///
///     routes.get <Unit>           ("/api/units/{unit}", signed_in,          unit,   "A unit");
///     routes.post<NewUnit, Made>  ("/api/units",        may("administer"),  add,    "Add a unit");
///
/// The permission stands on the line; from this table come the server, OpenAPI and the web's types.
namespace service {

/// "open": nobody need be signed in; "signed_in": anyone who is; else a permission of rules/roles.json.
struct Permission {
    std::string_view code;
};
inline constexpr Permission open{"open"};
inline constexpr Permission signed_in{"signed_in"};
constexpr Permission may(std::string_view code) {
    return {code};
}

/// A question: it changes nothing and sees one snapshot.
struct Asking {
    const Scope& scope;
    db::Reader& reader;
    http::Request& request;

    template <class IdType>
    Result<IdType> id(std::string_view place) const {
        return request.id<IdType>(place);
    }
    std::string place(std::string_view name) const { return std::string(request.place(name)); }
    std::string query(std::string_view name) const { return std::string(request.query.value(name)); }
    /// A number of the query between bounds; `otherwise` when absent. Errors: invalid "service.bad_number".
    Result<std::int64_t> number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                std::int64_t most) const;
    /// A date of the query. Errors: invalid "base.bad_date".
    Result<std::optional<LocalDate>> date(std::string_view name) const;
};

/// A change: runs in the writer's closure and may run again.
struct Changing {
    const Scope& scope;
    db::Transaction& tx;
    const http::Request& request;
    /// Set before a conflict is returned: what stands there now, for the page that saw something older.
    boost::json::value current = nullptr;
    std::function<Result<void>(const Scope&, db::Transaction&)> trace = {};  ///< see if_refused

    template <class IdType>
    Result<IdType> id(std::string_view place) const {
        return request.id<IdType>(place);
    }
    std::string place(std::string_view name) const { return std::string(request.place(name)); }
    /// What is to be written, in a transaction of its own and before the answer, when this change is refused.
    void if_refused(std::function<Result<void>(const Scope&, db::Transaction&)> work) { trace = std::move(work); }
};

struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

/// Any JSON object as a body or an answer; its schema stands in the register's declaration.
using Object = boost::json::object;

class Routes {
  public:
    Routes(http::Router& router, Host& host) : router_(router), host_(host) {}

    template <class Answer>
    void get(std::string_view pattern, Permission permission, std::function<Result<Answer>(Asking&)> question,
             std::string_view summary) {
        add_question(pattern, permission, summary, answer_schema<Answer>(),
                     [question = std::move(question)](Asking& asking) -> Result<http::Response> {
                         if constexpr (std::is_same_v<Answer, http::Response>) {
                             return question(asking);
                         } else {
                             Answer answer = TRY(question(asking));
                             return http::json(encode(answer));
                         }
                     });
    }
    /// The same for an answer written as text by JsonWriter, of the shape of Answer.
    template <class Answer>
    void get_written(std::string_view pattern, Permission permission,
                     std::function<Result<std::string>(Asking&)> question, std::string_view summary) {
        add_question(pattern, permission, summary, answer_schema<Answer>(),
                     [question = std::move(question)](Asking& asking) -> Result<http::Response> {
                         return http::json_text(TRY(question(asking)));
                     });
    }
    /// A POST that changes something: it carries an Idempotency-Key.
    template <class Body, class Answer>
    void post(std::string_view pattern, Permission permission,
              std::function<Result<Answer>(Changing&, const Body&)> change, std::string_view summary,
              int status = 200) {
        add_change<Body, Answer>(http::Method::post, pattern, permission, std::move(change), summary, status);
    }
    /// A change of a record answered with the record as it stands once that is durable: read apart from the writer,
    /// which goes on meanwhile. Who may not see it afterwards gets its id alone. A repeated key reads it again.
    template <class Body>
    void post_record(std::string_view pattern, Permission permission,
                     std::function<Result<RecordId>(Changing&, const Body&)> change,
                     std::function<Result<Object>(Asking&, RecordId)> answer, std::string_view summary,
                     int status = 200) {
        add_record_change<Body>(http::Method::post, pattern, permission, std::move(change), std::move(answer), summary,
                                status);
    }
    template <class Body>
    void put_record(std::string_view pattern, Permission permission,
                    std::function<Result<RecordId>(Changing&, const Body&)> change,
                    std::function<Result<Object>(Asking&, RecordId)> answer, std::string_view summary) {
        add_record_change<Body>(http::Method::put, pattern, permission, std::move(change), std::move(answer), summary,
                                200);
    }
    template <class Body, class Answer>
    void put(std::string_view pattern, Permission permission,
             std::function<Result<Answer>(Changing&, const Body&)> change, std::string_view summary) {
        add_change<Body, Answer>(http::Method::put, pattern, permission, std::move(change), summary, 200);
    }
    template <class Answer>
    void del(std::string_view pattern, Permission permission,
             std::function<Result<Answer>(Changing&, const Nothing&)> change, std::string_view summary) {
        add_change<Nothing, Answer>(http::Method::del, pattern, permission, std::move(change), summary, 200);
    }
    /// A question with a body (a form being checked); it changes nothing and needs no key.
    template <class Body, class Answer>
    void ask(std::string_view pattern, Permission permission,
             std::function<Result<Answer>(Asking&, const Body&)> question, std::string_view summary) {
        add_question(
            pattern, permission, summary, answer_schema<Answer>(),
            [question = std::move(question)](Asking& asking) -> Result<http::Response> {
                const boost::json::value sent = TRY(parse_json(asking.request.body));
                const Body body = TRY(decode<Body>(sent));
                Answer answer = TRY(question(asking, body));
                return http::json(encode(answer));
            },
            http::Method::post, body_schema<Body>());
    }
    /// A handler of its own (sign-in, uploads, event streams): it gets the scope, or an empty one on an open route. One
    /// that asks for the key keeps its answer under it (Repeat).
    using Raw = std::function<void(const Scope&, http::Request&&, http::Responder)>;
    void raw(http::Method method, std::string_view pattern, Permission permission, Raw handler,
             std::string_view summary, http::BodyKind body = http::BodyKind::none, std::uint64_t limit = http::mebibyte,
             http::RepeatKey repeat_key = http::RepeatKey::none);

    /// What the answer of a line has the shape of, where its code puts it together by hand or writes it itself: for
    /// OpenAPI and the web's types. The web's tests hold every answer they meet against it.
    template <class Shape>
    void answers(http::Method method, std::string_view pattern) {
        router_.describe(method, pattern, {}, answer_schema<Shape>());
    }
    /// The status a line of its own answers with when all is well, where it is not 200.
    void gives(http::Method method, std::string_view pattern, int status) {
        if (http::Route* line = router_.line(method, pattern)) line->status = status;
    }
    /// What the query of a line may hold; whatever else stands there is refused with 400. A line of which nothing is
    /// said takes none. `others_say` tells in OpenAPI what `others` are.
    void asks(http::Method, std::string_view pattern, std::vector<query::Parameter> listed,
              std::string_view others_say = {}, query::Others others = {});
    /// Of a GET.
    void asks(std::string_view pattern, std::vector<query::Parameter> listed, std::string_view others_say = {},
              query::Others others = {}) {
        asks(http::Method::get, pattern, std::move(listed), others_say, std::move(others));
    }
    /// The same for a body.
    template <class Shape>
    void takes(http::Method method, std::string_view pattern) {
        router_.describe(method, pattern, body_schema<Shape>(), {});
    }

    Host& host() { return host_; }
    /// Every named schema of the table, for OpenAPI.
    const std::map<std::string, boost::json::object>& schemas() const { return schemas_; }

  private:
    using Question = std::function<Result<http::Response>(Asking&)>;
    using Change = std::function<Result<http::Response>(Changing&, const boost::json::value&)>;
    /// What the change answered, and what is read from it afterwards.
    using Later = std::function<Result<http::Response>(Asking&, const http::Response&)>;
    void add_question(std::string_view pattern, Permission, std::string_view summary, boost::json::object answer,
                      Question, http::Method method = http::Method::get, boost::json::object body = {});
    void add_writer(http::Method, std::string_view pattern, Permission, std::string_view summary,
                    boost::json::object body, boost::json::object answer,
                    std::function<Result<void>(const boost::json::value&)> check, Change, int status, Later later = {});
    /// The allowed query of a line that is being added.
    std::shared_ptr<query::Allowed> begin_query(http::Method, std::string_view pattern);
    static std::int64_t id_in(const http::Response&);

    template <class Body>
    void add_record_change(http::Method method, std::string_view pattern, Permission permission,
                           std::function<Result<RecordId>(Changing&, const Body&)> change,
                           std::function<Result<Object>(Asking&, RecordId)> answer, std::string_view summary,
                           int status) {
        add_writer(
            method, pattern, permission, summary, body_schema<Body>(), answer_schema<Object>(), check_body<Body>,
            [change = std::move(change), status](Changing& changing,
                                                 const boost::json::value& sent) -> Result<http::Response> {
                const Body body = TRY(read_body<Body>(sent));
                const RecordId record = TRY(change(changing, body));
                return http::json_text(std::to_string(record.value), status);
            },
            status,
            [answer = std::move(answer), status](Asking& asking, const http::Response& made) -> Result<http::Response> {
                const RecordId record{id_in(made)};
                Result<Object> read = answer(asking, record);
                if (!read && read.error().code != ErrorCode::not_found) return std::unexpected(read.error());
                return http::json(read ? *std::move(read) : Object{{"id", record.value}}, status);
            });
    }

    template <class Body, class Answer>
    void add_change(http::Method method, std::string_view pattern, Permission permission,
                    std::function<Result<Answer>(Changing&, const Body&)> change, std::string_view summary,
                    int status) {
        add_writer(
            method, pattern, permission, summary, body_schema<Body>(), answer_schema<Answer>(), check_body<Body>,
            [change = std::move(change), status](Changing& changing,
                                                 const boost::json::value& sent) -> Result<http::Response> {
                const Body body = TRY(read_body<Body>(sent));
                if constexpr (std::is_void_v<Answer>) {
                    TRY(change(changing, body));
                    return http::no_content();
                } else {
                    Answer answer = TRY(change(changing, body));
                    return http::json(encode(answer), status);
                }
            },
            std::is_void_v<Answer> ? 204 : status);
    }
    template <class Body>
    static Result<void> check_body(const boost::json::value& sent) {
        TRY(read_body<Body>(sent));
        return {};
    }
    template <class Body>
    static Result<Body> read_body(const boost::json::value& sent) {
        if constexpr (std::is_same_v<Body, Nothing>) {
            return Nothing{};
        } else {
            return decode<Body>(sent);
        }
    }
    template <class Body>
    boost::json::object body_schema() {
        if constexpr (std::is_same_v<Body, Nothing>) {
            return {};
        } else {
            collect_schemas<Body>(schemas_);
            return schema_reference<Body>();
        }
    }
    template <class Answer>
    boost::json::object answer_schema() {
        if constexpr (std::is_void_v<Answer> || std::is_same_v<Answer, http::Response>) {
            return {};
        } else {
            collect_schemas<Answer>(schemas_);
            return schema_reference<Answer>();
        }
    }

    http::Router& router_;
    Host& host_;
    std::map<std::string, boost::json::object> schemas_;
    std::map<std::string, std::shared_ptr<query::Allowed>, std::less<>> queries_;  ///< by method and pattern
};

}  // namespace service
