#include "paper/helper_process.h"

#include <cstdio>
#include <limits>
#include <malloc.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/json.h"
#include "paper/pdf.h"
#include "paper/perform.h"
#include "paper/sandbox.h"
#include "paper/wire.h"

namespace paper {

namespace {

constexpr int socket_number = 3;
constexpr std::chrono::seconds idle_time{120};

template <class T>
Result<T> from_json(const std::string& text) {
    return decode<T>(TRY(parse_json(text)));
}

template <class T>
std::string to_json(const T& value) {
    return boost::json::serialize(encode(value));
}

bool is_socket(int number) {
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(number, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

Answer serve(const wire::Frame& frame, const FontSettings& fonts) {
    const Result<Request> request = from_json<Request>(frame.head);
    if (!request) return answer_of(request.error());
    if (frame.files.empty()) return answer_of(fail_internal("no file beside the request").error());
    const Result<Mapping> file = Mapping::of(frame.files.front().get());
    if (!file) return answer_of(file.error());
    sandbox::bound(request->limits, static_cast<std::int64_t>(file->bytes().size()));
    const int output = frame.files.size() > 1 ? frame.files[1].get() : -1;
    Answer answer = perform(*request, fonts, file->bytes(), output);
    sandbox::rest();
    return answer;
}

int serve_all() {
    const wire::Received greeting = wire::receive(socket_number, 0, wire::never);
    if (greeting.end != wire::End::done) return 0;
    const Result<Greeting> greeted = from_json<Greeting>(greeting.frame.head);
    if (!greeted) return 1;
    const FontSettings& fonts = greeted->fonts;
    pdf::load_converters();
    // The directory's fonts are read by path as well; everything else of the disk is closed from here on.
    const Walls walls = sandbox::enter({fonts.directory});
    if (wire::send(socket_number, to_json(walls), {}, {}, wire::never) != wire::End::done) return 0;

    while (true) {
        const wire::Received received = wire::receive(socket_number, 0, std::chrono::steady_clock::now() + idle_time);
        if (received.end != wire::End::done) return 0;
        const Answer answer = serve(received.frame, fonts);
        if (wire::send(socket_number, to_json(answer), answer.bytes, {}, wire::never) != wire::End::done) return 0;
        ::malloc_trim(0);
    }
}

}  // namespace

int helper_main() {
    if (!is_socket(socket_number)) {
        std::fputs("paper-helper is started by congvu itself, not by hand.\n", stderr);
        return 2;
    }
    const int code = serve_all();
    // What a hostile file left behind in libraries is not run through destructors.
    ::_exit(code);
}

}  // namespace paper
