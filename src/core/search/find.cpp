#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "core/rights/rights.h"
#include "core/search/store.h"

namespace search {
namespace {

constexpr std::size_t most_candidates = 2000;
constexpr std::size_t few_records = 5000;  ///< a scope that sees no more is asked record by record
constexpr std::size_t longest_text = 500;
constexpr int most_rows = 100;
constexpr std::int64_t count_limit = 1000;
constexpr std::size_t snippet_words = 30;
constexpr std::int64_t day_of_doubt = 86'400'000;  ///< ids grow with time, but for what two servers write at once

struct Candidate {
    RecordId record;
    FileId file;
};

/// Where the words stand. Within a form all titles come before the files: a title that has the words says what its
/// record is about, a long file has many words.
enum class Place { title, file };

struct Stage {
    Form form;
    Place place;
    bool operator==(const Stage&) const = default;
};

struct Found {
    Candidate candidate;
    Stage stage;
};

/// Where a page ends: the stage that was being walked, and the last record.
struct Cursor {
    Stage stage;
    std::int64_t record;
};

constexpr std::string_view stage_letters = "efopEFOP";  ///< titles, then files
constexpr std::size_t forms_of_place = stage_letters.size() / 2;

Result<std::optional<Cursor>> read_cursor(std::string_view text) {
    if (text.empty()) return std::optional<Cursor>();
    Cursor cursor{};
    const std::size_t letter = stage_letters.find(text.front());
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), cursor.record);
    if (letter == std::string_view::npos || error != std::errc{} || end != text.data() + text.size())
        return fail(ErrorCode::invalid, "search.bad_cursor", "after");
    cursor.stage = {static_cast<Form>(letter % forms_of_place), letter < forms_of_place ? Place::title : Place::file};
    return std::optional(cursor);
}

std::string write_cursor(const Found& last) {
    const std::size_t letter =
        static_cast<std::size_t>(last.stage.form) + (last.stage.place == Place::file ? forms_of_place : 0);
    return fmt::format("{}{}", stage_letters[letter], last.candidate.record.value);
}

/// One search on its way: what was asked, and what is found so far.
class Walk {
  public:
    Walk(const Scope& scope, db::Reader& reader, const Query& query, const Sources& sources)
        : scope_(scope),
          reader_(reader),
          query_(query),
          sources_(sources),
          need_(static_cast<std::size_t>(query.limit) + 1) {
        asked_.terms = parse_terms(query.text);
        asked_.register_id = query.register_id;
        asked_.agency = query.agency;
    }

    Result<Page> run() {
        Page page;
        const std::optional<Cursor> after = TRY(read_cursor(query_.after));
        if (asked_.terms.empty()) return page;
        TRY(find_range());
        few_ = TRY(rights::few(scope_, reader_, store::few_dives));
        counting_ = !after;
        bool begun = !after;
        for (const Stage stage : stages(after)) {
            const bool resumed = after && after->stage == stage;
            begun = begun || resumed;
            if (begun) TRY(walk(stage, resumed ? after->record : range_.below));
            if (!counting_ && found_.size() >= need_) break;
            if (truncated_) break;  // older ones of this stage come before the next one
            // What earlier pages showed is not shown again.
            if (!begun || resumed) TRY(remember(stage));
        }
        if (!after && found_.empty() && !truncated_ && may_be_prefix(asked_.terms))
            for (const Place place : places()) TRY(walk({Form::prefix, place}, range_.below));
        return answer(std::move(page));
    }

  private:
    Result<void> find_range() {
        if (query_.from)
            range_.from =
                TRY(store::first_id_since(reader_, instant_of(*query_.from) - std::chrono::milliseconds(day_of_doubt)));
        if (query_.to)
            range_.below = TRY(
                store::first_id_since(reader_, instant_of(*query_.to + 1) + std::chrono::milliseconds(day_of_doubt)));
        return {};
    }

    /// Of a scope that sees next to nothing only its own records are looked at.
    Result<std::vector<RecordId>> titles_in(store::Range range) {
        if (few_) return store::titles_among(reader_, asked_, *few_, range, most_candidates);
        return store::titles(reader_, asked_, range, most_candidates);
    }

