#include "base/text.h"
#include "commands/demo.h"
#include "core/steps/phrases.h"
#include "modules/content/content.h"
#include "modules/documents/documents.h"
#include "paper/canvas.h"

namespace commands::sample {

namespace {

using boost::json::object;

/// One letter, its way through the ministry.
class Letters {
  public:
    Letters(Maker& maker, const object& words, bool are_old = false)
        : maker_(maker), words_(words), ministry_(maker.agencies.front()), are_old_(are_old) {}

    /// The letters of one day between half past seven and `minutes` later, without files, nearly all of them finished.
    Result<void> make_day(int count, LocalDate day, int minutes) {
        for (int i = 0; i < count; ++i) {
            maker_.clock.set(instant_of(day, {7 * 60 + 30 + i * minutes / count}));
            TRY(letter(i, count + newest, day));
        }
        return {};
    }

    Result<void> make(int count) {
        const Instant end = maker_.clock.now();
        const LocalDate last = local_date(end);
        for (int i = 0; i < count; ++i) {
            // Working mornings of the last three months, newest last.
            const LocalDate day = maker_.office.engine.calendar()->next_working(last - (count - i) * 90 / count);
            if (day > last) break;
            maker_.clock.set(instant_of(day, {7 * 60 + 40 + static_cast<int>(maker_.random() % 400)}));
            if (maker_.clock.now() > end) maker_.clock.set(end);
            TRY(letter(i, count, day));
        }
        maker_.clock.set(end);
        return phrases();
    }

  private:
    static constexpr int newest = 20;  ///< so many wait at the desk, at the leader or for the leader

    /// What a leader of the ministry writes most.
    Result<void> phrases() {
        const Scope scope = TRY(maker_.scope_of(*ministry_.with("leader")));
        return maker_.office.database->write_now([&](db::Transaction& tx) -> Result<void> {
            for (const auto& each : words_.at("phrases").as_array())
                TRY(steps::add_phrase(scope, tx, each.as_string(), steps::Whose::agency));
            return {};
        });
    }

    std::string pick(std::string_view list) {
        const auto& all = words_.at(list).as_array();
        return std::string(all[maker_.random() % all.size()].as_string());
    }

    struct Kind {
        std::string code, abbreviation;
    };
    Kind kind() {
        const auto& kinds = words_.at("kinds").as_array();
        std::int64_t total = 0;
        for (const auto& each : kinds) total += each.as_array()[2].as_int64();
        std::int64_t at = static_cast<std::int64_t>(maker_.random()) % total;
        for (const auto& each : kinds)
            if ((at -= each.as_array()[2].as_int64()) < 0)
                return {std::string(each.as_array()[0].as_string()), std::string(each.as_array()[1].as_string())};
        return {"dispatch", "CV"};
    }

