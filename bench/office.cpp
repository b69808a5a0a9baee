#include <arpa/inet.h>
#include <filesystem>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "bench/sections.h"

namespace bench {

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

Office::Office(const Options& options, const std::string& data, const std::string& preload)
    : port_(free_port()),
      begun_(std::chrono::steady_clock::now()),
      child_({options.program, "serve", "--data", data, "--listen", fmt::format("127.0.0.1:{}", port_)}, preload,
             options.folder + "/server.log") {
    while (ask(port_, request("GET", "/api/health")).status != 200) {
        std::this_thread::sleep_for(std::chrono::microseconds(500));
        if (std::chrono::steady_clock::now() > begun_ + std::chrono::minutes(2)) {
            fmt::print(stderr, "the server does not answer; see {}/server.log\n", options.folder);
            std::exit(1);
        }
    }
    started_in_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun_).count();
}

std::string fresh_office(const Options& options, const std::string& name) {
    const std::string data = options.folder + "/" + name;
    std::filesystem::remove_all(data);
    const std::string command =
        fmt::format("'{}' demo --data '{}' --documents 40 >'{}/demo.log' 2>&1", options.program, data, options.folder);
    if (std::system(command.c_str()) != 0) {
        fmt::print(stderr, "the sample ministry could not be made; see {}/demo.log\n", options.folder);
        std::exit(1);
    }
    return data;
}

void start_and_memory(const Options& options) {
    heading("Start and idle memory, on the store with the many documents");
    {
        Office first(options, options.million);  // whatever the last run left is recovered here, unmeasured
        first.stop();
    }
    std::vector<double> clean;
    for (int i = 0; i < 5; ++i) {
        Office office(options, options.million);
        clean.push_back(office.started_in());
        if (i < 4) continue;
        std::this_thread::sleep_for(std::chrono::seconds(5));
        const Memory memory = memory_of(office.id());
        figure("idle memory, whole (of its own)", fmt::format("{:.1f} ({:.1f}) MB", memory.total, memory.own),
               "< 40 MB", memory.total < 40);
        const Signed clerk = sign_in(office.port(), "vanthu", password);
        // Killed while it writes, so that the next start has a log to read.
        run({.port = office.port(),
             .connections = 8,
             .seconds = 2,
             .next =
                 [&](int) {
                     return request("POST", "/api/registers/incoming/records", clerk.cookie, clerk.csrf,
                                    R"({"values":{"sender":"Bộ Tài chính","subject":"V/v đo khởi động"}})");
                 }},
            office.id());
        office.stop(9);
    }
    std::ranges::sort(clean);
    figure("start to first answer, clean, median of 5", fmt::format("{:.0f} ms", clean[2]), "< 100 ms", clean[2] < 100);
    const Office after(options, options.million);
    figure("start to first answer, after kill -9", fmt::format("{:.0f} ms", after.started_in()), "< 500 ms",
           after.started_in() < 500);
}

}  // namespace bench