    std::vector<Place> places() const {
        return sources_.records_of ? std::vector{Place::title, Place::file} : std::vector{Place::title};
    }

    std::vector<Stage> stages(const std::optional<Cursor>& after) const {
        std::vector<Form> forms =
            has_marks(asked_.terms) ? std::vector{Form::exact, Form::other_marks} : std::vector{Form::folded};
        if (after && after->stage.form == Form::prefix) forms = {Form::prefix};
        std::vector<Stage> all;
        for (const Form form : forms)
            for (const Place place : places()) all.push_back({form, place});
        return all;
    }

    Result<void> walk(Stage stage, std::int64_t below) {
        const store::Range range{range_.from, std::min(below, range_.below)};
        std::vector<Candidate> all = TRY(candidates(stage, range));
        const std::size_t whole = all.size();
        const std::int64_t oldest = all.empty() ? 0 : all.back().record.value;
        std::erase_if(all, [&](const Candidate& candidate) { return !known_.insert(candidate.record).second; });
        TRY(add_visible(TRY(suitable(std::move(all))), stage));
        if (stage.place == Place::file || few_ || whole < most_candidates) return {};
        return walk_few(stage, {range.from, oldest});
    }

    /// Newest first.
    Result<std::vector<Candidate>> candidates(Stage stage, store::Range range) {
        asked_.form = stage.form;
        std::vector<Candidate> all;
        if (stage.place == Place::title) {
            for (const RecordId record : TRY(titles_in(range))) all.push_back({record, {}});
            return all;
        }
        const std::vector<FileId> files = TRY(store::contents(reader_, asked_, most_candidates));
        if (files.empty()) return all;
        for (const auto& [file, record] : TRY(sources_.records_of(files)))
            if (record.value < range.below && record.value >= range.from) all.push_back({record, file});
        narrow_ = narrow_ || !all.empty();
        std::ranges::stable_sort(all, std::greater<>(), &Candidate::record);
        return all;
    }

    Result<void> remember(Stage stage) {
        for (const Candidate& candidate : TRY(candidates(stage, range_))) known_.insert(candidate.record);
        return {};
    }

    /// The candidate set was full. A scope that sees little may have had next to nothing in it: then its own records
    /// are asked.
    Result<void> walk_few(Stage stage, store::Range older) {
        last_candidate_ = Found{{RecordId{older.below}, {}}, stage};
        if (found_.size() >= need_) {
            truncated_ = true;
            return {};
        }
        const auto few = TRY(rights::few(scope_, reader_, few_records));
        truncated_ = truncated_ || !few;
        if (!few) return {};
        std::vector<Candidate> all;
        for (const RecordId record : TRY(store::titles_among(reader_, asked_, *few, older, most_candidates)))
            if (known_.insert(record).second) all.push_back({record, {}});
        return add_visible(TRY(suitable(std::move(all))), stage);
    }

    /// Asks the rows for what the index could not tell: days, and register and agency of what a file led to.
    Result<std::vector<Candidate>> suitable(std::vector<Candidate> all) {
        const bool dated = query_.from || query_.to;
        if (!dated && !(narrow_ && (query_.register_id || query_.agency))) return all;
        std::vector<RecordId> records;
        for (const Candidate& candidate : all) records.push_back(candidate.record);
        std::unordered_set<RecordId> fit;
        for (const store::Head& head : TRY(store::heads(reader_, records))) {
            const LocalDate made = local_date(head.created_at);
            if ((query_.from && made < *query_.from) || (query_.to && made > *query_.to)) continue;
            if (query_.register_id && head.register_id != query_.register_id) continue;
            if (query_.agency && head.agency != query_.agency) continue;
            fit.insert(head.record);
        }
        std::erase_if(all, [&](const Candidate& candidate) { return !fit.contains(candidate.record); });
        return all;
    }