    Result<void> letter(int i, int count, LocalDate day) {
        const auto& senders = words_.at("senders").as_array();
        const auto& sender = senders[maker_.random() % senders.size()].as_array();
        const Kind of = kind();
        const std::string about = pick("acts") + " " + pick("fields") + " " + pick("periods");
        const std::string subject = of.code == "invitation" ? "Mời họp " + about : "V/v " + about;
        const int number = 20 + static_cast<int>(maker_.random() % 3'000);
        const std::string own(sender[1].as_string());
        const std::string notation = of.code == "dispatch" ? fmt::format("{}/{}-TH", number, own)
                                                           : fmt::format("{}/{}-{}", number, of.abbreviation, own);
        const LocalDate issued = day - 1 - static_cast<int>(maker_.random() % 4);
        object values{{"book", of.code == "invitation" ? "invitations" : "ordinary"},
                      {"sender", sender[0]},
                      {"notation", notation},
                      {"issued_on", to_string(issued)},
                      {"kind", of.code},
                      {"subject", subject},
                      {"arrived_on", to_string(day)},
                      {"way", i % 3 == 0 ? "paper" : "electronic"},
                      {"page_count", 1 + static_cast<int>(maker_.random() % 12)}};
        const auto urgency = maker_.random() % 20;
        if (urgency == 0) values["urgency"] = "express";
        if (urgency == 1) values["urgency"] = "very_urgent";
        if (urgency == 2 || urgency == 3) values["urgency"] = "urgent";

        const Member& clerk = *ministry_.all_with("clerk")[maker_.random() % ministry_.all_with("clerk").size()];
        const Scope scope = TRY(maker_.scope_of(clerk));
        db::Database& database = *maker_.office.database;
        records::Record record = TRY(database.write_now([&](db::Transaction& tx) {
            return records::create(scope, tx, maker_.office.engine, "incoming", {values, {}, false, {}});
        }));
        if (!are_old_ && (i % 4 == 0 || count - i < 12))
            TRY(attach(scope, record, subject, std::string(sender[0].as_string()), notation, issued));
        const auto act = [&](const char* action) {
            return database.write_now([&](db::Transaction& tx) -> Result<void> {
                record =
                    TRY(records::act(scope, tx, maker_.office.engine, record.id, {action, record.version, {}, {}}));
                return {};
            });
        };
        // The newest wait at the desk, some of them accepted; the others are registered, most of them assigned and
        // finished.
        if (count - i <= 8) return i % 2 == 0 ? act("accept") : Result<void>();
        TRY(act("register"));
        if (count - i <= newest) return i % 2 == 0 ? proposed(record) : Result<void>();
        return directed(record, day, count - i);
    }

    /// The chief of office proposes to the leader, who has yet to decide.
    Result<void> proposed(const records::Record& record) {
        maker_.clock.set(maker_.clock.now() + std::chrono::minutes(20));
        const Scope by = TRY(maker_.scope_of(*ministry_.with("chief_of_office")));
        const auto heads = ministry_.all_with("head_of_section");
        documents::Proposal proposal;
        proposal.to = {"post", ministry_.with("leader")->post.value};
        proposal.text = "Đề xuất giao đơn vị chủ trì theo chức năng, báo cáo trước hạn.";
        proposal.lead = std::vector<documents::PartyRef>{{"post", heads[maker_.random() % heads.size()]->post.value}};
        return maker_.office.database->write_now(
            [&](db::Transaction& tx) { return documents::propose(by, tx, maker_.office.engine, record.id, proposal); });
    }

    Result<void> directed(const records::Record& record, LocalDate day, int age) {
        maker_.clock.set(maker_.clock.now() + std::chrono::minutes(35));
        db::Database& database = *maker_.office.database;
        const records::Engine& engine = maker_.office.engine;
        const Member& leader = *ministry_.with("leader");
        const std::vector<const Member*> heads = ministry_.all_with("head_of_section");
        const Member& head = *heads[maker_.random() % heads.size()];
        const Member& other = *heads[maker_.random() % heads.size()];
        const Scope by = TRY(maker_.scope_of(leader));
        documents::Assignment assignment;
        assignment.version = record.version;
        assignment.instruction = pick("instructions");
        assignment.due = engine.calendar()->add_working_days(day, 3 + static_cast<int>(maker_.random() % 15));
        assignment.lead = std::vector<documents::PartyRef>{{"post", head.post.value}};
        if (other.post != head.post && maker_.random() % 2 == 0)
            assignment.support = std::vector<documents::PartyRef>{{"post", other.post.value}};
        if (maker_.random() % 3 == 0)
            assignment.inform = std::vector<documents::PartyRef>{{"post", ministry_.with("legal")->post.value}};
        TRY(database.write_now(
            [&](db::Transaction& tx) { return documents::assign(by, tx, engine, record.id, assignment); }));
        if (is_left_open(age % 9 == 0)) return {};

        // The head gives it to a handler, who does it.
        const Scope from = TRY(maker_.scope_of(head));
        const auto handlers = ministry_.all_with("handler");
        std::vector<const Member*> own;
        for (const Member* each : handlers)
            if (each->unit == head.unit) own.push_back(each);
        if (own.empty()) return {};
        const Member& handler = *own[maker_.random() % own.size()];
        const auto lead_of = [&](const Scope& scope) -> Result<StepId> {
            const auto reader = TRY(database.read());
            for (const steps::Step& step : TRY(steps::tree(scope, *reader, record.id)))
                if (step.role == steps::Role::lead && step.state == steps::State::open &&
                    steps::is_addressee(scope, step))
                    return step.id;
            return StepId{};
        };
        const StepId top = TRY(lead_of(from));
        documents::Assignment split;
        split.step = top;
        split.instruction = "Dự thảo, trình tôi.";
        split.due = assignment.due;
        split.lead = std::vector<documents::PartyRef>{{"post", handler.post.value}};
        TRY(database.write_now(
            [&](db::Transaction& tx) { return documents::assign(from, tx, engine, record.id, split); }));
        if (is_left_open(maker_.random() % 10 < 3)) return {};
        maker_.clock.set(maker_.clock.now() + std::chrono::hours(26));
        const Scope doing = TRY(maker_.scope_of(handler));
        const StepId inner = TRY(lead_of(doing));
        documents::Finish finish{.outcome = "no_reply", .reason = pick("results"), .despite_open = true};
        TRY(database.write_now(
            [&](db::Transaction& tx) { return documents::finish(doing, tx, engine, inner, finish); }));
        if (is_left_open(maker_.random() % 10 < 2)) return {};
        const Scope ends = TRY(maker_.scope_of(head));
        TRY(database.write_now([&](db::Transaction& tx) { return documents::finish(ends, tx, engine, top, finish); }));
        return {};
    }

    /// A one-page letter of the sender, drawn here.
    Result<void> attach(const Scope& scope, const records::Record& record, const std::string& subject,
                        const std::string& sender, const std::string& notation, LocalDate issued) {
        auto canvas = TRY(paper::Canvas::pdf(210, 297, {}));
        const paper::TextStyle bold{.points = 13, .weight = paper::Weight::bold, .align = paper::Align::centre};
        canvas.text(upper(sender), {.points = 13, .weight = paper::Weight::bold, .align = paper::Align::centre},
                    {25, 20, 70, 12});
        canvas.text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", bold, {95, 20, 100, 14});
        canvas.text("Số: " + notation, {.points = 13, .align = paper::Align::centre}, {25, 36, 70, 8});
        canvas.text(fmt::format("ngày {:02} tháng {:02} năm {}", issued.day(), issued.month(), issued.year()),
                    {.points = 13, .slant = paper::Slant::italic, .align = paper::Align::centre}, {95, 36, 100, 8});
        canvas.text(subject, {.points = 12, .align = paper::Align::centre}, {25, 44, 70, 20});
        canvas.text("Kính gửi: Bộ Mẫu", {.points = 14, .align = paper::Align::centre}, {30, 72, 160, 8});
        canvas.text("Thực hiện chương trình công tác, " + sender + " gửi quý cơ quan nội dung " +
                        lower(subject.substr(0, 1)) + subject.substr(1) +
                        ". Đề nghị quý cơ quan nghiên cứu, cho ý kiến bằng văn bản và gửi về đơn vị thường trực để "
                        "tổng hợp, báo cáo theo quy định. Trân trọng./.",
                    {.points = 14, .align = paper::Align::justify, .line_spacing = 1.2}, {30, 88, 160, 60});
        canvas.text("THỦ TRƯỞNG ĐƠN VỊ", bold, {110, 150, 80, 8});
        const std::string pdf = TRY(canvas.finish());
        const auto kept = TRY(maker_.office.vault->keep_bytes(pdf));
        const FileId file = TRY(maker_.office.database->write_now([&](db::Transaction& tx) -> Result<FileId> {
            const FileId id = TRY(files::add(scope, tx, kept, fmt::format("{}.pdf", folded_form(shorten(subject, 60))),
                                             "application/pdf"));
            TRY(files::attach(scope, tx, record.id, id, {}, files::Checked::by_caller));
            return id;
        }));
        return content::read_file(maker_.serving.content, file);
    }

    /// Of old letters one in fifty is.
    bool is_left_open(bool otherwise) { return are_old_ ? maker_.random() % 150 == 0 : otherwise; }

    Maker& maker_;
    const object& words_;
    const Agency& ministry_;
    bool are_old_;
};

}  // namespace

Result<void> make_pattern(Maker& maker, int count, LocalDate day, int minutes) {
    const auto words = TRY(read_sample("documents.json"));
    return Letters(maker, words.as_object(), true).make_day(count, day, minutes);
}

Result<void> make_documents(Maker& maker, int count) {
    const auto words = TRY(read_sample("documents.json"));
    return Letters(maker, words.as_object()).make(count);
}

}  // namespace commands::sample
