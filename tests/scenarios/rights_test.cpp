#include <chrono>
#include <random>
#include <regex>

#include "base/resources.h"
#include "core/org/posts.h"
#include "core/registers/samples.h"
#include "modules/auditing/auditing.h"
#include "modules/content/content.h"
#include "modules/organisation/organisation.h"
#include "tests/scenarios/second_predicate.h"
#include "tests/scenarios/whole_office.h"

// Who sees what: 10,000 random pairs of account and record of every register, in an office whose work and people move
// between the rounds, through every path and against the second predicate. CONGVU_RIGHTS_SEED repeats a run.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::SecondPredicate;

constexpr int rounds = 5;
constexpr int pairs_each_round = 2'000;

class Rights : public congvu::test::WholeOfficeTest {
  protected:
    void add_routes(service::Routes& routes) override {
        host().ceiling = engine().ceiling = Secrecy::confidential;
        WholeOfficeTest::add_routes(routes);
        tools_ = std::make_unique<content::Tools>(content::Tools{db(), *vault_, helpers_, engine()});
        content::routes(routes, *tools_);
        organisation::routes(routes);
        auditing::routes(routes, engine(), [] { return Result<void>(); });
        const char* given = std::getenv("CONGVU_RIGHTS_SEED");
        seed_ = given ? static_cast<unsigned>(std::atoll(given)) : std::random_device()();
        random_.seed(seed_);
        std::printf("seed %u\n", seed_);
        people_ = {"leader",   "deputy",       "chief",        "clerk",          "secretary",   "legal",
                   "auditor",  "head",         "handler",      "roads_head",     "roads_clerk", "roads_handler",
                   "admin",    "other_leader", "other_clerk",  "other_handler",  "keeper",      "steering",
                   "security", "other_keeper", "section_head", "section_handler"};
        const UnitId section = add_unit("section", "section", "Phòng Cầu", "PC", unit("roads"));
        add_desk("keeper", unit("office"), "Cán bộ quản lý sổ", {"register_keeper"}, "Lương Bảo An");
        add_desk("steering", unit("office"), "Thư ký Ban Chỉ đạo", {"steering"}, "Quách Thu Bình");
        add_desk("security", unit("office"), "Nhân viên bảo mật", {"security_keeper"}, "Tô Vĩnh Cát");
        add_desk("other_keeper", unit("directorate_office"), "Quản lý sổ", {"register_keeper"}, "Kiều Anh Duy");
        add_desk("section_head", section, "Trưởng phòng Cầu", {"head_of_section"}, "Thạch Minh Đạo");
        add_desk("section_handler", section, "Chuyên viên", {"handler"}, "Nông Thị Én");
    }
    template <class List>
    const auto& one_of(const List& list) {
        return list[random_() % list.size()];
    }
    bool chance(unsigned percent) { return random_() % 100 < percent; }
    const congvu::test::Desk& anyone() { return desk(one_of(people_)); }
    UnitId any_unit() {
        static const std::vector<std::string> names{"office", "planning", "roads", "section", "directorate_office"};
        return unit(one_of(names));
    }
    static std::string mark(std::size_t number) { return "dauvet" + std::to_string(number) + "x"; }
    static std::string file_mark(std::size_t number) { return "tepsomot" + std::to_string(number) + "x"; }
    std::string path_of(std::size_t number) const { return "/api/records/" + std::to_string(records_[number]); }

