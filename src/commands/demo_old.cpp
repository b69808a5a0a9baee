#include "commands/demo.h"
#include "core/search/upkeep.h"
#include "core/steps/steps.h"

namespace commands::sample {

namespace {

using boost::json::object;

constexpr int pattern_size = 500;
constexpr int office_minutes = 8 * 60;

/// A document and what became of it.
struct Kept {
    records::Record record;
    std::vector<steps::Step> steps;
};

class Years {
  public:
    Years(Maker& maker, const object& words, int count)
        : maker_(maker), words_(words), count_(count), now_(maker.clock.now()) {}

    Result<void> make(const std::function<void(int)>& tell) {
        TRY(list_days());
        const int rounds = (count_ + pattern_size - 1) / pattern_size;
        const int a_day = (rounds + static_cast<int>(days_.size()) - 1) / static_cast<int>(days_.size());
        const int minutes = std::max(1, office_minutes / a_day);
        first_ = days_.front();
        TRY(make_pattern(maker_, std::min(count_, pattern_size), first_, minutes));
        TRY(read_pattern());
        // The store's own upkeep of the index runs beside, as it does in a server.
        const search::Merger merger(*maker_.office.database);
        for (int round = 1; round < rounds; ++round) {
            const LocalDate day = days_[static_cast<std::size_t>(round / a_day)];
            const int size = std::min(pattern_size, count_ - round * pattern_size);
            TRY(follow(size, day, round % a_day * minutes));
            tell(round * pattern_size + size);
        }
        maker_.clock.set(now_);
        return {};
    }

  private:
    /// The working days from the first year that has a calendar to three months before today, when the others begin.
    Result<void> list_days() {
        const auto calendar = maker_.office.engine.calendar();
        const LocalDate last = local_date(now_) - 92;
        for (LocalDate day = LocalDate::of(2025, 1, 2); day < last; day = day + 1)
            if (calendar->is_working(day)) days_.push_back(day);
        if (days_.empty()) return fail_internal("no working day before " + to_string(last));
        return {};
    }

    Result<void> read_pattern() {
        const Member& clerk = *maker_.agencies.front().with("clerk");
        const Scope scope = TRY(maker_.scope_of(clerk));
        const auto reader = TRY(maker_.office.database->read());
        records::ListQuery all{.register_code = "incoming", .order = "arrived_on", .limit = 100};
        do {
            const records::Page page = TRY(records::list(scope, *reader, maker_.office.engine, all));
            for (const records::ListRow& row : page.rows) {
                Kept kept{TRY(records::open(scope, *reader, maker_.office.engine, row.id)),
                          TRY(steps::tree(scope, *reader, row.id))};
                pattern_.push_back(std::move(kept));
            }
            all.after = page.next;
        } while (!all.after.empty());
        std::ranges::sort(pattern_, {}, [](const Kept& kept) { return kept.record.id; });
        return {};
    }

    /// One round: the pattern's documents again, on another day.
    Result<void> follow(int size, LocalDate day, int minutes) {
        const int days = day.days - first_.days;
        const auto later = std::chrono::days(days) + std::chrono::minutes(minutes);
        maker_.clock.set(instant_of(day, {17 * 60}));
        const Scope scope = TRY(maker_.scope_of(*maker_.agencies.front().with("clerk")));
        std::vector<Kept> round(pattern_.begin(), pattern_.begin() + size);
        for (Kept& kept : round) TRY(change(kept, days, later));
        return maker_.office.database->write_now([&](db::Transaction& tx) -> Result<void> {
            for (const Kept& kept : round) {
                records::Record record = kept.record;
                TRY(records::carry_over(scope, tx, record));
                std::map<StepId, StepId> known;
                for (steps::Step step : kept.steps) {
                    const StepId was = step.id;
                    step.record = record.id;
                    if (step.parent) step.parent = known[step.parent];
                    known[was] = TRY(steps::carry_over(scope, tx, std::move(step)));
                }
            }
            return {};
        });
    }

    std::string pick(std::string_view list) {
        const auto& all = words_.at(list).as_array();
        return std::string(all[maker_.random() % all.size()].as_string());
    }

    template <class Later>
    Result<void> change(Kept& kept, int days, Later later) {
        records::Record& record = kept.record;
        record.uuid.clear();
        record.created_at = record.created_at + later;
        record.columns[record.declaration->book->field] = {};
        record.columns["subject"] = "V/v " + pick("acts") + " " + pick("fields") + " " + pick("periods");
        const std::string notation = record.text("notation");
        record.columns["notation"] = std::to_string(1 + maker_.random() % 9'999) +
                                     notation.substr(std::min(notation.find('/'), notation.size()));
        for (const registers::Field& field : record.declaration->fields)
            if (field.type == registers::FieldType::date && !record.value(field.code).is_null())
                record.columns[field.code] = TRY(parse_date(record.text(field.code))) + days;
        for (steps::Step& step : kept.steps) {
            step.opened_at = step.opened_at + later;
            if (step.due) step.due = *step.due + days;
            for (std::optional<Instant>* moment : {&step.seen_at, &step.acted_at, &step.closed_at})
                if (*moment) **moment = **moment + later;
        }
        return {};
    }

    Maker& maker_;
    const object& words_;
    int count_;
    Instant now_;
    LocalDate first_;
    std::vector<LocalDate> days_;
    std::vector<Kept> pattern_;
};

}  // namespace

Result<void> make_old_documents(Maker& maker, int count, const std::function<void(int)>& tell) {
    const auto words = TRY(read_sample("documents.json"));
    return Years(maker, words.as_object(), count).make(tell);
}

}  // namespace commands::sample
