#include "core/journal/proof.h"

#include "core/journal/journal_fixture.h"
#include "core/journal/store.h"
#include "crypto/proof.h"

namespace journal {
namespace {

using congvu::test::told;
using crypto::Digest;

class ProofTest : public JournalTest {};
CONGVU_BOTH_ENGINES(ProofTest);

// RFC 6962, section 2.1, as it is written there.
Digest mth(std::span<const std::string> d) {
    if (d.empty()) return crypto::sha256("");
    if (d.size() == 1) return crypto::sha256(std::string(1, '\0') + d[0]);
    std::size_t k = 1;
    while (k * 2 < d.size()) k *= 2;
    const Digest left = mth(d.first(k)), right = mth(d.subspan(k));
    return crypto::sha256("\1" + std::string(crypto::text_of(left)) + std::string(crypto::text_of(right)));
}

std::vector<Digest> path_of(std::size_t m, std::span<const std::string> d) {
    if (d.size() <= 1) return {};
    std::size_t k = 1;
    while (k * 2 < d.size()) k *= 2;
    std::vector<Digest> path = m < k ? path_of(m, d.first(k)) : path_of(m - k, d.subspan(k));
    path.push_back(m < k ? mth(d.subspan(k)) : mth(d.first(k)));
    return path;
}

TEST_P(ProofTest, every_entry_in_trees_of_every_size_is_proved) {
    std::vector<std::string> texts;
    std::vector<JournalEntryId> ids;
    for (std::size_t size = 1; size <= 70; ++size) {
        ids.push_back(write_numbered(static_cast<int>(size)));
        texts.push_back(canonical_text(*store::entry(*reader(), ids.back()).value()));
        ASSERT_EQ(sequencer->run_once().value(), 1);
        // A server on a socket takes its time: some sizes are enough there.
        if (GetParam() == db::Engine::postgresql && size > 4 && size % 16 > 1 && size != 70) continue;
        tamper("delete from journal_head");
        ASSERT_EQ(sequencer->sign_head().value()->root, mth(texts)) << size;
        const auto all = reader();
        for (std::size_t position = 0; position < size; ++position) {
            const auto file = prove(*all, ids[position]);
            ASSERT_TRUE(file) << told(file);
            const auto proof = crypto::proof::read(*file);
            ASSERT_TRUE(proof) << told(proof) << *file;
            EXPECT_EQ(proof->entry, texts[position]);
            EXPECT_EQ(proof->position, position);
            EXPECT_EQ(proof->path, path_of(position, texts)) << position << " of " << size;
            const auto head = crypto::proof::check(*proof, key.public_key());
            ASSERT_TRUE(head) << position << " of " << size << told(head);
            EXPECT_EQ(head->size, size);
        }
    }
}

TEST_P(ProofTest, batches_make_the_same_tree_as_single_steps) {
    std::vector<std::string> texts;
    for (const int count : {1, 15, 16, 17, 300}) {
        for (int i = 0; i < count; ++i) {
            const auto id = write_numbered(i);
            texts.push_back(canonical_text(*store::entry(*reader(), id).value()));
        }
        EXPECT_EQ(sequencer->run_once().value(), count);
        EXPECT_EQ(sequencer->run_once().value(), 0);
        EXPECT_EQ(sequencer->sign_head().value()->root, mth(texts));
    }
    EXPECT_EQ(size(*reader()).value(), 349);
    // Every fourth level only: 349 leaves need 21 nodes over 16 and one over 256.
    EXPECT_EQ(reader()->row(db::Sql{"test.count", "select count(*) from journal_node"}).value()->integer(0), 22);
}

TEST_P(ProofTest, needs_a_signed_head) {
    EXPECT_EQ(prove(*reader(), {1}).error().message, "journal.not_found");
    EXPECT_EQ(sequencer->sign_head().value(), std::nullopt);
    const auto first = write_numbered(1);
    EXPECT_EQ(prove(*reader(), first).error().message, "journal.not_signed_yet");
    EXPECT_EQ(position(*reader(), first).value(), std::nullopt);
    sequencer->run_once().value();
    EXPECT_EQ(position(*reader(), first).value(), 0);
    EXPECT_TRUE(prove(*reader(), first)) << "the first entry makes the first head";
    const auto second = write_numbered(2);
    sequencer->run_once().value();
    EXPECT_EQ(prove(*reader(), second).error().message, "journal.not_signed_yet");
    EXPECT_EQ(sequencer->sign_head().value()->size, 2u);
    EXPECT_TRUE(prove(*reader(), second));
}

TEST_P(ProofTest, shows_values_when_asked_and_never_erased_ones) {
    const auto id = write(
        {.action = "record.changed", .record = {11}, .changes = {{"subject", "cũ", "mới"}, {"copies", nullptr, 3}}});
    sequencer->run_once().value();
    EXPECT_FALSE(prove(*reader(), id).value().contains("mới"));
    const std::string shown = prove(*reader(), id, Show::values).value();
    EXPECT_TRUE(shown.contains("mới")) << shown;
    const auto proof = crypto::proof::read(shown).value();
    EXPECT_EQ(proof.values.size(), 2u);
    EXPECT_TRUE(crypto::proof::check(proof));

    ASSERT_TRUE(db().write_now([&](db::Transaction& tx) { return erase_values(scope, tx, RecordId{11}, "x"); }));
    const std::string erased = prove(*reader(), id, Show::values).value();
    EXPECT_FALSE(erased.contains("mới")) << erased;
    EXPECT_FALSE(erased.contains("salt")) << erased;
    const auto checked = crypto::proof::check(crypto::proof::read(erased).value());
    EXPECT_TRUE(checked) << told(checked);
}

}  // namespace
}  // namespace journal
