#pragma once
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "http/responder.h"

namespace http {

/// none: a body is refused; small: in memory; file: streamed to the spool folder.
enum class BodyKind { none, small, file };

constexpr std::uint64_t mebibyte = 1024 * 1024;

/// required: the request carries an Idempotency-Key, so that repeated it does nothing twice.
enum class RepeatKey { none, required };

/// What may stand in the query of a route; opaque here.
struct QueryParameter {
    std::string name;
    std::string description;
    boost::json::object schema;
};

/// A line of the table of routes.
struct Route {
    Method method = Method::get;
    std::string pattern;          ///< "/api/records/{record}/files/{file}"
    std::string permission = {};  ///< opaque here; service reads it
    std::string summary = {};     ///< a sentence for OpenAPI
    Handler handler = {};
    BodyKind body = BodyKind::none;
    std::uint64_t limit = mebibyte;  ///< bytes of the body
    RepeatKey repeat_key = RepeatKey::none;
    boost::json::object request = {};  ///< schema of the body, opaque here
    boost::json::object answer = {};   ///< schema of the answer, opaque here
    std::vector<QueryParameter> query = {};
    std::string other_query = {};  ///< what else may stand in the query, in words; empty: nothing
    int status = 200;              ///< of the answer when all is well
};

class Router {
  public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// Adds a route. A static segment wins over a {parameter}. A pattern that stands twice, or names a parameter
    /// twice, is a fault that Server::create reports.
    void add(Route);
    /// What GET and HEAD of any path not under `except` ("/api") give when no route fits: the pages.
    void fallback(Handler, std::string except = "/api");

    /// Says what the body and the answer of a line are like, where its code puts them together by hand: schemas, empty
    /// to leave what stands there. A line that is not in the table is a fault, as above.
    void describe(Method, std::string_view pattern, boost::json::object request, boost::json::object answer);
    /// The line to say more of; null, and a fault as above, when it is not there.
    Route* line(Method, std::string_view pattern);

    const std::deque<Route>& routes() const { return routes_; }
    /// "" or what is wrong with the table, for the log.
    const std::string& fault() const { return fault_; }

    /// What a path leads to.
    struct Match {
        const Route* route = nullptr;  ///< null: see the rest
        bool is_fallback = false;
        std::string allow;  ///< methods of the path when it has some, else "": 405 or 404
    };
    /// Finds the route and fills request.places. HEAD goes where GET goes.
    Match match(Request&) const;
    /// The route of the fallback, null when none.
    const Route* fallback_route() const { return fallback_.get(); }

  private:
    struct Node;
    std::deque<Route> routes_;
    std::unique_ptr<Node> root_;
    std::unique_ptr<Route> fallback_;
    std::string except_;
    std::string fault_;
};

/// Routes and handles a request in this process without a socket, waits for the answer: for tests.
Response call(const Router&, Request);

}  // namespace http