    /// One more record, by whoever; its title carries its mark.
    void add_record(const std::string& code, object values, const std::string& title, const std::string& author,
                    const std::string& state = "") {
        values[title] = mark(records_.size()) + " chungdau";
        const bool keeps_unit = chance(50);
        const auto made = write(scope_of(author), [&](const Scope& scope, db::Transaction& tx) {
            return records::create(scope, tx, engine(), code,
                                   {values, keeps_unit ? std::nullopt : std::optional(any_unit()), true, state});
        });
        ASSERT_TRUE(made) << code << ": " << congvu::test::told(made);
        records_.push_back(made->id.value);
        register_of_.push_back(code);
    }
    /// The shipped samples of a register, with its people and units drawn anew.
    void add_samples(const registers::Declaration& declaration) {
        static const std::map<std::string, std::string> titles{{"computer", "used_for"},
                                                               {"connection_point", "place"},
                                                               {"insurance_book", "full_name"},
                                                               {"task", "title_text"},
                                                               {"finding", "subject"}};
        const auto yaml = resources::find("registers/" + declaration.code + "/samples.yaml");
        if (!yaml) return;
        const auto samples = registers::read_samples(declaration, *yaml);
        ASSERT_TRUE(samples);
        const auto title = titles.find(declaration.code);
        for (std::size_t i = 0; i < samples->size() && i < 9; ++i) {
            object values = (*samples)[i].values;
            for (const registers::Field& field : declaration.fields) {
                if (field.type == registers::FieldType::person) values[field.code] = anyone().person.value;
                if (field.type == registers::FieldType::unit) values[field.code] = any_unit().value;
                if (field.type == registers::FieldType::record) values.erase(field.code);
                if (field.type == registers::FieldType::record && chance(70))
                    for (std::size_t k = 0; k < records_.size(); ++k)
                        if (register_of_[k] == field.record_of) values[field.code] = records_[k];
            }
            add_record(declaration.code, values, title == titles.end() ? "name" : title->second, one_of(people_),
                       (*samples)[i].state);
        }
    }
    void add_letters(int count) {
        static const std::vector<std::string> clerks{"clerk", "clerk", "other_clerk", "roads_clerk", "security"};
        for (int i = 0; i < count; ++i) {
            object values{{"sender", "Nơi gửi"}, {"notation", std::to_string(i) + "/CV"}};
            if (chance(20)) values["named_person"] = anyone().person.value;
            if (chance(20)) values["book"] = "secret", values["secrecy"] = chance(60) ? "confidential" : "secret";
            add_record("incoming", values, "subject", one_of(clerks));
        }
    }
    void add_file(std::size_t number) {
        const std::string text = "chungtep " + file_mark(number);
        const auto bytes = vault_->keep_bytes("%PDF-1.4 " + text), kept = vault_->keep_bytes(text);
        const auto picture = vault_->keep_bytes("PNG " + text);
        const auto made = write([&](const Scope& scope, db::Transaction& tx) -> Result<FileId> {
            const FileId file = TRY(files::add(scope, tx, *bytes, file_mark(number) + ".pdf", "application/pdf"));
            TRY(files::attach(scope, tx, {records_[number]}, file, {}, files::Checked::by_caller));
            TRY(files::set_text(tx, file, *kept));
            TRY(files::set_rendition(tx, file, "page_png_1_1000", *picture));
            TRY(search::index_content(tx, file, text));
            return file;
        });
        ASSERT_TRUE(made) << congvu::test::told(made);
        files_[made->value] = {number};
        file_of_[number] = made->value;
    }
    /// The same file on a second record too: whoever sees either may read it.
    void share_files() {
        for (auto& [file, on] : files_) {
            if (!chance(25)) continue;
            const std::size_t other = random_() % records_.size();
            if (other == on.front()) continue;
            const auto done = write([&, id = FileId{file}](const Scope& scope, db::Transaction& tx) {
                return files::attach(scope, tx, {records_[other]}, id, {}, files::Checked::by_caller);
            });
            ASSERT_TRUE(done) << congvu::test::told(done);
            on.push_back(other);
        }
    }
    void furnish_work() {
        for (const auto& declaration : engine().catalogue.all())
            if (declaration->code != "incoming") {
                ASSERT_NO_FATAL_FAILURE(add_samples(*declaration));
            }
        ASSERT_NO_FATAL_FAILURE(add_letters(60));
        for (std::size_t i = 0; i < records_.size(); ++i)
            if (chance(40)) {
                ASSERT_NO_FATAL_FAILURE(add_file(i));
            }
        ASSERT_NO_FATAL_FAILURE(share_files());
        for (std::size_t i = 0; i < 40; ++i) {
            const auto done = write([&](const Scope& scope, db::Transaction& tx) {
                return records::link(scope, tx, engine(), {one_of(records_)}, {one_of(records_)}, "related");
            });
            (void)done;  // to itself, or there already: a link less
        }
        for (const std::string& who : people_)
            for (const auto& declaration : engine().catalogue.all())
                as(who).post(
                    "/api/registers/" + declaration->code + "/filters",
                    {{"name", "Tất cả"}, {"shared", false}, {"content", {{"filter", "state != \"khong_co\""}}}});
        ASSERT_NO_FATAL_FAILURE(assign_some(60));
    }

