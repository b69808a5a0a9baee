#include <latch>
#include <set>

#include <fmt/format.h>

#include "base/uuid.h"
#include "bench/sections.h"
#include "db/database.h"

namespace bench {

namespace {

constexpr int clients = 64;

/// What a client of the run does next: a new document, or its number.
struct Turn {
    std::int64_t record = 0;
    std::int64_t version = 0;
};

struct Registered {
    Run run;
    std::set<std::int64_t> numbers;
    std::size_t doubled = 0;
    double a_second() const { return static_cast<double>(numbers.size()) / run.seconds; }
};

/// The first number behind these letters, 0 without one: the load's own work stays small beside the server's.
std::int64_t number_after(const std::string& answer, std::string_view letters) {
    const std::size_t at = answer.find(letters);
    return at == answer.npos ? 0 : std::strtoll(answer.c_str() + at + letters.size(), nullptr, 10);
}

/// Documents are made and entered in the book, two durable commits each, by so many clients at once.
Registered register_documents(Office& office, int connections, double seconds) {
    Registered result;
    const Signed clerk = sign_in(office.port(), "vanthu", password);
    std::vector<Turn> turns(static_cast<std::size_t>(connections));
    std::int64_t made = 0;
    const Load load{
        .port = office.port(),
        .connections = connections,
        .seconds = seconds,
        .next =
            [&](int i) {
                const Turn& turn = turns[static_cast<std::size_t>(i)];
                if (turn.record > 0)
                    return request("POST", fmt::format("/api/records/{}/actions/register", turn.record), clerk.cookie,
                                   clerk.csrf, fmt::format(R"({{"version":{}}})", turn.version));
                ++made;
                return request(
                    "POST", "/api/registers/incoming/records", clerk.cookie, clerk.csrf,
                    fmt::format(R"({{"values":{{"sender":"Ủy ban nhân dân tỉnh Bình Minh","notation":"{}/BC-UBND",)"
                                R"("issued_on":"2026-11-20","kind":"report","subject":"V/v báo cáo kết quả thực )"
                                R"(hiện nhiệm vụ cải cách hành chính số {}"}}}})",
                                made, made));
            },
        .seen =
            [&](int i, const Answer& answer) {
                Turn& turn = turns[static_cast<std::size_t>(i)];
                if (answer.status != 200 && answer.status != 201) {
                    turn = {};
                    return false;
                }
                if (answer.status == 201) {
                    turn = {number_after(answer.body, R"("id":)"), number_after(answer.body, R"("version":)")};
                    return turn.record > 0;
                }
                turn = {};
                const std::int64_t number = number_after(answer.body, R"("arrival_number":")");
                if (!result.numbers.insert(number).second) ++result.doubled;
                return number > 0;
            }};
    result.run = run(load, office.id());
    return result;
}

