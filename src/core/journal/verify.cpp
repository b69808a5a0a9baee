#include "core/journal/verify.h"

#include <boost/json/parse.hpp>

#include "core/journal/store_verify.h"
#include "core/journal/tree.h"

namespace journal {
namespace {

constexpr int page = 1000;

/// A head is signed as soon as the tree grows on a new day: who went on longer than this without one did not lose it
/// by ending between the two.
constexpr std::chrono::minutes unsigned_at_most{1};
/// With as many waiting, the tree is catching up and signs when it has.
constexpr std::int64_t catching_up = 1000;

using crypto::Digest;
using Values = std::vector<store::StoredValue>;

// Goes through the journal from its first position on and stops at the first fault.
class Walk {
  public:
    Walk(db::Database& database, std::span<const crypto::PublicKey> trusted) : database_(database), trusted_(trusted) {}

    Result<Report> run() {
        TRY(check_head_signatures());
        if (!report_.fault) TRY(check_tree());
        report_.entries = static_cast<std::int64_t>(tree_.size());
        report_.root = tree_.root();
        if (!report_.fault) check_heads_beyond();
        if (!report_.fault) TRY(check_the_rest());
        if (!report_.fault) check_signed();
        if (!report_.fault) TRY(check_against_the_store());
        return std::move(report_);
    }

  private:
    void fault(std::string_view message, std::vector<MessageArgument> arguments,
               std::optional<std::int64_t> position = {}) {
        report_.fault = Error{ErrorCode::corrupt, std::string(message), {}, std::move(arguments)};
        report_.fault_position = position;
    }
    void fault_of(const store::Leaf& leaf, std::string_view message) {
        fault(message, {{"entry", std::to_string(leaf.entry.value)}, {"position", std::to_string(leaf.position)}},
              leaf.position);
    }
    static std::vector<MessageArgument> size_of(const Head& head) { return {{"size", std::to_string(head.size)}}; }

    Result<void> check_head_signatures() {
        const auto reader = TRY(database_.read());
        heads_ = TRY(store::heads(*reader));
        for (const Head& head : heads_) {
            if (!crypto::signature_matches(head.public_key, crypto::proof::checkpoint_text(head), head.signature)) {
                fault("journal.fault_head_signature", size_of(head));
                return {};
            }
            if (!trusted_.empty() && std::ranges::find(trusted_, head.public_key) == trusted_.end()) {
                fault("journal.fault_head_key", size_of(head));
                return {};
            }
        }
        return {};
    }

    Result<void> check_tree() {
        while (true) {
            const auto reader = TRY(database_.read());
            const auto first = static_cast<std::int64_t>(tree_.size());
            const std::vector<store::Leaf> leaves = TRY(store::leaves(*reader, first, page));
            if (leaves.empty()) return {};
            values_ = {};
            for (store::StoredValue& value : TRY(store::values_at(*reader, first, first + page)))
                values_[value.entry].push_back(std::move(value));
            for (const store::Leaf& leaf : leaves) {
                TRY(check_leaf(*reader, leaf));
                if (report_.fault) return {};
            }
        }
    }

    Result<void> check_leaf(db::Reader& reader, const store::Leaf& leaf) {
        if (leaf.position != static_cast<std::int64_t>(tree_.size())) {
            const auto missing = static_cast<std::int64_t>(tree_.size());
            fault("journal.fault_leaf_missing", {{"position", std::to_string(missing)}}, missing);
            return {};
        }
        if (!leaf.content) {
            fault_of(leaf, "journal.fault_entry_missing");
            return {};
        }
        if (crypto::merkle::leaf_hash(canonical_text(*leaf.content)) != leaf.hash) {
            fault_of(leaf, "journal.fault_entry_changed");
            return {};
        }
        TRY(check_values(reader, leaf));
        if (report_.fault) return {};
        for (const auto& [node, hash] : tree_.add(leaf.hash)) {
            if (tree::is_stored(node.level)) TRY(check_node(reader, node, hash));
            if (report_.fault) return {};
        }
        check_head(leaf.position);
        note_unsigned(leaf);
        return {};
    }

