#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "bench/sections.h"
#include "core/search/store.h"
#include "db/database.h"

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

constexpr std::array<const char*, 9> words{"báo cáo",
                                           "bao cao",
                                           "kế hoạch bảo đảm an toàn thông tin",
                                           "cai cach hanh chinh",
                                           "an toàn thông tin mạng",
                                           "huan luyen boi duong can bo",
                                           "quý III",
                                           "1234/BC",
                                           "văn bản không hề có"};

/// The index by itself: the first 20 titles, no right asked.
void index_walks(const Options& options) {
    const auto store = std::move(*db::Database::open({.address = options.million + "/congvu.db"}));
    const auto reader = std::move(*store->read());
    constexpr db::Sql incoming{"bench.incoming", "select id from register where code = 'incoming'"};
    const RegisterId register_id{(*reader->row(incoming))->integer(0)};
    double worst = 0;
    std::string slowest;
    Waits all;
    for (const char* text : words) {
        Waits waits;
        for (int i = 0; i < 101; ++i) {
            const auto begun = std::chrono::steady_clock::now();
            const search::store::Asked asked{.terms = search::parse_terms(text), .register_id = register_id};
            if (!search::store::titles(*reader, asked, {}, 20)) std::exit(1);
            const auto taken = std::chrono::steady_clock::now() - begun;
            waits.add(taken);
            all.add(taken);
        }
        if (waits.within(0.5) <= worst) continue;
        worst = waits.within(0.5);
        slowest = text;
    }
    const double median = all.within(0.5);
    figure(fmt::format("the index alone: median of {} questions", words.size()), fmt::format("{:.2f} ms", median),
           "< 2 ms", median < 2);
    figure(fmt::format("the slowest of them (\"{}\")", slowest), fmt::format("{:.2f} ms", worst));
}

}  // namespace

namespace {

/// First pages of these boxes, of everyone who has a whole page in one.
std::vector<std::string> whole_pages(Office& office, std::initializer_list<const char*> boxes) {
    std::vector<std::string> asked;
    for (const char* login : {"truong.pc", "truong.tc", "truong.cntt", "truong.tccb", "truong.khdt", "chanhvp",
                              "cv.pc1", "cv.pc2", "cv.cntt1", "cv.tccb1", "lanhdao"}) {
        const Signed person = sign_in(office.port(), login, password);
        if (person.cookie.empty()) continue;
        for (const char* box : boxes) {
            std::string text = request("GET", fmt::format("/api/inbox?box={}&limit=50", box), person.cookie);
            const Answer answer = ask(office.port(), text);
            if (answer.status == 200 && items_in(answer.body) == 50) asked.push_back(std::move(text));
        }
    }
    return asked;
}

Load turning(Office& office, const std::vector<std::string>& asked) {
    return {.port = office.port(), .connections = 16, .seconds = 10, .next = [&, turn = std::size_t{0}](int) mutable {
                return asked[turn++ % asked.size()];
            }};
}

}  // namespace

void inbox_pages(const Options&, Office& office) {
    heading("Inbox pages of 50 rows with their count, through HTTP");
    const std::vector<std::string> own = whole_pages(office, {"todo", "support", "inform"});
    const std::vector<std::string> given = whole_pages(office, {"watching"});
    if (own.empty() || given.empty()) return figure("inboxes with a whole page", "none", "some", false);
    figure("boxes of work received, each with a whole page", fmt::format("{}", own.size()));
    Load load = turning(office, own);
    (void)run(Load{load}, office.id());
    const Run full = run(load, office.id());
    figure("pages a second", fmt::format("{:.0f}", full.a_second()));
    figure("pages a second and core", fmt::format("{:.0f}", full.a_core()), ">= 4,000", full.a_core() >= 4000);
    load.rate = full.a_second() / 2;
    load.seconds = 20;
    Run half = run(load, office.id());
    const double p99 = half.waits.within(0.99);
    figure("p99 at half load", fmt::format("{:.2f} ms", p99), "< 10 ms", p99 < 10);
    const Run followed = run(turning(office, given), office.id());
    figure(fmt::format("boxes of work given, {} of them: pages a second and core", given.size()),
           fmt::format("{:.0f}", followed.a_core()));
    const std::size_t failures = full.failures + half.failures + followed.failures;
    figure("failures", fmt::format("{}", failures), "0", failures == 0);
}

void searches(const Options& options, Office& office) {
    heading("Search, first 20; through HTTP one at a time, with the right to each record asked");
    index_walks(options);
    struct Who {
        const char* login;
        const char* says;
    };
    for (const Who& who : {Who{"vanthu", "a clerk, who may see nearly all"}, Who{"cv.pc1", "a handler, by grants"},
                           Who{"vanthu.tchc", "a clerk of another agency, who may see next to none"}}) {
        const Signed person = sign_in(office.port(), who.login, password);
        double worst = 0;
        std::string slowest;
        Waits all;
        for (const char* text : words) {
            const std::string asked =
                request("GET", fmt::format("/api/search?q={}&limit=20", encoded(text)), person.cookie);
            Run found = run({.port = office.port(), .connections = 1, .seconds = 1, .next = [&](int) { return asked; }},
                            office.id());
            const double median = found.waits.within(0.5);
            if (found.failures > 0 || found.answers == 0)
                figure(fmt::format("\"{}\"", text), "failed", "an answer", false);
            if (median > worst) {
                worst = median;
                slowest = text;
            }
        }
        figure(fmt::format("{}: slowest median of {} questions (\"{}\")", who.says, words.size(), slowest),
               fmt::format("{:.2f} ms", worst), "< 60 ms", worst < 60);
    }
}

}  // namespace bench
