#include "core/journal/proof.h"

#include "core/journal/store.h"
#include "core/journal/tree.h"

namespace journal {
namespace {

Result<std::vector<crypto::proof::Value>> shown_values(db::Reader& reader, JournalEntryId entry) {
    std::vector<crypto::proof::Value> values;
    for (const store::StoredValue& value : TRY(store::values_of(reader, entry))) {
        crypto::proof::Value shown{.field = value.field};
        if (value.erased()) {
            shown.hash = TRY(value.digest());
        } else {
            shown.salt = value.salt;
            shown.before = value.before.value_or("null");
            shown.after = value.after.value_or("null");
        }
        values.push_back(std::move(shown));
    }
    return values;
}

}  // namespace

Result<std::string> prove(db::Reader& reader, JournalEntryId id, Show show) {
    const auto entry = TRY(store::entry(reader, id));
    if (!entry) return fail(ErrorCode::not_found, "journal.not_found");
    const auto position = TRY(store::position(reader, id));
    if (!position) return fail(ErrorCode::conflict, "journal.not_signed_yet");
    const auto head = TRY(store::head_over(reader, *position));
    if (!head) return fail(ErrorCode::conflict, "journal.not_signed_yet");

    crypto::proof::Proof proof{.entry = canonical_text(*entry),
                               .values = {},
                               .position = static_cast<std::uint64_t>(*position),
                               .path = {},
                               .head = crypto::proof::checkpoint_text(*head),
                               .signature = head->signature,
                               .public_key = head->public_key};
    if (show == Show::values) proof.values = TRY(shown_values(reader, id));
    for (const auto& step : crypto::merkle::path_nodes(proof.position, head->size))
        proof.path.push_back(crypto::merkle::fold(TRY(tree::hashes_of(reader, step))));
    return crypto::proof::write(proof);
}

}  // namespace journal
