#include "http/exchange.h"

#include <algorithm>
#include <unistd.h>

#include "base/log.h"
#include "http/connection.h"
#include "http/shared.h"

namespace http {

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

namespace {
thread_local bool on_worker = false;
}

bool is_worker() {
    return on_worker;
}

void Exchange::answer(std::unique_ptr<Waiting> self, Result<Response> response) {
    std::unique_ptr<Exchange> own(static_cast<Exchange*>(self.release()));
    if (!response) {
        const Error& error = response.error();
        if (error.code == ErrorCode::internal)
            logging::error("http.failed", {{"request", std::to_string(number)},
                                           {"route", route ? route->pattern : ""},
                                           {"message", error.message},
                                           {"detail", error.detail}});
        response = failure(error, preferred, number);
    }
    // The database's writer has better things to do than to write answers: its loop does.
    if (is_worker()) {
        write_answer(*this, std::move(*response));
        if (!has_more && !events) log_access(*this);
    } else {
        late = std::move(*response);
    }
    const std::shared_ptr<Mailbox> to = home;
    to->deliver(std::move(own));
}

void Exchange::clear() {
    connection.reset();
    work = Work::handle;
    request.query.clear();
    request.headers.clear();
    request.body.clear();
    request.file.reset();
    request.places.clear();
    route = nullptr;
    is_1_1 = true;
    wants_close = must_close = body_is_whole = expects_continue = is_answered = is_counted = is_chunked = is_broken =
        has_more = false;
    block.clear();
    spool = {};
    spooled = {};
    spooled_size = 0;
    late.reset();
    status = 0;
    head.clear();
    if (head.capacity() > 16 * 1024) head = {};
    // What one large answer took isn't kept for the small ones after it.
    constexpr std::size_t kept = 64 * 1024;
    if (body.capacity() > kept) body = {};
    if (block.capacity() > kept) block = {};
    body.clear();
    static_body = {};
    pull = nullptr;
    source = {};
    source_offset = left = body_bytes = 0;
    events.reset();
}

void Mailbox::deliver(std::unique_ptr<Exchange> exchange) {
    {
        const std::lock_guard lock(mutex_);
        if (is_open_) {
            content_.exchanges.push_back(std::move(exchange));
            if (content_.exchanges.size() == 1 && content_.nudged.empty()) wake_();
            return;
        }
    }
    exchange.reset();
}

void Mailbox::nudge(std::shared_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    if (!is_open_) return;
    content_.nudged.push_back(std::move(connection));
    if (content_.nudged.size() == 1 && content_.exchanges.empty()) wake_();
}

void Mailbox::take(Content& empty) {
    const std::lock_guard lock(mutex_);
    std::swap(content_, empty);
}

void Mailbox::shut() {
    Content dropped;
    const std::lock_guard lock(mutex_);
    is_open_ = false;
    std::swap(content_, dropped);
}

void Workers::start() {
    for (unsigned i = 0; i < count_; ++i) threads_.emplace_back([this] { run(); });
}

void Workers::add(std::vector<std::unique_ptr<Exchange>>& batch) {
    bool must_wake = false;
    {
        const std::lock_guard lock(mutex_);
        for (std::unique_ptr<Exchange>& exchange : batch) {
            const bool is_new =
                exchange->work == Work::handle || exchange->work == Work::admit || exchange->work == Work::refuse;
            if (is_stopping_ || (is_new && queue_.size() >= limit_)) continue;
            queue_.push_back(std::move(exchange));
        }
        must_wake = wants_another();
    }
    std::erase(batch, nullptr);
    if (must_wake) come_.notify_one();
}

bool Workers::wants_another() {
    if (queue_.empty() || idle_ == 0 || is_waking_) return false;
    is_waking_ = true;
    return true;
}

void Workers::stop() {
    std::deque<std::unique_ptr<Exchange>> dropped;
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        std::swap(dropped, queue_);
    }
    come_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
}

namespace {

void handle(std::unique_ptr<Exchange> exchange) {
    const Handler& handler = exchange->route->handler;
    const std::string& pattern = exchange->route->pattern;
    const std::uint64_t number = exchange->number;
    Request request = std::move(exchange->request);
    try {
        handler(std::move(request), Responder(std::move(exchange)));
    } catch (const std::exception& exception) {
        // The responder went with the handler and has answered 500.
        logging::error("http.handler_threw",
                       {{"route", pattern}, {"request", std::to_string(number)}, {"detail", exception.what()}});
    }
}

std::optional<Response> asked_to_admit(const Exchange& exchange) {
    try {
        return exchange.shared->settings.admit(exchange.request, *exchange.route);
    } catch (const std::exception& exception) {
        logging::error("http.admission_threw", {{"route", exchange.route->pattern}, {"detail", exception.what()}});
        return failure(Error{ErrorCode::internal, "http.no_answer"}, exchange.preferred, exchange.number);
    }
}

void refuse(Exchange& exchange) {
    try {
        exchange.preferred = exchange.shared->settings.language(exchange.request);
    } catch (const std::exception& exception) {
        logging::error("http.language_threw", {{"detail", exception.what()}});
    }
    write_no_route(exchange, exchange.shared->router.match(exchange.request));
    log_access(exchange);
}

void work_on(std::unique_ptr<Exchange> exchange) {
    switch (exchange->work) {
        case Work::handle:
            return handle(std::move(exchange));
        case Work::admit:
            if (std::optional<Response> refusal = asked_to_admit(*exchange)) {
                exchange->must_close = true;
                write_answer(*exchange, std::move(*refusal));
                log_access(*exchange);
            }
            break;
        case Work::refuse:
            refuse(*exchange);
            break;
        case Work::spool:
            if (const Result<void> done = spool(*exchange); !done) {
                logging::error("http.spool_failed", {{"detail", done.error().detail}});
                exchange->must_close = true;
                write_answer(*exchange, failure(done.error(), exchange->preferred, exchange->number));
                log_access(*exchange);
            } else if (exchange->body_is_whole) {
                exchange->request.file = std::move(exchange->spooled);
                exchange->spooled = {};
                return handle(std::move(exchange));
            }
            break;
        case Work::pull:
            make_piece(*exchange);
            if (!exchange->has_more) log_access(*exchange);
            break;
    }
    const std::shared_ptr<Mailbox> home = exchange->home;
    home->deliver(std::move(exchange));
}

}  // namespace

void Workers::run() {
    on_worker = true;
    std::unique_lock lock(mutex_);
    while (true) {
        while (queue_.empty() && !is_stopping_) {
            ++idle_;
            come_.wait(lock);
            --idle_;
            is_waking_ = false;
        }
        if (queue_.empty()) return;
        std::unique_ptr<Exchange> exchange = std::move(queue_.front());
        queue_.pop_front();
        const bool must_wake = wants_another();
        lock.unlock();
        if (must_wake) come_.notify_one();
        work_on(std::move(exchange));
        lock.lock();
    }
}

}  // namespace http
