#include "http/router.h"

#include <algorithm>
#include <array>
#include <future>

#include "base/text.h"

namespace http {

namespace {
constexpr std::size_t method_count = 7;

/// Takes the first segment off "/a/b".
std::string_view next_segment(std::string_view& rest) {
    rest.remove_prefix(1);
    const std::string_view segment = rest.substr(0, std::min(rest.find('/'), rest.size()));
    rest.remove_prefix(segment.size());
    return segment;
}
}  // namespace

struct Router::Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> words;  // sorted
    std::unique_ptr<Node> any;
    std::array<const Route*, method_count> routes{};

    Node& child(std::string_view word) {
        const auto at =
            std::ranges::lower_bound(words, word, {}, [](const auto& entry) { return std::string_view(entry.first); });
        if (at != words.end() && at->first == word) return *at->second;
        return *words.emplace(at, std::string(word), std::make_unique<Node>())->second;
    }
    const Node* find(std::string_view word) const {
        const auto at =
            std::ranges::lower_bound(words, word, {}, [](const auto& entry) { return std::string_view(entry.first); });
        return at != words.end() && at->first == word ? at->second.get() : nullptr;
    }
    bool has_routes() const {
        return std::ranges::any_of(routes, [](const Route* route) { return route != nullptr; });
    }
    const Route* serving(Method method) const {
        const Route* route = routes[static_cast<std::size_t>(method)];
        if (!route && method == Method::head) route = routes[static_cast<std::size_t>(Method::get)];
        return route;
    }
    /// The node the path leads to, one that serves the method if there is any; `values` are the parameters on the way.
    const Node* walk(std::string_view rest, Method method, std::vector<std::string_view>& values) const {
        if (rest.empty() || rest == "/") return has_routes() ? this : nullptr;
        const std::string_view segment = next_segment(rest);
        const Node* found = nullptr;
        const std::size_t depth = values.size();
        if (const Node* word = find(segment)) {
            found = word->walk(rest, method, values);
            if (found && found->serving(method)) return found;
        }
        if (any) {
            std::vector<std::string_view> tried(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(depth));
            tried.push_back(segment);
            const Node* other = any->walk(rest, method, tried);
            if (other && (!found || other->serving(method))) {
                values = std::move(tried);
                return other;
            }
        }
        return found;
    }
};

namespace {
/// The names of a pattern's parameters in their order.
std::vector<std::string_view> names_of(std::string_view pattern) {
    std::vector<std::string_view> names;
    for (std::string_view rest = pattern; !rest.empty() && rest != "/";) {
        const std::string_view segment = next_segment(rest);
        if (segment.starts_with('{')) names.push_back(segment.substr(1, segment.size() - 2));
    }
    return names;
}

std::string fault_of(const Route& route) {
    if (!route.pattern.starts_with('/')) return "pattern must begin with /: " + route.pattern;
    if (!route.handler) return "no handler: " + route.pattern;
    for (std::string_view rest = route.pattern; !rest.empty() && rest != "/";) {
        const std::string_view segment = next_segment(rest);
        const bool is_parameter = segment.starts_with('{') && segment.ends_with('}') && segment.size() > 2;
        if (segment.empty() || (!is_parameter && segment.find_first_of("{}") != std::string_view::npos))
            return "bad segment: " + route.pattern;
    }
    std::vector<std::string_view> names = names_of(route.pattern);
    std::ranges::sort(names);
    if (std::ranges::adjacent_find(names) != names.end()) return "a parameter stands twice: " + route.pattern;
    return {};
}
}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route) {
    std::string fault = fault_of(route);
    const Route& kept = routes_.emplace_back(std::move(route));
    if (fault.empty()) {
        Node* node = root_.get();
        for (std::string_view rest = kept.pattern; !rest.empty() && rest != "/";) {
            const std::string_view segment = next_segment(rest);
            if (!segment.starts_with('{')) {
                node = &node->child(segment);
                continue;
            }
            if (!node->any) node->any = std::make_unique<Node>();
            node = node->any.get();
        }
        const Route*& place = node->routes[static_cast<std::size_t>(kept.method)];
        if (place)
            fault = "stands twice: " + std::string(to_string(kept.method)) + " " + kept.pattern;
        else
            place = &kept;
    }
    if (fault_.empty()) fault_ = fault;
}

Route* Router::line(Method method, std::string_view pattern) {
    const auto found = std::ranges::find_if(
        routes_, [&](const Route& each) { return each.method == method && each.pattern == pattern; });
    if (found != routes_.end()) return &*found;
    if (fault_.empty())
        fault_ = "is described and not there: " + std::string(to_string(method)) + " " + std::string(pattern);
    return nullptr;
}

void Router::describe(Method method, std::string_view pattern, boost::json::object request,
                      boost::json::object answer) {
    Route* described = line(method, pattern);
    if (!described) return;
    if (!request.empty()) described->request = std::move(request);
    if (!answer.empty()) described->answer = std::move(answer);
}

void Router::fallback(Handler handler, std::string except) {
    fallback_ = std::make_unique<Route>(Route{.pattern = "/", .summary = "pages", .handler = std::move(handler)});
    except_ = std::move(except);
}

Router::Match Router::match(Request& request) const {
    Match match;
    std::vector<std::string_view> values;
    const Node* node = root_->walk(request.path, request.method, values);
    if (node) match.route = node->serving(request.method);
    if (match.route) {
        if (values.empty()) return match;
        const std::vector<std::string_view> names = names_of(match.route->pattern);
        for (std::size_t i = 0; i < values.size(); ++i) request.places.emplace_back(names[i], std::string(values[i]));
        return match;
    }
    const bool is_excepted = !except_.empty() && (request.path == except_ || request.path.starts_with(except_ + "/"));
    const bool reads = request.method == Method::get || request.method == Method::head;
    if (!node && fallback_ && !is_excepted) {
        if (reads) {
            match.route = fallback_.get();
            match.is_fallback = true;
        } else {
            match.allow = "GET, HEAD";
        }
        return match;
    }
    if (!node) return match;
    std::vector<std::string> allowed;
    for (std::size_t i = 0; i < method_count; ++i)
        if (node->serving(static_cast<Method>(i))) allowed.emplace_back(to_string(static_cast<Method>(i)));
    match.allow = join(allowed, ", ");
    return match;
}

namespace {
class InProcess final : public Waiting {
  public:
    InProcess(std::promise<Result<Response>> promise, Language language)
        : promise_(std::move(promise)), language_(language) {}
    void answer(std::unique_ptr<Waiting>, Result<Response> response) override {
        promise_.set_value(std::move(response));
    }
    Language language() const override { return language_; }

  private:
    std::promise<Result<Response>> promise_;
    Language language_;
};
}  // namespace

Response call(const Router& router, Request request) {
    const Language language = request.language();
    const Router::Match match = router.match(request);
    if (!match.route) {
        if (match.allow.empty()) return failure(Error{ErrorCode::not_found, "http.no_route"}, language);
        return failure(405, Error{ErrorCode::invalid, "http.bad_method", {}, {{"allowed", match.allow}}}, language)
            .with("Allow", match.allow);
    }
    std::promise<Result<Response>> promise;
    std::future<Result<Response>> answer = promise.get_future();
    match.route->handler(std::move(request), Responder(std::make_unique<InProcess>(std::move(promise), language)));
    Result<Response> response = answer.get();
    return response ? std::move(*response) : failure(response.error(), language);
}

}  // namespace http
