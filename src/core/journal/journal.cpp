#include "core/journal/journal.h"

#include <boost/json/serialize.hpp>

#include "core/journal/store.h"
#include "crypto/merkle.h"
#include "crypto/random.h"

namespace journal {
namespace {

constexpr std::size_t salt_size = 16;  // bytes, so that a value can't be guessed from its hash

// Canonical texts are read line by line: a name in them has no space and no line feed.
bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 100 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    });
}

std::optional<std::string> text_of(const boost::json::value& value) {
    if (value.is_null()) return std::nullopt;
    return boost::json::serialize(value);
}

Result<std::vector<store::StoredValue>> values_of(const Entry& entry) {
    std::vector<store::StoredValue> values;
    for (const Change& change : entry.changes) {
        if (change.before == change.after) continue;
        if (!is_name(change.field)) return fail_internal("a journal field is no name: " + change.field);
        values.push_back({.entry = {},
                          .field = change.field,
                          .salt = {},
                          .before = text_of(change.before),
                          .after = text_of(change.after),
                          .hash = {}});
    }
    std::vector<std::byte> salts(salt_size * values.size());
    crypto::fill_random(salts);  // once for all: asking the system takes longer than the hash does
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i].salt = store::blob(std::span(salts).subspan(i * salt_size, salt_size));
    return values;
}

Result<std::optional<crypto::Digest>> hash_of(const std::vector<store::StoredValue>& values) {
    if (values.empty()) return std::optional<crypto::Digest>();
    std::map<std::string, crypto::Digest, std::less<>> by_field;
    for (const store::StoredValue& value : values)
        if (!by_field.emplace(value.field, TRY(value.digest())).second)
            return fail_internal("a journal field stands twice in an entry: " + value.field);
    return std::optional(crypto::proof::values_hash(by_field));
}

}  // namespace

Result<JournalEntryId> write(const Scope& scope, db::Transaction& tx, const Entry& entry) {
    if (!is_name(entry.action)) return fail_internal("a journal action is no name: " + std::string(entry.action));
    const std::vector<store::StoredValue> values = TRY(values_of(entry));
    const std::optional<crypto::Digest> hash = TRY(hash_of(values));
    StoredEntry stored{.id = {},
                       .at = tx.now(),
                       .action = std::string(entry.action),
                       .account = scope.account,
                       .person = scope.person,
                       .post = scope.post,
                       .on_behalf_of = scope.on_behalf_of.value_or(PersonId{}),
                       .agency = scope.agency,
                       .register_id = entry.register_id,
                       .record = entry.record,
                       .details = entry.details.empty() ? std::string() : boost::json::serialize(entry.details),
                       .values_hash = hash};
    stored.id = TRY(store::insert_entry(tx, stored));
    TRY(store::insert_values(tx, stored.id, values));
    TRY(store::insert_pending(tx, stored.id, crypto::merkle::leaf_hash(canonical_text(stored))));
    return stored.id;
}

}  // namespace journal