    object party() {
        if (chance(25)) return {{"kind", "unit"}, {"id", any_unit().value}};
        if (chance(35)) return {{"kind", "person"}, {"id", anyone().person.value}};
        return {{"kind", "post"}, {"id", anyone().post.value}};
    }
    /// Steps of every kind on whatever has participants; what the engine refuses is refused.
    void assign_some(int count) {
        for (int i = 0; i < count; ++i) {
            const RecordId record{one_of(records_)};
            const auto done =
                write(scope_of(one_of(people_)), [&](const Scope& scope, db::Transaction& tx) -> Result<void> {
                    static const std::vector<steps::Role> roles{steps::Role::lead, steps::Role::support,
                                                                steps::Role::inform, steps::Role::consult};
                    const auto declaration = engine().catalogue.find(register_of_[place_of(record)]);
                    if (std::ranges::none_of(declaration->see,
                                             [](const auto& each) { return each.role == "participant"; }))
                        return {};
                    const object to = party();
                    const SubjectId subject = TRY(
                        documents::subject_of({std::string(to.at("kind").as_string()), to.at("id").as_int64()}, "to"));
                    TRY(steps::open(scope, tx, {.record = record, .steps = {{.role = one_of(roles), .to = subject}}}));
                    return {};
                });
            (void)done;
        }
    }
    std::size_t place_of(RecordId record) const {
        return static_cast<std::size_t>(std::ranges::find(records_, record.value) - records_.begin());
    }
    /// Everybody does something about the work that waits for them, or takes back what they gave.
    void work() {
        for (const std::string& who : people_) {
            for (const char* box : {"todo", "support", "inform", "watching"}) {
                const Answer page = as(who).get("/api/inbox?box=" + std::string(box));
                for (std::size_t i = 0; i < page.size("/items"); ++i) {
                    const std::string at = "/items/" + std::to_string(i);
                    const std::string step = "/api/steps/" + std::to_string(page.number(at + "/step"));
                    switch (random_() % 8) {
                        case 0:
                            as(who).put(step + "/return", {{"reason", "không thuộc nhiệm vụ"}});
                            break;
                        case 1:
                            as(who).put(step + "/taking-back");
                            break;
                        case 2:
                            as(who).put(step + "/hand-on", {{"to", party()}});
                            break;
                        case 3:
                            as(who).put(step + "/book-entry");
                            break;
                        case 4:
                            as(who).put(step + "/seen");
                            break;
                        case 5:
                            as(who).put(step + "/finish", {{"outcome", "no_reply"}, {"reason", "đã xong"}});
                            break;
                        default:
                            break;
                    }
                }
            }
        }
    }
    /// Fields that say who sees a record get another value.
    void rename_holders() {
        for (int i = 0; i < 30; ++i) {
            const std::size_t number = random_() % records_.size();
            const std::string& who = one_of(people_);
            const Answer record = as(who).get(path_of(number));
            if (record.status != 200) continue;
            object values;
            for (const registers::Field& field : engine().catalogue.find(register_of_[number])->fields) {
                if (field.type == registers::FieldType::person) values[field.code] = anyone().person.value;
                if (field.type == registers::FieldType::unit) values[field.code] = any_unit().value;
            }
            as(who).put(path_of(number), {{"version", record.number("/version")}, {"values", values}});
        }
    }
    /// What happens in the office before a round.
    void move_people(int round) {
        const auto change = [&](auto what) {
            const auto done = write(what);
            ASSERT_TRUE(done) << "round " << round << ": " << congvu::test::told(done);
        };
        const LocalDate today = local_date(clock().now());
        if (round == 1) {
            as("handler").post(
                "/api/hand-overs",
                {{"from", desk("handler").person.value}, {"to", desk("legal").person.value}, {"steps", "all"}});
            change([&](const Scope& scope, db::Transaction& tx) {
                return org::add_acting(scope, tx,
                                       {desk("roads_head").post, desk("secretary").person, today, today + 1, "QĐ 1"});
            });
        } else if (round == 2) {
            const Answer waiting = as("legal").get("/api/hand-overs");
            if (waiting.size() > 0)
                as("legal").put("/api/hand-overs/" + std::to_string(waiting.number("/0/id")) + "/confirmation");
            change([&](const Scope& scope, db::Transaction& tx) {
                return org::fill_post(scope, tx, {desk("roads_handler").post, desk("head").person, today, {}, {}});
            });
            change([&](const Scope& scope, db::Transaction& tx) {
                return org::set_roles(scope, tx, desk("auditor").post, {"leader", "auditor"});
            });
        } else if (round == 3) {
            later(std::chrono::hours(48));  // the acting is over, and everybody's session
            for (const std::string& who : people_) forget(who);
            change([&](const Scope& scope, db::Transaction& tx) {
                return org::succeed(scope, tx, unit("section"), {"dissolve", {unit("roads")}, scope.today, "QĐ 2"});
            });
            change([&](const Scope& scope, db::Transaction& tx) {
                return org::vacate_post(scope, tx, desk("roads_clerk").post, scope.today);
            });
        } else if (round == 4) {
            change([&](const Scope& scope, db::Transaction& tx) {
                return org::change_unit(scope, tx, unit("planning"),
                                        {.parent = unit("directorate"),
                                         .kind = "department",
                                         .name = "Ban Kế hoạch",
                                         .short_name = "Ban Kế hoạch",
                                         .abbreviation = "KH",
                                         .valid_from = scope.today});
            });
            change([&](const Scope& scope, db::Transaction& tx) {
                return org::add_acting(
                    scope, tx,
                    {desk("chief").post, desk("other_handler").person, scope.today, scope.today + 9, "QĐ 3"});
            });
        }
    }