    /// Keeps what the scope may see. The first page looks at all, for the count; later ones stop when they are full.
    Result<void> add_visible(const std::vector<Candidate>& all, Stage stage) {
        constexpr std::size_t batch = 200;
        for (std::size_t begin = 0; begin < all.size(); begin += batch) {
            if (!counting_ && found_.size() >= need_) return {};
            if (count_ > count_limit && found_.size() >= need_) return {};
            const std::span part = std::span(all).subspan(begin, std::min(batch, all.size() - begin));
            std::vector<RecordId> records;
            for (const Candidate& candidate : part) records.push_back(candidate.record);
            const std::vector<RecordId> seen = TRY(rights::filter(scope_, reader_, records));
            const std::unordered_set<RecordId> visible(seen.begin(), seen.end());
            for (const Candidate& candidate : part) {
                if (!visible.contains(candidate.record)) continue;
                ++count_;
                if (found_.size() < need_) found_.push_back({candidate, stage});
            }
        }
        return {};
    }

    Result<Page> answer(Page page) {
        if (found_.size() >= need_) {
            found_.resize(need_ - 1);
            page.next = write_cursor(found_.back());
        } else if (truncated_ && last_candidate_) {
            page.next = write_cursor(*last_candidate_);
        }
        if (counting_) {
            page.number = std::min(count_, count_limit);
            page.more = truncated_ || count_ > count_limit;
        }
        std::vector<RecordId> records;
        for (const Found& found : found_) records.push_back(found.candidate.record);
        std::unordered_map<RecordId, store::Head> heads;
        if (!records.empty())
            for (store::Head& head : TRY(store::heads(reader_, records))) heads.emplace(head.record, std::move(head));
        for (const Found& found : found_)
            if (const auto head = heads.find(found.candidate.record); head != heads.end())
                page.hits.push_back(TRY(shown(found, head->second)));
        return page;
    }

    Result<Hit> shown(const Found& found, const store::Head& head) {
        Hit hit{.record = head.record,
                .register_id = head.register_id,
                .file = found.candidate.file,
                .title = head.title,
                .state = head.state,
                .created_at = head.created_at,
                .exact = found.stage.form == Form::exact};
        std::string text = head.title;
        if (hit.file && sources_.text_of) text = TRY(sources_.text_of(hit.file));
        hit.snippet = snippet(text, query_.text, snippet_words);
        return hit;
    }

    const Scope& scope_;
    db::Reader& reader_;
    const Query& query_;
    const Sources& sources_;
    std::size_t need_;
    store::Asked asked_;
    store::Range range_;
    bool counting_ = true;
    bool truncated_ = false;  ///< there are older matches nobody looked at
    bool narrow_ = false;     ///< some candidates came from files
    std::int64_t count_ = 0;
    std::vector<Found> found_;
    std::unordered_set<RecordId> known_;        ///< candidates of the stages up to here: a record is found once
    std::optional<std::vector<RecordId>> few_;  ///< all the scope sees, when that is little
    std::optional<Found> last_candidate_;
};

}  // namespace

Result<Page> find(const Scope& scope, db::Reader& reader, const Query& query, const Sources& sources) {
    if (query.limit < 1 || query.limit > most_rows)
        return fail(ErrorCode::invalid, "search.bad_limit", "limit", {{"limit", std::to_string(most_rows)}});
    if (length(query.text) > longest_text)
        return fail(ErrorCode::invalid, "search.too_long", "q", {{"limit", std::to_string(longest_text)}});
    return Walk(scope, reader, query, sources).run();
}

Result<void> add_titled(db::Reader& reader, std::string_view text, RegisterId register_id, db::Query& query) {
    // So many are handed over as they are; more are asked of the index within the query, however many there are.
    constexpr std::size_t handed_over = 2'000;
    store::Asked asked{.terms = parse_terms(text), .register_id = register_id};
    std::vector<RecordId> found;
    if (!asked.terms.empty()) {
        found = TRY(store::titles(reader, asked, {}, handed_over + 1));
        if (found.empty() && may_be_prefix(asked.terms)) {
            asked.form = Form::prefix;
            found = TRY(store::titles(reader, asked, {}, handed_over + 1));
        }
    }
    query.add(" and record.id in ");
    if (found.size() > handed_over) {
        store::add_titles(reader, asked, query);
        return {};
    }
    query.list({found.begin(), found.end()});
    return {};
}

}  // namespace search