    Result<void> check_values(db::Reader& reader, const store::Leaf& leaf) {
        const Values& values = values_[leaf.entry];
        std::map<std::string, Digest, std::less<>> by_field;
        bool whole = true;
        for (const store::StoredValue& value : values) {
            const auto hash = value.digest();
            whole = whole && hash && (!value.erased() || (value.salt.empty() && !value.before && !value.after));
            if (hash) by_field.emplace(value.field, *hash);
        }
        std::optional<Digest> hash;
        if (!values.empty()) hash = crypto::proof::values_hash(by_field);
        if (!whole || hash != leaf.content->values_hash) {
            fault_of(leaf, "journal.fault_values_changed");
            return {};
        }
        for (const store::StoredValue& value : values) {
            ++(value.erased() ? report_.erased : report_.values);
            if (value.erased() && !TRY(erased_by_law(reader, *leaf.content, value.erased_by))) {
                fault_of(leaf, "journal.fault_values_erased");
                return {};
            }
        }
        return {};
    }

    // The later entry that says so must be one about this record, or name this entry.
    static Result<bool> erased_by_law(db::Reader& reader, const StoredEntry& entry, JournalEntryId by) {
        const auto reason = TRY(store::entry(reader, by));
        if (!reason || reason->action != "journal.values_erased" || reason->id <= entry.id) return false;
        if (reason->record) return reason->record == entry.record;
        boost::system::error_code error;
        const boost::json::value details = boost::json::parse(reason->details, error);
        const boost::json::value* entries = details.is_object() ? details.get_object().if_contains("entries") : nullptr;
        return !error && entries && entries->is_array() &&
               std::ranges::find(entries->get_array(), boost::json::value(entry.id.value)) !=
                   entries->get_array().end();
    }

    Result<void> check_node(db::Reader& reader, const crypto::merkle::Node& node, const Digest& hash) {
        const auto stored = store::nodes(reader, node, 1);
        if (!stored && stored.error().code != ErrorCode::corrupt) return std::unexpected(stored.error());
        if (stored && !stored->empty() && stored->front() == hash) return {};
        const auto first = static_cast<std::int64_t>(node.position << node.level);
        const std::int64_t last = first + (std::int64_t{1} << node.level) - 1;
        fault(stored && stored->empty() ? "journal.fault_node_missing" : "journal.fault_node_changed",
              {{"first", std::to_string(first)}, {"last", std::to_string(last)}}, first);
        return {};
    }

    // Heads come by size: the next one is due when the tree has grown to it.
    void check_head(std::int64_t position) {
        while (next_head_ < heads_.size() && heads_[next_head_].size < tree_.size()) ++next_head_;
        if (next_head_ == heads_.size() || heads_[next_head_].size != tree_.size()) return;
        const Head& head = heads_[next_head_++];
        if (head.root != tree_.root())
            fault("journal.fault_head_root", size_of(head), position);
        else
            ++report_.heads;
    }

    /// Entries of a later day than the last head's, or any when there is none.
    void note_unsigned(const store::Leaf& leaf) {
        const Instant at = leaf.content->at;
        newest_ = std::max(newest_, at);
        if (unsigned_) return;
        const bool signed_for = !heads_.empty() && (static_cast<std::uint64_t>(leaf.position) < heads_.back().size ||
                                                    local_date(at) <= local_date(heads_.back().at));
        if (!signed_for) unsigned_ = {at, leaf.position};
    }

    void check_signed() {
        if (!unsigned_ || report_.waiting >= catching_up || newest_ < unsigned_->first + unsigned_at_most) return;
        const std::int64_t position = unsigned_->second;
        fault("journal.fault_not_signed",
              {{"position", std::to_string(position)}, {"date", to_vietnamese(local_date(unsigned_->first))}},
              position);
    }