    struct Account {
        Scope scope;
        std::set<std::size_t> sees;                       ///< by the second predicate
        std::set<std::size_t> elsewhere;                  ///< by it, from the other posts one may act from
        std::set<std::size_t> listed, exported, matched;  ///< by the server
        std::set<std::size_t> found, found_in_files;
    };
    void disagree(const std::string& who, std::size_t number, std::string_view where, bool expected) {
        ++differ_;
        if (differ_ <= 20 && !expects_faults_)
            ADD_FAILURE() << who << ", " << register_of_[number] << " " << mark(number) << ", " << where
                          << ": the declaration says " << (expected ? "seen" : "not seen") << " (seed " << seed_ << ")";
    }
    static std::set<std::size_t> marks_in(const std::string& text, std::string_view word = "dauvet") {
        std::set<std::size_t> numbers;
        for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += word.size())
            numbers.insert(std::strtoul(text.c_str() + at + word.size(), nullptr, 10));
        return numbers;
    }
    bool may_read(const Account& account, std::int64_t file) const {
        return std::ranges::any_of(files_.at(file), [&](std::size_t on) { return account.sees.contains(on); });
    }
    /// Nothing a person is told may carry the mark of what they may not see.
    const Answer& told(const std::string& who, const Account& account, const Answer& answer, std::string_view where) {
        for (const std::size_t number : marks_in(answer.text))
            if (!account.sees.contains(number)) disagree(who, number, "told by " + std::string(where), false);
        for (const std::size_t number : marks_in(answer.text, "tepsomot"))
            if (!may_read(account, file_of_.at(number)))
                disagree(who, number, "its file told by " + std::string(where), false);
        return answer;
    }
    std::set<std::size_t> items(const std::string& who, const Account& account, const std::string& path,
                                std::string_view id) {
        std::set<std::size_t> numbers;
        std::string after;
        do {
            const Answer page = as(who).get(path + after);
            EXPECT_EQ(page.status, 200) << path << page.text;
            told(who, account, page, path);
            for (std::size_t i = 0; i < page.size("/items"); ++i)
                numbers.insert(place_of({page.number("/items/" + std::to_string(i) + "/" + std::string(id))}));
            after = page.string("/next").empty() ? "" : "&after=" + http::percent_encoded(page.string("/next"));
        } while (!after.empty());
        return numbers;
    }
    /// All that is asked once for an account: lists, counts, exports, searches, filters, inbox, notices.
    void ask_lists(const std::string& who, Account& account) {
        for (const auto& declaration : engine().catalogue.all()) {
            const std::string base = "/api/registers/" + declaration->code;
            std::set<std::size_t> expected;
            for (const std::size_t number : account.sees)
                if (register_of_[number] == declaration->code) expected.insert(number);
            account.listed.merge(items(who, account, base + "/records?limit=150", "id"));
            const Answer matching = as(who).get(base + "/records?limit=1&q=chungdau");
            const Answer counted = as(who).get(base + "/filters");
            // A filter stays with the agency it was saved in; whoever has moved to another has none.
            const auto size = static_cast<std::int64_t>(expected.size());
            const bool filtered = counted.size() == 0 || counted.number("/0/count/number") == size;
            if (matching.number("/count/number") != size || !filtered) {
                ++differ_;
                if (!expects_faults_)
                    ADD_FAILURE() << who << " counts " << matching.number("/count/number") << " and "
                                  << counted.number("/0/count/number") << " of " << size << " in " << declaration->code
                                  << " (seed " << seed_ << ")";
            }
            const Answer csv = as(who).get(base + "/export?format=csv");
            account.exported.merge(marks_in(csv.text));
            for (const auto& queue : declaration->queues)
                items(who, account, base + "/records?limit=150&queue=" + queue.first, "id");
        }
        account.found = items(who, account, "/api/search?limit=100&q=chungdau", "record");
        account.found_in_files = items(who, account, "/api/search?limit=100&q=chungtep", "record");
        for (const char* box : {"todo", "support", "inform", "watching", "done"})
            for (const std::size_t number :
                 items(who, account, "/api/inbox?limit=200&box=" + std::string(box), "record"))
                if (!account.sees.contains(number)) disagree(who, number, "inbox " + std::string(box), false);
        told(who, account, as(who).get("/api/notices"), "notices");
        if (account.scope.may("journal")) told(who, account, as(who).get("/api/journal?limit=200"), "journal");
        const Answer handed = as(who).get("/api/hand-overs");
        for (std::size_t i = 0; i < handed.size(); ++i)
            told(who, account,
                 as(who).get("/api/hand-overs/" + std::to_string(handed.number("/" + std::to_string(i) + "/id"))),
                 "hand-over");
    }
    void compare(const std::string& who, const Account& account, std::size_t number) {
        const bool expected = account.sees.contains(number);
        const std::string path = path_of(number);
        const auto agree = [&](std::string_view where, bool shown) {
            if (shown != expected) disagree(who, number, where, expected);
        };
        agree("record", told(who, account, as(who).get(path), "record").status == 200);
        agree("history", told(who, account, as(who).get(path + "/history"), "history").status == 200);
        agree("steps", as(who).get(path + "/steps").status == 200);
        // Whoever is among those said to see it sees it.
        const Answer why = as(who).get(path + "/access?person=" + std::to_string(account.scope.person.value));
        if ((why.status == 200 && why.size() > 0) !=
            (expected || (why.status == 200 && account.elsewhere.contains(number))))
            disagree(who, number, "access", expected);
        agree("list", account.listed.contains(number));
        agree("export", account.exported.contains(number));
        agree("search", account.found.contains(number));
        const auto file = file_of_.find(number);
        if (file != file_of_.end()) {
            const bool readable = may_read(account, file->second);
            const std::string at = "/api/files/" + std::to_string(file->second);
            for (const char* part : {"/content", "/text", "/pages/1"})
                if ((as(who).get(at + part).status == 200) != readable)
                    disagree(who, number, "file" + std::string(part), readable);
            if (!expected && account.found_in_files.contains(number)) disagree(who, number, "search in files", false);
            if (expected && !account.found_in_files.contains(number)) disagree(who, number, "search in files", true);
        }
        if (expected || !chance(10)) return;
        // What may not be seen can't be changed, linked to or checked either.
        const int refused = account.scope.posts.empty() ? 403 : 404;
        const object version{{"version", 1}, {"values", object()}};
        agree("edit", as(who).put(path, version).status != refused);
        agree("action", as(who).post(path + "/actions/register", {{"version", 1}}).status != refused);
        agree("check", as(who).post("/api/registers/" + register_of_[number] + "/check",
                                    {{"values", object()}, {"id", records_[number]}})
                               .status != refused);
        if (!account.sees.empty())
            agree("link", as(who).post(path_of(*account.sees.begin()) + "/links",
                                       {{"to", records_[number]}, {"kind", "related"}})
                                  .status != refused);
    }
    Scope scope_from(const std::string& who, PostId post) {
        return read(
            [&](db::Reader& reader) { return org::scope_of(reader, desk(who).person, post, clock().now()).value(); });
    }
    std::vector<HeldPost> posts_of(const std::string& who) {
        return read([&](db::Reader& reader) {
            return org::posts_to_choose(reader, desk(who).person, local_date(clock().now())).value();
        });
    }
    /// Who keeps the secret books is cleared for what the law lets be registered above the ceiling.
    Scope cleared(Scope scope) {
        scope.clearance = scope.may("secret_books") ? Secrecy::top_secret : host().ceiling;
        return scope;
    }
    /// Those who act for another are asked again from the acted post, then go back to their own.
    int run_acting(int pairs) {
        int acting = 0;
        for (const std::string& who : people_) {
            const auto posts = posts_of(who);
            for (const HeldPost& held : posts) {
                if (!held.acting_for) continue;
                ++acting;
                EXPECT_THAT(as(who).put("/api/session/post", {{"post", held.post.value}}), congvu::test::Status(200));
                EXPECT_EQ(scope_from(who, held.post).posts.size(), 1u);
                run_round(pairs, {who});
                as(who).put("/api/session/post", {{"post", posts.front().post.value}});
            }
        }
        return acting;
    }
    std::set<std::size_t> seen_by(const SecondPredicate& second, const Scope& scope) const {
        std::set<std::size_t> numbers;
        if (scope.posts.empty()) return numbers;  // without a post one may not use the registers at all
        for (std::size_t i = 0; i < records_.size(); ++i)
            if (second.sees(scope.person, scope.post, scope.clearance, {records_[i]})) numbers.insert(i);
        return numbers;
    }
    /// A round: everything asked once for each account, then pairs at random.
    void run_round(int pairs) { run_round(pairs, people_); }
    void run_round(int pairs, const std::vector<std::string>& people) {
        const auto second = read([&](db::Reader& reader) {
            return SecondPredicate(reader, engine().catalogue.all(), local_date(clock().now()));
        });
        std::map<std::string, Account> accounts;
        for (const std::string& who : people) {
            Account& account = accounts[who];
            account.scope = cleared(scope_from(who, PostId{as(who).get("/api/session").number("/post")}));
            account.sees = seen_by(second, account.scope);
            for (const HeldPost& other : posts_of(who))
                account.elsewhere.merge(seen_by(second, cleared(scope_from(who, other.post))));
            if (account.scope.posts.empty()) {
                EXPECT_EQ(as(who).get("/api/registers/incoming/records").status, 403);
                continue;
            }
            ask_lists(who, account);
        }
        for (int i = 0; i < pairs; ++i) {
            const std::string& who = one_of(people);
            const std::size_t number = random_() % records_.size();
            const Account& account = accounts[who];
            compare(who, account, number);
            (account.sees.contains(number) ? seen_ : unseen_)++;
        }
    }

    paper::Helpers helpers_{{.apart = paper::Apart::here}};
    std::unique_ptr<content::Tools> tools_;
    unsigned seed_ = 0;
    std::mt19937 random_;
    std::vector<std::string> people_;
    std::vector<std::int64_t> records_;
    std::vector<std::string> register_of_;
    std::map<std::int64_t, std::vector<std::size_t>> files_;  ///< file → the records it is on
    std::map<std::size_t, std::int64_t> file_of_;
    int differ_ = 0, seen_ = 0, unseen_ = 0;
    bool expects_faults_ = false;
};
CONGVU_BOTH_ENGINES(Rights);

