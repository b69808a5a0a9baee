#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "bench/measure.h"

namespace bench {

struct Answer {
    int status = 0;
    std::string head;
    std::string body;
};

/// Asks once on a connection of its own; status 0: no answer.
Answer ask(int port, const std::string& request);
/// A request's text. `cookie` and `csrf` may be empty.
std::string request(std::string_view method, std::string_view target, std::string_view cookie = {},
                    std::string_view csrf = {}, std::string_view body = {});

/// Somebody signed in.
struct Signed {
    std::string cookie;
    std::string csrf;
};
Signed sign_in(int port, std::string_view login, std::string_view password);

struct Load {
    int port = 0;
    int connections = 32;
    double seconds = 10;
    double rate = 0;  ///< requests a second spread evenly; 0: each connection asks again as soon as it is answered
    std::function<std::string(int connection)> next;
    /// Sees each answer; false counts as a failure. Empty: 2xx is a success.
    std::function<bool(int connection, const Answer&)> seen = {};
};
struct Run {
    std::size_t answers = 0;
    std::size_t failures = 0;
    double seconds = 0;
    double processor = 0;  ///< seconds the server used meanwhile
    Waits waits;           ///< with a rate: counted from when the request was due
    double a_second() const { return static_cast<double>(answers) / seconds; }
    double a_core() const { return processor > 0 ? static_cast<double>(answers) / processor : 0; }
};
/// Many kept connections from one thread; `server` is whose processor time is counted.
Run run(const Load&, pid_t server);

}  // namespace bench