    /// Cut short with its heads the journal still fits together: then the rest knows of entries that are gone. And what
    /// it says was made is there.
    Result<void> check_against_the_store() {
        const auto missing = TRY(store::versions_not_published(*TRY(database_.read())));
        if (missing > 0) {
            fault("journal.fault_publications", {{"count", std::to_string(missing)}});
            return {};
        }
        TRY(look_through("record", {{store::record_not_made, "journal.fault_record_not_made"},
                                    {store::record_not_changed, "journal.fault_record_not_changed"}}));
        if (!report_.fault) TRY(look_through("record", {{store::record_gone, "journal.fault_record_gone"}}));
        if (!report_.fault)
            TRY(look_through("file", {{store::file_not_added, "journal.fault_file_not_added"},
                                      {store::file_changed, "journal.fault_file_changed"}}));
        if (report_.fault) return {};
        const auto gone = TRY(store::files_gone(*TRY(database_.read())));
        if (gone > 0) fault("journal.fault_files_gone", {{"count", std::to_string(gone)}});
        return {};
    }

    struct Look {
        Result<store::Unwritten> (*at)(db::Reader&, std::int64_t);
        std::string_view message;
    };

    /// Each page in a snapshot of its own, as the tree is read; what is asked of a page is asked while it is at hand.
    Result<void> look_through(std::string_view called, std::initializer_list<Look> looks) {
        for (std::int64_t after = 0;;) {
            const auto reader = TRY(database_.read());
            std::int64_t until = 0;
            for (const Look& look : looks) {
                const store::Unwritten found = TRY(look.at(*reader, after));
                if (found.row > 0) {
                    fault(look.message, {{std::string(called), std::to_string(found.row)}});
                    return {};
                }
                until = found.until;
            }
            if (until == 0) return {};
            after = until;
        }
    }

    void check_heads_beyond() {
        if (heads_.empty() || heads_.back().size <= tree_.size()) return;
        auto arguments = size_of(heads_.back());
        arguments.push_back({"entries", std::to_string(tree_.size())});
        fault("journal.fault_head_beyond", std::move(arguments), static_cast<std::int64_t>(tree_.size()));
    }

    Result<void> check_the_rest() {
        const auto reader = TRY(database_.read());
        for (const store::Waiting& waiting : TRY(store::waiting(*reader))) {
            ++report_.waiting;
            const bool whole =
                waiting.content && crypto::merkle::leaf_hash(canonical_text(*waiting.content)) == waiting.leaf;
            if (whole) continue;
            fault("journal.fault_pending_changed", {{"entry", std::to_string(waiting.entry.value)}});
            return {};
        }
        if (const auto outside = TRY(store::entry_outside(*reader)))
            fault("journal.fault_entry_outside", {{"entry", std::to_string(outside->value)}});
        else if (const auto value = TRY(store::value_outside(*reader)))
            fault("journal.fault_value_outside", {{"entry", std::to_string(value->value)}});
        return {};
    }

    db::Database& database_;
    std::span<const crypto::PublicKey> trusted_;
    Report report_;
    crypto::merkle::Growing tree_;
    std::vector<Head> heads_;
    std::size_t next_head_ = 0;
    std::map<JournalEntryId, Values> values_;  ///< of the page at hand
    Instant newest_{};
    std::optional<std::pair<Instant, std::int64_t>> unsigned_;  ///< the first that a head should have, and its position
};

}  // namespace

Result<Report> verify(db::Database& database, std::span<const crypto::PublicKey> trusted) {
    return Walk(database, trusted).run();
}

Result<std::vector<Said>> said_of_records(db::Reader& reader, RecordId after, RecordId until) {
    return store::said_of_records(reader, after, until);
}

}  // namespace journal