TEST_P(Rights, EveryPathAgreesWithTheDeclaration) {
    ASSERT_NO_FATAL_FAILURE(furnish_work());
    int acting = 0;
    for (int round = 0; round < rounds; ++round) {
        if (round > 0) {
            ASSERT_NO_FATAL_FAILURE(move_people(round));
            ASSERT_NO_FATAL_FAILURE(assign_some(25));
            rename_holders();
            work();
        }
        run_round(pairs_each_round);
        acting += run_acting(pairs_each_round / 10);
    }
    EXPECT_GE(acting, 2) << "acted posts asked from";
    EXPECT_EQ(differ_, 0) << "seed " << seed_;
    EXPECT_GT(seen_, 1'000) << "pairs of both kinds";
    EXPECT_GT(unseen_, 1'000);
    std::printf("%d pairs seen, %d not seen, %zu records\n", seen_, unseen_, records_.size());
}

TEST_P(Rights, ABrokenGrantIsCaught) {
    ASSERT_NO_FATAL_FAILURE(furnish_work());
    const std::vector<std::string> asked{"head", "leader", "other_leader"};
    run_round(0, asked);
    ASSERT_EQ(differ_, 0);
    expects_faults_ = true;
    constexpr db::Sql taken_away{"test.take_grant", "delete from record_grant where record_id = ?1 and rule <> 4000"};
    constexpr db::Sql one_more{"test.add_grant",
                               "insert into record_grant (record_id, subject_id, rule) values (?1, ?2, 4000)"};
    constexpr db::Sql no_more{"test.end_grant", "delete from record_grant where rule = 4000"};
    const auto change = [&](const db::Sql& sql, const auto&... values) {
        const auto done = write([&](const Scope&, db::Transaction& tx) { return tx.execute(sql, values...); });
        EXPECT_TRUE(done) << congvu::test::told(done);
        differ_ = 0;
        run_round(0, asked);
        return differ_ > 0;
    };
    // A record the leader sees and the head does not.
    const auto second = read([&](db::Reader& reader) {
        return SecondPredicate(reader, engine().catalogue.all(), local_date(clock().now()));
    });
    const auto head = seen_by(second, scope_of("head"));
    std::size_t number = records_.size();
    for (const std::size_t each : seen_by(second, scope_of("leader")))
        if (!head.contains(each)) number = each;
    ASSERT_LT(number, records_.size());
    EXPECT_TRUE(change(one_more, records_[number], subject::unit(unit("planning")))) << "a grant too many";
    EXPECT_FALSE(change(no_more));
    EXPECT_TRUE(change(taken_away, records_[number])) << "grants that are gone";
}

}  // namespace
