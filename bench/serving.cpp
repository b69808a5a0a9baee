#include <filesystem>
#include <fstream>
#include <thread>

#include <fmt/format.h>

#include "bench/sections.h"

namespace bench {

namespace {

Run hammer(int port, pid_t server, const std::string& target) {
    const Load load{.port = port, .connections = 32, .seconds = 8, .next = [&](int) { return request("GET", target); }};
    return run(load, server);
}

}  // namespace

void small_answers(const Options& options) {
    heading("Small answers, 32 kept connections, nginx serving a static file as the yardstick");
    const std::string folder = options.folder + "/nginx";
    std::filesystem::create_directories(folder + "/pages");
    const int port = free_port();
    const std::string data = fresh_office(options, "small");
    Office office(options, data);
    std::ofstream(folder + "/pages/health.json") << ask(office.port(), request("GET", "/api/health")).body;
    std::ofstream(folder + "/nginx.conf") << fmt::format(
        "daemon off; master_process off; worker_processes 1; pid {0}/pid; error_log {0}/error.log;\n"
        "events {{ worker_connections 256; }}\n"
        "http {{ access_log off; sendfile on; keepalive_requests 100000000; types {{ application/json json; }}\n"
        "  client_body_temp_path {0}/a; proxy_temp_path {0}/b; fastcgi_temp_path {0}/c; uwsgi_temp_path {0}/d; "
        "scgi_temp_path {0}/e;\n"
        "  server {{ listen 127.0.0.1:{1}; root {0}/pages; }} }}\n",
        folder, port);
    Child nginx({"nginx", "-p", folder, "-c", folder + "/nginx.conf"}, {}, folder + "/nginx.log");
    for (int i = 0; i < 200 && ask(port, request("GET", "/health.json")).status != 200; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    // Turn about, so that both meet the same machine; the better of three each.
    double ours = 0, theirs = 0;
    for (int round = 0; round < 3; ++round) {
        theirs = std::max(theirs, hammer(port, nginx.id(), "/health.json").a_core());
        ours = std::max(ours, hammer(office.port(), office.id(), "/api/health").a_core());
    }
    figure("nginx, a second and core", fmt::format("{:.0f}", theirs));
    figure("congvu, a second and core", fmt::format("{:.0f}", ours));
    figure("congvu / nginx", fmt::format("{:.0f} %", 100 * ours / theirs), ">= 80 %", ours >= 0.8 * theirs);
}

}  // namespace bench
