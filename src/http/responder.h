#pragma once
#include <functional>
#include <memory>
#include <utility>

#include "http/response.h"

namespace http {

/// A request that waits for its answer. Whoever holds it owns it; http makes it.
class Waiting {
  public:
    virtual ~Waiting() = default;
    /// Takes the answer, exactly once, on any thread. `self` is this object.
    virtual void answer(std::unique_ptr<Waiting> self, Result<Response>) = 0;
    virtual Language language() const { return Language::vi; }
};

/// Gives the answer to one request: once, on any thread, now or later; the connection is held until then.
/// Dropped without an answer it gives 500 "http.no_answer".
///   respond(json(value));   respond(fail(ErrorCode::not_found, "records.not_found"));
class Responder {
  public:
    Responder() = default;
    explicit Responder(std::unique_ptr<Waiting> waiting) : waiting_(std::move(waiting)) {}
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&& other) noexcept {
        drop();
        waiting_ = std::move(other.waiting_);
        return *this;
    }
    ~Responder() { drop(); }

    void operator()(Result<Response> response) {
        if (!waiting_) return;
        Waiting& waiting = *waiting_;
        waiting.answer(std::move(waiting_), std::move(response));
    }
    explicit operator bool() const { return waiting_ != nullptr; }
    /// The language the request prefers.
    Language language() const { return waiting_ ? waiting_->language() : Language::vi; }

  private:
    void drop() {
        if (waiting_) (*this)(fail(ErrorCode::internal, "http.no_answer"));
    }
    std::unique_ptr<Waiting> waiting_;
};

/// Runs on a worker. The request is the handler's: valid until it returns, move from it what is needed later.
using Handler = std::function<void(Request&&, Responder)>;

/// A handler that answers where it stands.
inline Handler answering(std::function<Result<Response>(Request&&)> function) {
    return [function = std::move(function)](Request&& request, Responder respond) {
        respond(function(std::move(request)));
    };
}

}  // namespace http
