#include <csignal>
#include <pthread.h>

#include <fmt/format.h>

#include "base/log.h"
#include "commands/attending.h"
#include "commands/commands.h"
#include "commands/housekeeping.h"
#include "commands/server.h"
#include "core/jobs/jobs.h"
#include "core/org/org.h"
#include "core/search/upkeep.h"
#include "core/steps/inbox.h"
#include "service/language.h"
#include "service/repeat.h"

namespace commands {

namespace {

constexpr std::string_view help =
    R"(congvu serve --data DIR [--listen ADDRESS:PORT] [--tls-certificate PEM --tls-key PEM]
  Serves the office in DIR until it is stopped (Ctrl+C, SIGTERM). Plain HTTP on the loopback only; any other address needs TLS.
  --listen A:P   127.0.0.1:8080 when not given)";

Result<http::Settings> settings_of(const Line& line, const Office& office) {
    http::Settings settings;
    const std::string listen = line.option("listen", "127.0.0.1:8080");
    const std::size_t colon = listen.rfind(':');
    const auto port = number_of(std::string_view(listen).substr(colon + 1));
    if (colon == std::string::npos || !port || *port < 0 || *port > 65'535)
        return fail(ErrorCode::invalid, "commands.bad_listen", {}, {{"listen", listen}});
    settings.address = listen.substr(0, colon);
    settings.port = static_cast<std::uint16_t>(*port);
    settings.spool = office.vault->spool().string();
    if (line.has("tls-certificate"))
        settings.tls = http::TlsFiles{.certificate = line.option("tls-certificate"), .key = line.option("tls-key")};
    return settings;
}

jobs::Handlers handlers_of(Serving& serving) {
    jobs::Handlers handlers;
    handlers[std::string(content::read_job)] = [&serving](jobs::Running& running) -> Result<void> {
        const auto* file =
            running.job().payload.is_object() ? running.job().payload.as_object().if_contains("file") : nullptr;
        if (!file || !file->is_int64()) return fail(ErrorCode::invalid, "commands.bad_job");
        return content::read_file(serving.content, {file->as_int64()});
    };
    handlers[std::string(content::purge_job)] = [](jobs::Running& running) {
        return search::purge(running.database());
    };
    return handlers;
}

/// Hears of changed inboxes as long as it lives: also when the server does not come to serve.
struct Listening {
    template <class Told>
    explicit Listening(Told told) {
        steps::on_inbox_change(std::move(told));
    }
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() { steps::on_inbox_change({}); }
};

Result<void> serve_until_stopped(const Line& line) {
    // Every thread made from here on leaves these signals to the one that waits for them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, rights_changed_signal());
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    const std::filesystem::path data = line.option("data");
    TRY(require_office(data));
    // Before anything is brought up to this version.
    const Attending attending = TRY(Attending::begin(data));
    const auto office = TRY(open_office(data, Opening::existing));
    Serving serving(*office);
    add_routes(serving);
    http::Settings settings = TRY(settings_of(line, *office));
    settings.admit = [&serving](const http::Request& request,
                                const http::Route& route) -> std::optional<http::Response> {
        const auto admitted = [&]() -> Result<void> {
            TRY(serving.host.admit(request, route.permission));
            return route.repeat_key == http::RepeatKey::required ? service::require_key(request) : Result<void>();
        };
        const auto known = admitted();
        return known ? std::nullopt
                     : std::optional(
                           http::failure(known.error(), service::language_of(serving.host, request), request.number));
    };
    settings.language = [&serving](const http::Request& request) {
        return service::language_of(serving.host, request);
    };
    const Listening listening([&serving](const std::vector<SubjectId>& subjects) {
        std::vector<std::int64_t> told;
        for (const SubjectId each : subjects) told.push_back(each.value);
        serving.host.events.publish(told, "inbox", "{}");
    });
    jobs::Runner runner(*office->database, *office->clock, handlers_of(serving));
    ::journal::Sequencer sequencer(*office->database, *office->clock, TRY(office->signer()));
    search::Merger merger(*office->database);
    Housekeeping housekeeping(*office);
    auto created = http::Server::create(settings, std::move(serving.router));
    // Whoever starts it knows the option, not the setting behind it.
    if (!created && created.error().message == "http.tls_required")
        return fail(ErrorCode::invalid, "commands.listen_needs_tls", {},
                    {{"listen", line.option("listen")}, {"port", std::to_string(settings.port)}});
    const auto server = TRY(std::move(created));
    sequencer.start();
    runner.start();
    server->start();
    logging::info("serving", {{"address", settings.address}, {"port", std::to_string(server->port())}});
    say(stdout, "congvu đang phục vụ tại {}://{}:{}/\n", settings.tls ? "https" : "http", settings.address,
        server->port());
    std::fflush(stdout);

    int signal = 0;
    while (sigwait(&signals, &signal) == 0 && signal == rights_changed_signal()) org::touch();
    logging::info("stopping");
    server->stop();
    runner.stop();
    sequencer.stop();
    return {};
}

}  // namespace

int serve(const std::vector<std::string>& words) {
    const auto line = Line::read(words, {"data", "listen", "tls-certificate", "tls-key"}, {"help"});
    if (!line) return failed(words, line.error());
    if (line->has("help")) return say(stdout, "{}\n", help), 0;
    // A certificate without its key must not end in plain HTTP.
    if (line->option("data").empty() || !line->words().empty() || line->has("tls-certificate") != line->has("tls-key"))
        return wrong_usage(words, help);
    logging::set_form(logging::Form::json);
    const auto served = serve_until_stopped(*line);
    return served ? 0 : failed(words, served.error());
}

}  // namespace commands
