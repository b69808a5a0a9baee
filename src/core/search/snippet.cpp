#include <set>

#include "core/search/search.h"
#include "core/search/terms.h"

namespace search {
namespace {

constexpr std::size_t most_bytes = 200'000;  ///< of a text that is looked through

/// Words that answer the query: as typed where marks were typed and stand so in the text, else folded.
struct Matcher {
    std::set<std::string, std::less<>> exact;
    std::set<std::string, std::less<>> folded;
    std::string prefix;  ///< the last word, which may go on

    explicit Matcher(std::string_view query) {
        for (const Term& term : parse_terms(query))
            for (const Word& word : term) {
                exact.insert(word.exact);
                folded.insert(word.folded);
                prefix = word.folded;
            }
    }
    bool matches(const Word& word, bool strictly) const {
        if (strictly) return exact.contains(word.exact);
        return folded.contains(word.folded);
    }
    bool begins(const Word& word) const { return prefix.size() >= 2 && word.folded.starts_with(prefix); }
};

std::vector<bool> hits_of(const std::vector<Word>& all, const Matcher& matcher) {
    std::vector<bool> hits(all.size());
    for (const int way : {0, 1, 2}) {
        bool any = false;
        for (std::size_t i = 0; i < all.size(); ++i) {
            hits[i] = way == 2 ? matcher.begins(all[i]) : matcher.matches(all[i], way == 0);
            any = any || hits[i];
        }
        if (any) break;
    }
    return hits;
}

/// The window of `width` words with the most hits, the first such; begun a little before its first hit.
std::size_t best_window(const std::vector<bool>& hits, std::size_t width) {
    if (hits.size() <= width) return 0;
    std::size_t count = 0, best = 0, best_count = 0;
    for (std::size_t end = 0; end < hits.size(); ++end) {
        count += hits[end] ? 1 : 0;
        if (end >= width) count -= hits[end - width] ? 1 : 0;
        const std::size_t begin = end + 1 > width ? end + 1 - width : 0;
        if (count > best_count) {
            best_count = count;
            best = begin;
        }
    }
    std::size_t first = best;
    while (first < hits.size() && !hits[first]) ++first;
    const std::size_t before = width / 4;
    const std::size_t begin = first == hits.size() ? 0 : first > before ? first - before : 0;
    return std::min(begin, hits.size() - width);
}

void add(std::vector<Piece>& pieces, std::string_view text, bool hit) {
    if (text.empty()) return;
    if (!pieces.empty() && pieces.back().hit == hit)
        pieces.back().text += text;
    else
        pieces.push_back({std::string(text), hit});
}

}  // namespace

std::vector<Piece> snippet(std::string_view text, std::string_view query, std::size_t width) {
    if (text.size() > most_bytes) {
        std::size_t cut = most_bytes;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
        text = text.substr(0, cut);
    }
    const std::vector<Word> all = words(text);
    std::vector<Piece> pieces;
    if (all.empty()) {
        add(pieces, text, false);
        return pieces;
    }
    const std::vector<bool> hits = hits_of(all, Matcher(query));
    const std::size_t first = best_window(hits, width);
    const std::size_t last = std::min(first + width, all.size()) - 1;
    const bool from_start = first == 0;
    const bool to_end = last + 1 == all.size();

    if (!from_start) add(pieces, "… ", false);
    std::size_t at = from_start ? 0 : all[first].begin;
    for (std::size_t i = first; i <= last; ++i) {
        add(pieces, text.substr(at, all[i].begin - at), false);
        // Blanks between two hits belong to them, so that a phrase is one mark.
        if (hits[i] && !pieces.empty() && i > first && hits[i - 1] &&
            text.substr(all[i - 1].end, all[i].begin - all[i - 1].end) == " ") {
            pieces.pop_back();
            add(pieces, " ", true);
        }
        add(pieces, text.substr(all[i].begin, all[i].end - all[i].begin), hits[i]);
        at = all[i].end;
    }
    if (to_end)
        add(pieces, text.substr(at), false);
    else
        add(pieces, " …", false);
    return pieces;
}

}  // namespace search
