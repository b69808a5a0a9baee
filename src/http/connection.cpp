#include "http/connection.h"

#include <algorithm>

#include "base/log.h"
#include "http/events.h"

namespace http {

namespace {
constexpr std::int64_t draining_time = 2'000;
constexpr std::uint64_t draining_bytes = 4 * 1024 * 1024;
constexpr std::size_t head_read = 8 * 1024;
constexpr std::size_t body_read = 64 * 1024;
constexpr std::size_t spool_block = 256 * 1024;
constexpr std::size_t sealed_at_once = 64 * 1024;
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
}  // namespace

std::int64_t steady_milliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void Inbox::consume(std::size_t count) {
    begin_ += count;
    if (begin_ == bytes_.size()) {
        bytes_.clear();
        begin_ = 0;
        if (bytes_.capacity() > 2 * head_read) bytes_.shrink_to_fit();
    } else if (begin_ > body_read) {
        bytes_.erase(0, begin_);
        begin_ = 0;
    }
}

Connection::Connection(Loop& loop, std::string peer, std::unique_ptr<TlsFilter> tls)
    : loop_(loop), peer_(std::move(peer)), tls_(std::move(tls)) {}

Connection::~Connection() = default;

void Connection::begin() {
    set_state(State::idle, steady_milliseconds() + loop_.shared->settings.limits.head.count());
    want_bytes();
}

void Connection::set_state(State state, std::int64_t deadline) {
    state_ = state;
    deadline_ = deadline;
}

/// Asks for bytes when this state reads any.
void Connection::want_bytes() {
    if (is_reading_ || is_ended_) return;
    if (state_ == State::away || state_ == State::writing || state_ == State::closed) return;
    is_reading_ = true;
    read_more(state_ == State::body || state_ == State::draining ? body_read : head_read);
}

void Connection::received(std::string_view bytes) {
    is_reading_ = false;
    if (state_ == State::closed) return;
    if (tls_) {
        const bool is_fine = tls_->receive(bytes, inbox_.tail(), wire_);
        flush();
        if (!is_fine) return shut();
        if (tls_->is_ended()) is_ended_ = true;
    } else {
        inbox_.tail().append(bytes);
    }
    if (state_ == State::draining) moved_ += bytes.size();
    advance();
}

void Connection::ended() {
    is_reading_ = false;
    is_ended_ = true;
    // Without the rest of a request there is nothing to answer, and a stream has nobody to send to. An answer that is
    // on its way still goes: closing one half of a connection is allowed.
    if (state_ != State::away && state_ != State::writing) shut();
}

void Connection::advance() {
    if (is_advancing_) return;
    is_advancing_ = true;
    while (state_ != State::closed && step() == Progress::made) {
    }
    is_advancing_ = false;
    if (is_ended_ && state_ != State::away && state_ != State::writing) return shut();
    want_bytes();
}

Connection::Progress Connection::step() {
    switch (state_) {
        case State::idle:
            if (inbox_.empty()) return Progress::none;
            set_state(State::head, steady_milliseconds() + loop_.shared->settings.limits.head.count());
            return Progress::made;
        case State::head:
            return read_head();
        case State::body:
            return read_body();
        case State::events:
            // A browser sends nothing here; what comes anyway isn't kept.
            inbox_.consume(inbox_.size());
            return Progress::none;
        case State::draining:
            inbox_.consume(inbox_.size());
            if (moved_ > draining_bytes) shut();
            return Progress::none;
        default:
            return Progress::none;
    }
}

Connection::Progress Connection::read_head() {
    const Limits& limits = loop_.shared->settings.limits;
    const std::string_view bytes = inbox_.view();
    const auto end = gate::find_end(bytes.substr(0, limits.head_bytes), scanned_);
    if (end && *end == 0 && bytes.size() < limits.head_bytes) return Progress::none;
    fresh_exchange();
    if (!end) return refuse(end.error());
    if (*end == 0)
        return refuse(
            431, {ErrorCode::too_large, "http.head_too_large", {}, {{"limit", std::to_string(limits.head_bytes)}}});
    scanned_ = 0;
    const std::string_view head = bytes.substr(0, *end);
    const auto verdict = gate::judge(head, limits.header_count);
    if (!verdict) return refuse(verdict.error());
    return begin_exchange(*verdict, head);
}

void Connection::fresh_exchange() {
    if (!exchange_) exchange_ = std::make_unique<Exchange>(loop_.shared);
    exchange_->clear();
    exchange_->method = Method::get;
    exchange_->preferred = Language::vi;
    exchange_->started = std::chrono::steady_clock::now();
    exchange_->number = exchange_->request.number = ++loop_.shared->requests;
}

Connection::Progress Connection::begin_exchange(const gate::Verdict& verdict, std::string_view head) {
    Exchange& exchange = *exchange_;
    Request& request = exchange.request;
    exchange.method = request.method = verdict.method;
    exchange.is_1_1 = verdict.is_1_1;
    exchange.must_close = exchange.wants_close = !verdict.keep_alive;
    exchange.expects_continue = verdict.expects_continue;
    exchange.body_is_whole = verdict.body == gate::BodyFraming::none;
    request.peer = peer_;
    request.is_tls = tls_ != nullptr;
    if (tls_) request.client_certificate = tls_->peer_certificate();
    if (const auto read = parser_.head(head, request); !read) return refuse(read.error());
    exchange.preferred = request.language();
    if (const Result<void> read = read_target(verdict.target, verdict.host, request); !read)
        return refuse(400, read.error());
    const gate::Verdict kept{.body = verdict.body, .length = verdict.length, .expects_other = verdict.expects_other};
    inbox_.consume(head.size());  // the views of the verdict end here
    return route_request(kept);
}

Connection::Progress Connection::route_request(const gate::Verdict& verdict) {
    Exchange& exchange = *exchange_;
    const bool has_body = !exchange.body_is_whole;
    if (has_body) exchange.must_close = true;  // until the body has been read
    const Router::Match match = loop_.shared->router.match(exchange.request);
    if (!match.route) {
        // Only with a cookie is there anybody to be asked about, and not on this thread.
        if (loop_.shared->settings.language && exchange.request.headers.find("cookie")) {
            send_away(Work::refuse);
            return Progress::none;
        }
        write_no_route(exchange, match);
        log_access(exchange);
        start_answer();
        return Progress::made;
    }
    const Route& route = *match.route;
    exchange.route = &route;
    if (verdict.expects_other) return refuse(417, {ErrorCode::invalid, "http.bad_expectation"});
    if (!has_body) return body_is_here();
    if (route.body == BodyKind::none) return refuse(413, {ErrorCode::too_large, "http.unexpected_body"});
    if (verdict.length > route.limit)
        return refuse(413, {ErrorCode::too_large, "http.body_too_large", {}, {{"limit", std::to_string(route.limit)}}});
    if (route.body == BodyKind::file && loop_.shared->settings.admit) {
        send_away(Work::admit);
        return Progress::none;
    }
    if (route.body == BodyKind::small)
        exchange.request.body.reserve(std::min<std::uint64_t>(verdict.length, body_read));
    return begin_body();
}

Connection::Progress Connection::begin_body() {
    exchange_->must_close = exchange_->wants_close;
    moving_since_ = steady_milliseconds();
    moved_ = 0;
    set_state(State::body, rate_deadline(0));
    if (exchange_->expects_continue && inbox_.empty()) {
        first_ = go_on;
        flush();
    }
    return state_ == State::body ? Progress::made : Progress::none;
}

Connection::Progress Connection::read_body() {
    Exchange& exchange = *exchange_;
    const bool is_file = exchange.route->body == BodyKind::file;
    std::string& into = is_file ? exchange.block : exchange.request.body;
    const auto step = parser_.body(inbox_.view().substr(0, body_read), into);
    if (!step) return refuse(step.error());
    inbox_.consume(step->used);
    moved_ += step->used;
    if ((is_file ? exchange.spooled_size : 0) + into.size() > exchange.route->limit)
        return refuse(
            413, {ErrorCode::too_large, "http.body_too_large", {}, {{"limit", std::to_string(exchange.route->limit)}}});
    if (step->is_done) return body_is_here();
    if (is_file && exchange.block.size() >= spool_block) {
        send_away(Work::spool);
        return Progress::none;
    }
    return step->used > 0 && !inbox_.empty() ? Progress::made : Progress::none;
}

Connection::Progress Connection::body_is_here() {
    exchange_->body_is_whole = true;
    send_away(exchange_->route->body == BodyKind::file ? Work::spool : Work::handle);
    return Progress::none;
}

void Connection::send_away(Work work) {
    set_state(State::away, never);
    exchange_->work = work;
    exchange_->connection = shared_from_this();
    exchange_->home = loop_.mailbox;
    moving_since_ -= steady_milliseconds();  // our time isn't the other side's
    loop_.dispatch(std::move(exchange_));
}

void Connection::returned(std::unique_ptr<Exchange> exchange) {
    if (state_ == State::closed) return;
    exchange_ = std::move(exchange);
    moving_since_ += steady_milliseconds();
    if (exchange_->late) {
        write_answer(*exchange_, std::move(*exchange_->late));
        if (!exchange_->has_more && !exchange_->events) log_access(*exchange_);
    }
    if (exchange_->is_answered) {
        if (exchange_->work == Work::pull) {
            if (exchange_->is_broken) return shut();
            first_ = exchange_->body;
            set_state(State::writing, rate_deadline(moved_));
            flush();
            return advance();
        }
        start_answer();
    } else if (exchange_->work == Work::spool) {
        set_state(State::body, rate_deadline(moved_));
    } else {
        begin_body();
    }
    advance();
}

void Connection::refused_by_workers(std::unique_ptr<Exchange> exchange) {
    if (state_ == State::closed) return;
    exchange_ = std::move(exchange);
    write_answer(*exchange_,
                 failure(Error{ErrorCode::unavailable, "http.busy"}, exchange_->preferred, exchange_->number));
    log_access(*exchange_);
    start_answer();
    advance();
}

Connection::Progress Connection::refuse(gate::Refusal refusal) {
    const std::string_view reason = gate::code_of(refusal);
    logging::info("http.refused", {{"reason", reason}, {"peer", peer_}});
    Error error{ErrorCode::invalid, "http.bad_request"};
    messages::add_text(error.arguments, "reason", reason);
    return refuse(gate::status_of(refusal), error);
}

/// Answers and closes: where the next request would begin is no longer certain.
Connection::Progress Connection::refuse(int status, const Error& error) {
    exchange_->must_close = true;
    write_answer(*exchange_, failure(status, error, exchange_->preferred, exchange_->number));
    log_access(*exchange_);
    start_answer();
    return Progress::made;
}

void Connection::start_answer() {
    Exchange& exchange = *exchange_;
    if (exchange.is_broken) return shut();
    if (!first_.empty()) exchange.head.insert(0, first_);  // 100 Continue still on its way
    first_ = exchange.head;
    second_ = exchange.body.empty() ? exchange.static_body : std::string_view(exchange.body);
    moving_since_ = steady_milliseconds();
    moved_ = 0;
    set_state(State::writing, rate_deadline(0));
    flush();
}

void Connection::writable() {
    is_waiting_to_write_ = false;
    if (state_ == State::closed) return;
    flush();
    advance();
}

void Connection::flush() {
    if (is_waiting_to_write_ || state_ == State::closed) return;
    do {
        const Flow flow = push_out();
        if (flow == Flow::failed) return shut();
        if (flow == Flow::blocked) {
            is_waiting_to_write_ = true;
            return wait_writable();
        }
    } while (written() == Progress::made);
}

Connection::Flow Connection::push_out() {
    while (true) {
        std::ptrdiff_t count = 0;
        if (tls_) {
            if (wire_sent_ == wire_.size()) {
                wire_.clear();
                wire_sent_ = 0;
                std::string_view& from = first_.empty() ? second_ : first_;
                if (from.empty()) return Flow::done;
                const std::string_view piece = from.substr(0, sealed_at_once);
                if (!tls_->send(piece, wire_)) return Flow::failed;
                from.remove_prefix(piece.size());
            }
            count = send(std::string_view(wire_).substr(wire_sent_), {});
            if (count > 0) wire_sent_ += static_cast<std::size_t>(count);
        } else {
            if (first_.empty() && second_.empty()) return Flow::done;
            count = send(first_, second_);
            if (count > 0) {
                const std::size_t of_first = std::min(static_cast<std::size_t>(count), first_.size());
                first_.remove_prefix(of_first);
                second_.remove_prefix(static_cast<std::size_t>(count) - of_first);
            }
        }
        if (count < 0) return Flow::failed;
        if (count == 0) return Flow::blocked;
        if (state_ == State::writing) moved_ += static_cast<std::size_t>(count);
    }
}

/// Everything at hand has gone out. Made: there is more to push.
Connection::Progress Connection::written() {
    if (state_ == State::events) return take_events();
    if (state_ != State::writing) return Progress::none;
    if (exchange_->has_more) {
        send_away(Work::pull);
        return Progress::none;
    }
    if (exchange_->events) {
        last_event_ = steady_milliseconds();
        set_state(State::events, never);
        exchange_->events->attach([weak = weak_from_this(), home = loop_.mailbox] {
            if (auto self = weak.lock()) home->nudge(std::move(self));
        });
        return take_events();
    }
    finish_answer();
    return Progress::none;
}

void Connection::finish_answer() {
    if (exchange_->must_close) return begin_draining();
    if (is_ended_ && inbox_.empty()) return shut();
    if (loop_.shared->is_stopping && inbox_.empty()) return shut();
    set_state(State::idle, steady_milliseconds() + loop_.shared->settings.limits.idle.count());
}

/// Reads on for a while: closing with unread bytes resets the connection, and the other side would lose the answer.
void Connection::begin_draining() {
    moved_ = 0;
    if (tls_) {
        tls_->close(wire_);
        if (push_out() == Flow::failed) return shut();
    }
    const bool nothing_comes = exchange_->wants_close && exchange_->body_is_whole && inbox_.empty();
    if (is_ended_ || nothing_comes) return shut();
    close_sending();
    set_state(State::draining, steady_milliseconds() + draining_time);
}

void Connection::nudged() {
    if (state_ == State::events) flush();
    advance();
}

Connection::Progress Connection::take_events() {
    EventStream& stream = *exchange_->events;
    const bool is_open = stream.is_open();  // before taking, so that nothing sent before closing is lost
    events_ = stream.take();
    if (events_.empty()) {
        if (!is_open) begin_draining();
        return Progress::none;
    }
    exchange_->body_bytes += events_.size();
    last_event_ = steady_milliseconds();
    first_ = events_;
    return Progress::made;
}

std::int64_t Connection::rate_deadline(std::uint64_t moved) const {
    const Limits& limits = loop_.shared->settings.limits;
    const std::uint64_t rate = std::max<std::uint64_t>(limits.bytes_per_second, 1);
    return moving_since_ + limits.body.count() + static_cast<std::int64_t>(moved * 1000 / rate);
}

void Connection::sweep(std::int64_t now) {
    if (state_ == State::events) {
        const std::int64_t heartbeat = loop_.shared->settings.limits.heartbeat.count();
        // A stream whose last bytes don't go out for this long has no reader.
        if (is_waiting_to_write_ && now > last_event_ + 2 * heartbeat) return shut();
        if (now < last_event_ + heartbeat || !first_.empty()) return;
        last_event_ = now;
        first_ = ": \n\n";
        flush();
        return advance();
    }
    if (state_ == State::body || state_ == State::writing) deadline_ = rate_deadline(moved_);
    if (now < deadline_) return;
    const bool is_late_request = state_ == State::body || (state_ == State::head && (!tls_ || tls_->is_ready()));
    if (!is_late_request) return shut();
    if (state_ == State::head) fresh_exchange();
    refuse(408, {ErrorCode::invalid, "http.too_slow"});
    advance();
}

void Connection::stop() {
    if ((state_ == State::idle && inbox_.empty()) || state_ == State::draining) return shut();
    if (state_ == State::events) {
        exchange_->events->close();
        if (tls_) tls_->close(wire_);
        push_out();
        shut();
    }
}

void Connection::abort() {
    shut();
}

void Connection::shut() {
    if (state_ == State::closed) return;
    const bool is_cut_off = exchange_ && exchange_->is_answered && (exchange_->has_more || exchange_->events);
    if (is_cut_off) log_access(*exchange_);
    if (exchange_ && exchange_->events) exchange_->events->close();
    set_state(State::closed, never);
    const std::shared_ptr<Connection> self = shared_from_this();
    close();
    exchange_.reset();
    loop_.closed(*this);
}

}  // namespace http