db::Blob bytes_of(const std::string& text) {
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// The same rows and no more, without journal and full text: two group commits for each document, straight to the
/// store.
double rows_only(const std::string& file, double seconds) {
    constexpr db::Sql insert_record{"bench.record", R"(
        insert into record (uuid, register_id, agency_id, unit_id, form_version, state, title, created_at, updated_at)
        values (?1, 1, 1, 1, 1, 'received', ?2, ?3, ?3) returning id)"};
    constexpr db::Sql insert_row{"bench.row", R"(
        insert into r_incoming (record_id, agency_id, sender, sender_key, sender_folded, notation, notation_key, notation_folded, subject,
                                subject_key, subject_folded, arrived_on)
        values (?1, 1, ?2, ?5, ?2, ?3, ?6, ?3, ?4, ?7, ?4, '2026-11-20'))"};
    constexpr db::Sql insert_grant{"bench.grant", R"(
        insert into record_grant (record_id, subject_id, rule) values (?1, ?2, 4))"};
    constexpr db::Sql insert_shown{"bench.shown", R"(
        insert into step_record (record_id, urgency, notation, author) values (?1, 0, ?2, ?3))"};
    constexpr db::Sql insert_number{"bench.number_taken", R"(
        insert into number_taken (book_id, number, state, record_id, changed_at, person_id)
        values (1, ?1, 'used', ?2, ?3, 1))"};
    constexpr db::Sql update_book{"bench.book", "update number_book set last = ?1 where id = 1"};
    constexpr db::Sql update_record{"bench.update", R"(
        update record set state = 'registered', version = 2 where id = ?1)"};
    constexpr db::Sql number_row{"bench.number", R"(update r_incoming set arrival_number = ?2 where record_id = ?1)"};
    const auto store = std::move(*db::Database::open({.address = file}));
    std::atomic<std::int64_t> numbers{1'000'000}, done{0};
    const auto begun = std::chrono::steady_clock::now();
    const auto end = begun + std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
    std::latch finished(clients);
    std::vector<std::int64_t> records(clients, 0);
    std::function<void(std::size_t)> again = [&](std::size_t i) {
        if (std::chrono::steady_clock::now() > end) return finished.count_down();
        store->write(
            [&, i](db::Transaction& tx) -> Result<void> {
                if (records[i] > 0) {
                    const std::int64_t number = numbers++;
                    TRY(tx.execute(update_record, records[i]));
                    TRY(tx.execute(number_row, records[i], std::to_string(number)));
                    TRY(tx.execute(insert_number, number, records[i], tx.now()));
                    TRY(tx.execute(update_book, number));
                    return {};
                }
                const std::string subject = "V/v báo cáo kết quả thực hiện nhiệm vụ cải cách hành chính";
                const std::int64_t id = TRY(tx.insert(insert_record, new_uuid(tx.now()), subject, tx.now()));
                const std::string author = "Ủy ban nhân dân tỉnh Bình Minh", notation = std::to_string(id) + "/BC-UBND";
                TRY(tx.execute(insert_row, id, author, notation, subject, bytes_of(author), bytes_of(notation),
                               bytes_of(subject)));
                TRY(tx.execute(insert_shown, id, notation, author));
                for (int subject_id = 1; subject_id <= 4; ++subject_id) TRY(tx.execute(insert_grant, id, subject_id));
                records[i] = -id;
                return {};
            },
            [&, i](Result<void> committed) {
                if (!committed) {
                    fmt::print(stderr, "{} {}\n", committed.error().message, committed.error().detail);
                    std::exit(1);
                }
                if (records[i] > 0) ++done;
                records[i] = records[i] > 0 ? 0 : -records[i];
                again(i);
            });
    };
    for (std::size_t i = 0; i < clients; ++i) again(i);
    finished.wait();
    return static_cast<double>(done) / std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

std::size_t gaps(const std::set<std::int64_t>& numbers) {
    if (numbers.empty()) return 0;
    return static_cast<std::size_t>(*numbers.rbegin() - *numbers.begin()) + 1 - numbers.size();
}

}  // namespace

void registrations(const Options& options) {
    heading(fmt::format("Durable registrations, two commits each, {:.0f} minutes with {} clients", options.minutes,
                        clients));
    const std::string data = fresh_office(options, "registering");
    const double syncs = syncs_a_second(options.folder, 16384, 5);
    figure("raw syncs of 16 KiB a second", fmt::format("{:.0f}", syncs));
    const std::string rows = fresh_office(options, "rows");
    const double bare = rows_only(rows + "/congvu.db", 20);
    figure("rows only: documents a second", fmt::format("{:.0f}", bare));
    {
        Office office(options, data);
        Registered all = register_documents(office, clients, options.minutes * 60);
        const double p99 = all.run.waits.within(0.99);
        figure("documents a second, with journal, index and HTTP", fmt::format("{:.0f}", all.a_second()));
        figure("of the server's processor, a document",
               fmt::format("{:.0f} µs", 1e6 * all.run.processor / static_cast<double>(all.numbers.size())));
        figure("of the rows-only rate", fmt::format("{:.0f} %", 100 * all.a_second() / bare), ">= 60 %",
               all.a_second() >= 0.6 * bare);
        figure("commits answered for each raw sync", fmt::format("{:.2f}", all.run.a_second() / syncs));
        figure("p99 of a commit", fmt::format("{:.1f} ms", p99), "< 30 ms", p99 < 30);
        // Those in flight at the end have a number that was not heard: at most one a client, at the end.
        figure("documents; failures; numbers doubled; gaps",
               fmt::format("{}; {}; {}; {}", all.numbers.size(), all.run.failures, all.doubled, gaps(all.numbers)),
               "no failure, none doubled, no gap",
               all.run.failures == 0 && all.doubled == 0 && gaps(all.numbers) <= clients);
    }
    heading("The same when each sync costs 2 ms more");
    const std::string slow = fresh_office(options, "slow");
    Office office(options, slow, options.preload);
    const Registered one = register_documents(office, 1, 20);
    Registered many = register_documents(office, clients, std::min(120.0, options.minutes * 60));
    figure("one client: documents a second", fmt::format("{:.1f}", one.a_second()));
    figure("64 clients: documents a second", fmt::format("{:.0f}", many.a_second()));
    figure("64 clients / one", fmt::format("{:.1f}", many.a_second() / one.a_second()), ">= 15",
           many.a_second() >= 15 * one.a_second());
    figure("p99 of a commit", fmt::format("{:.1f} ms", many.run.waits.within(0.99)), "< 30 ms",
           many.run.waits.within(0.99) < 30);
}

}  // namespace bench
