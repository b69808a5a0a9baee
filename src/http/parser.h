#pragma once
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "http/gate.h"
#include "http/request.h"

namespace http {

/// Reads messages that the gate has judged; Beast's parser behind a plain face. It is a second opinion on the head.
class RequestParser {
  public:
    RequestParser();
    ~RequestParser();

    /// Fills the headers from a whole head and makes ready for its body.
    std::expected<void, gate::Refusal> head(std::string_view head, Request& into);

    struct Step {
        std::size_t used = 0;  ///< bytes of the input that are done with
        bool is_done = false;  ///< the message ends here
    };
    /// Takes what there is of the body and appends it to `into`. Call again with the rest and more when not done.
    std::expected<Step, gate::Refusal> body(std::string_view bytes, std::string& into);

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

/// The same for answers, for the client.
class ResponseParser {
  public:
    /// `is_head`: the answer has no body whatever its headers say.
    enum class Of { head_request, other_request };
    explicit ResponseParser(Of);
    ~ResponseParser();

    struct Step {
        std::size_t used = 0;
        bool has_head = false;
        bool is_done = false;
    };
    /// Takes what there is, appends body bytes to `into`. Nothing when it can't be read.
    std::expected<Step, std::string> feed(std::string_view bytes, std::string& into);
    /// The other side has closed: true when that is where the message ends.
    bool ends_with_close();
    bool keep_alive() const;
    int status() const;
    Headers& headers();

  private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace http
