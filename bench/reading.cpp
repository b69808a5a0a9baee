#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "bench/sections.h"

namespace bench {

namespace {

std::string encoded(std::string_view text) {
    std::string result;
    for (const unsigned char c : text)
        if (std::isalnum(c))
            result += static_cast<char>(c);
        else
            result += fmt::format("%{:02X}", c);
    return result;
}

std::size_t items_in(const std::string& body) {
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(body, error);
    const auto* found = error ? nullptr : value.find_pointer("/items", error);
    return found && found->is_array() ? found->as_array().size() : 0;
}

}  // namespace

void inbox_pages(const Options&, Office& office) {
    heading("Inbox pages of 50 rows, through HTTP");
    std::vector<std::string> asked;
    std::size_t rows = 0;
    for (const char* login : {"truong.pc", "truong.tc", "truong.cntt", "truong.tccb", "truong.khdt", "chanhvp", "cv.pc1",
                              "cv.pc2", "cv.cntt1", "cv.tccb1", "lanhdao"}) {
        const Signed person = sign_in(office.port(), login, password);
        if (person.cookie.empty()) continue;
        for (const char* box : {"todo", "support", "inform", "watching"}) {
            const std::string text = request("GET", fmt::format("/api/inbox?box={}&limit=50", box), person.cookie);
            const Answer answer = ask(office.port(), text);
            if (answer.status != 200 || items_in(answer.body) < 50) continue;
            rows += 50;
            asked.push_back(text);
        }
    }
    if (asked.empty()) return figure("inboxes with a whole page", "none", "some", false);
    figure("inboxes asked, each with a whole page", fmt::format("{}", asked.size()));
    std::size_t turn = 0;
    Load load{.port = office.port(), .connections = 16, .seconds = 10, .next = [&](int) {
                  return asked[turn++ % asked.size()];
              }};
    (void)run(Load{load}, office.id());
    const Run full = run(load, office.id());
    figure("pages a second", fmt::format("{:.0f}", full.a_second()));
    figure("pages a second and core", fmt::format("{:.0f}", full.a_core()), ">= 4,000", full.a_core() >= 4000);
    load.rate = full.a_second() / 2;
    load.seconds = 20;
    Run half = run(load, office.id());
    const double p99 = half.waits.within(0.99);
    figure("p99 at half load", fmt::format("{:.2f} ms", p99), "< 10 ms", p99 < 10);
    figure("failures", fmt::format("{}", full.failures + half.failures), "0", full.failures + half.failures == 0);
}

void searches(const Options&, Office& office) {
    heading("Search, first 20, through HTTP, one at a time");
    const std::array words{"báo cáo",       "bao cao",          "kế hoạch bảo đảm an toàn thông tin",
                           "cai cach hanh chinh", "an toàn thông tin mạng", "huan luyen boi duong can bo",
                           "quý III",       "1234/BC",          "văn bản không hề có"};
    struct Who {
        const char* login;
        const char* says;
        double most;
    };
    for (const Who& who : {Who{"vanthu", "a clerk, who may see nearly all", 2}, Who{"cv.pc1", "a handler, by grants", 60},
                           Who{"vanthu.tchc", "a clerk of another agency, who may see none", 60}}) {
        const Signed person = sign_in(office.port(), who.login, password);
        double worst = 0;
        std::string slowest;
        Waits all;
        for (const char* text : words) {
            const std::string asked = request("GET", fmt::format("/api/search?q={}&limit=20", encoded(text)), person.cookie);
            Run found = run({.port = office.port(), .connections = 1, .seconds = 1, .next = [&](int) { return asked; }},
                            office.id());
            const double median = found.waits.within(0.5);
            if (found.failures > 0 || found.answers == 0) figure(fmt::format("\"{}\"", text), "failed", "an answer", false);
            if (median > worst) {
                worst = median;
                slowest = text;
            }
        }
        figure(fmt::format("{}: slowest median of {} questions (\"{}\")", who.says, words.size(), slowest),
               fmt::format("{:.2f} ms", worst), fmt::format("< {} ms", who.most), worst < who.most);
    }
}

}  // namespace bench
