#include "paper/helpers.h"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "paper/child.h"
#include "paper/perform.h"
#include "paper/tidy.h"

namespace paper {

struct Helpers::Pool {
    HelperSettings settings;
    mutable std::mutex mutex;
    std::condition_variable freed;
    std::vector<std::unique_ptr<Child>> resting;
    State state;

    Result<void> enter();
    void leave(std::unique_ptr<Child> child);
    Result<std::unique_ptr<Child>> take_child();
    Result<Answer> ask(const Request& request, const std::vector<int>& files);
    std::unexpected<Error> lost(wire::End end, int status);
};

/// Waits for one of the places.
Result<void> Helpers::Pool::enter() {
    std::unique_lock lock(mutex);
    const auto patience = std::chrono::milliseconds(settings.queue_milliseconds);
    if (!freed.wait_for(lock, patience, [this] { return state.busy < settings.count; }))
        return fail(ErrorCode::unavailable, "paper.busy");
    ++state.busy;
    return {};
}

/// Gives the place back; the helper rests unless it is gone or has served enough.
void Helpers::Pool::leave(std::unique_ptr<Child> child) {
    const std::lock_guard lock(mutex);
    --state.busy;
    if (child && child->served() < settings.requests_each) resting.push_back(std::move(child));
    freed.notify_one();
}

Result<std::unique_ptr<Child>> Helpers::Pool::take_child() {
    {
        const std::lock_guard lock(mutex);
        while (!resting.empty()) {
            std::unique_ptr<Child> child = std::move(resting.back());
            resting.pop_back();
            if (child->alive()) return child;
        }
    }
    std::unique_ptr<Child> child = TRY(Child::start(settings.executable, {settings.fonts}));
    const std::lock_guard lock(mutex);
    state.walls = child->walls();
    return child;
}

namespace {

/// Whether a limit of time or size ended a helper.
bool hit_limit(int status) {
    const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return signal == SIGXCPU || signal == SIGALRM || signal == SIGXFSZ;
}

}  // namespace

/// Puts what is known of a helper's end into words.
std::unexpected<Error> Helpers::Pool::lost(wire::End end, int status) {
    {
        const std::lock_guard lock(mutex);
        ++state.lost;
    }
    std::string detail = end == wire::End::malformed ? "its answer can't be read" : "it ended";
    Reason reason = Reason::crashed;
    if (end == wire::End::too_slow) {
        reason = Reason::too_slow;
        detail = "no answer in time";
    } else if (WIFSIGNALED(status)) {
        const int signal = WTERMSIG(status);
        if (hit_limit(status)) reason = signal == SIGXFSZ ? Reason::too_large : Reason::too_slow;
        detail = fmt::format("ended by signal {} ({})", signal, ::strsignal(signal));
    } else if (WIFEXITED(status)) {
        detail = fmt::format("ended with exit code {}", WEXITSTATUS(status));
    }
    logging::warning("paper.helper_lost", {{"reason", name_of(reason)}, {"detail", detail}});
    return unreadable(reason, detail);
}

Result<Answer> Helpers::Pool::ask(const Request& request, const std::vector<int>& files) {
    for (int attempt = 0;; ++attempt) {
        Result<std::unique_ptr<Child>> child = take_child();
        if (!child) {
            leave(nullptr);
            return std::unexpected(std::move(child).error());
        }
        Child::Outcome outcome = (*child)->ask(request, files);
        if (outcome.end == wire::End::done) {
            leave(std::move(*child));
            return std::move(outcome.answer);
        }
        const int status = (*child)->end();
        // One that served before may have gone to rest, or been harmed by an earlier file: this one is not yet to
        // blame.
        const bool innocent = outcome.end == wire::End::closed && (*child)->served() > 1 && !hit_limit(status);
        if (innocent && attempt == 0) continue;
        leave(nullptr);
        return lost(outcome.end, status);
    }
}

Helpers::Helpers(HelperSettings settings) : pool_(std::make_unique<Pool>()) {
    pool_->settings = std::move(settings);
}

Helpers::~Helpers() = default;

Helpers::State Helpers::state() const {
    const std::lock_guard lock(pool_->mutex);
    State state = pool_->state;
    state.alive = state.busy + static_cast<int>(pool_->resting.size());
    return state;
}

Result<Answer> Helpers::run(Request request, const Source& source, int output) const {
    request.limits = pool_->settings.limits;
    const Descriptor file = TRY(open_source(source, request.limits));
    Answer answer;
    if (pool_->settings.apart == Apart::here) {
        const Mapping bytes = TRY(Mapping::of(file.get()));
        answer = perform(request, pool_->settings.fonts, bytes.bytes(), output);
    } else {
        TRY(pool_->enter());
        std::vector<int> files{file.get()};
        if (output >= 0) files.push_back(output);
        answer = TRY(pool_->ask(request, files));
    }
    {
        const std::lock_guard lock(pool_->mutex);
        ++pool_->state.served;
    }
    if (!answer.error.empty()) return std::unexpected(error_of(answer));
    return answer;
}

Result<ExtractedText> Helpers::extract_text(const Source& source, FileType type) const {
    Answer answer = TRY(run({.operation = Operation::extract_text, .type = type}, source, -1));
    if (!is_utf8(answer.bytes) || !is_utf8(answer.title)) return unreadable(Reason::crashed, "its text is no text");
    return ExtractedText{std::move(answer.bytes), std::max(answer.pages, 0), answer.truncated, std::move(answer.title)};
}

Result<int> Helpers::page_count(const Source& source) const {
    return TRY(run({.operation = Operation::page_count, .type = FileType::pdf}, source, -1)).pages;
}

Result<Picture> Helpers::page_picture(const Source& source, int page, PictureSize size) const {
    Answer answer = TRY(run({.operation = Operation::page_picture,
                             .type = FileType::pdf,
                             .page = page,
                             .pixel_width = size.pixel_width,
                             .dpi = size.dpi},
                            source, -1));
    if (!answer.bytes.starts_with("\x89PNG\r\n\x1a\n")) return unreadable(Reason::crashed, "its picture is no picture");
    return Picture{std::move(answer.bytes), answer.width, answer.height};
}

Result<Table> Helpers::read_table(const Source& source, FileType type, std::string_view sheet) const {
    const Answer answer =
        TRY(run({.operation = Operation::read_table, .type = type, .sheet = std::string(sheet)}, source, -1));
    const Result<boost::json::value> value = parse_json(answer.bytes);
    Result<Table> table = value ? decode<Table>(*value) : std::unexpected(value.error());
    if (!table || table->rows.size() != table->row_numbers.size())
        return unreadable(Reason::crashed, "its table is no table");
    return table;
}

Result<void> Helpers::stamped_copy(const Source& source, const StampText& text, const StampPosition& position,
                                   const Output& output) const {
    Descriptor made;
    if (output.descriptor < 0) {
        made = Descriptor(::open(output.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
        if (!made) return fail_internal(fmt::format("{}: {}", output.path, std::strerror(errno)));
    }
    const Result<Answer> answer =
        run({.operation = Operation::stamped_copy, .type = FileType::pdf, .stamp = text, .position = position}, source,
            output.descriptor < 0 ? made.get() : output.descriptor);
    if (answer) return {};
    if (made) ::unlink(output.path.c_str());
    return std::unexpected(answer.error());
}

}  // namespace paper
