#pragma once
#include "core/steps/steps.h"

/// Quick phrases of a bút phê: one's own and the agency's.
namespace steps {

using PhraseId = Id<struct PhraseNoun>;

struct Phrase {
    PhraseId id;
    std::string text;
    bool own = false;
};
/// Own ones first.
Result<std::vector<Phrase>> phrases(const Scope&, db::Reader&);

enum class Whose { own, agency };
/// Errors: forbidden "steps.agency_phrases" (the agency's are the leader's and the chief of office's), conflict
/// "steps.phrase_exists", "steps.too_many_phrases", invalid "steps.no_text", "steps.too_long".
Result<PhraseId> add_phrase(const Scope&, db::Transaction&, std::string_view text, Whose);
/// Errors: not_found, forbidden "steps.agency_phrases".
Result<void> remove_phrase(const Scope&, db::Transaction&, PhraseId);

}  // namespace steps
