#include "core/journal/store.h"

namespace journal::store {
namespace {

using crypto::merkle::Node;

constexpr db::Sql has_pending_sql{"journal.has_pending", "select entry_id from journal_pending limit 1"};

constexpr db::Sql pending_sql{"journal.pending", R"(
    select entry_id, hash from journal_pending order by entry_id limit ?1)"};

constexpr db::Sql make_leaves_sql{"journal.make_leaves", R"(
    insert into journal_leaf (position, entry_id, hash)
    select ?1 + row_number() over (order by entry_id) - 1, entry_id, hash from journal_pending where entry_id <= ?2)"};

constexpr db::Sql delete_pending_sql{"journal.delete_pending", "delete from journal_pending where entry_id <= ?1"};

constexpr db::Sql size_sql{"journal.size", "select coalesce(max(position) + 1, 0) from journal_leaf"};
constexpr db::Sql position_sql{"journal.position", "select position from journal_leaf where entry_id = ?1"};

constexpr db::Sql leaves_sql{"journal.leaves", R"(
    select position, hash from journal_leaf where position >= ?1 and position < ?2 order by position)"};

constexpr db::Sql nodes_sql{"journal.nodes", R"(
    select position, hash from journal_node where level = ?3 and position >= ?1 and position < ?2 order by position)"};

constexpr db::Sql insert_node_sql{"journal.insert_node", R"(
    insert into journal_node (level, position, hash) values (?1, ?2, ?3))"};

constexpr db::Sql insert_head_sql{"journal.insert_head", R"(
    insert into journal_head (size, root, at, server, public_key, signature) values (?1, ?2, ?3, ?4, ?5, ?6))"};

constexpr db::Sql last_head_sql{"journal.last_head", R"(
    select size, root, at, server, public_key, signature from journal_head order by size desc limit 1)"};

constexpr db::Sql head_over_sql{"journal.head_over", R"(
    select size, root, at, server, public_key, signature from journal_head where size > ?1 order by size limit 1)"};

constexpr db::Sql heads_sql{"journal.heads", R"(
    select size, root, at, server, public_key, signature from journal_head order by size)"};

// What has another length is a changed one: the signature will tell.
template <std::size_t N>
std::array<std::byte, N> fixed(const db::Blob& bytes) {
    std::array<std::byte, N> fixed{};
    if (bytes.size() == N) std::ranges::copy(bytes, fixed.begin());
    return fixed;
}

Head read_head(const db::Row& row) {
    return Head{{.server = row.text(3),
                 .size = static_cast<std::uint64_t>(row.integer(0)),
                 .root = fixed<32>(row.blob(1)),
                 .at = row.instant(2)},
                fixed<32>(row.blob(4)),
                fixed<64>(row.blob(5))};
}

std::optional<Head> read_head(const std::optional<db::Row>& row) {
    return row ? std::optional(read_head(*row)) : std::nullopt;
}

}  // namespace

Result<bool> has_pending(db::Reader& reader) {
    return TRY(reader.row(has_pending_sql)).has_value();
}

Result<std::vector<Pending>> pending(db::Reader& reader, int limit) {
    std::vector<Pending> waiting;
    for (const db::Row& row : TRY(reader.rows(pending_sql, limit)))
        waiting.push_back({row.id<JournalEntryNoun>(0), TRY(digest(row.blob(1)))});
    return waiting;
}

Result<void> move_pending(db::Transaction& tx, std::int64_t position, JournalEntryId last) {
    TRY(tx.execute(make_leaves_sql, position, last));
    TRY(tx.execute(delete_pending_sql, last));
    return {};
}

Result<std::int64_t> size(db::Reader& reader) {
    const auto row = TRY(reader.row(size_sql));
    return row ? row->integer(0) : 0;
}

Result<std::optional<std::int64_t>> position(db::Reader& reader, JournalEntryId entry) {
    const auto row = TRY(reader.row(position_sql, entry));
    return row ? std::optional(row->integer(0)) : std::nullopt;
}

Result<std::vector<crypto::Digest>> nodes(db::Reader& reader, const Node& first, std::uint64_t count) {
    const auto begin = static_cast<std::int64_t>(first.position);
    const std::int64_t end = begin + static_cast<std::int64_t>(count);
    const db::Rows rows = first.level == 0 ? TRY(reader.rows(leaves_sql, begin, end))
                                           : TRY(reader.rows(nodes_sql, begin, end, first.level));
    std::vector<crypto::Digest> hashes;
    for (const db::Row& row : rows) {
        if (row.integer(0) != begin + static_cast<std::int64_t>(hashes.size())) break;
        hashes.push_back(TRY(digest(row.blob(1))));
    }
    return hashes;
}

Result<void> insert_node(db::Transaction& tx, const Node& node, const crypto::Digest& hash) {
    TRY(tx.execute(insert_node_sql, node.level, static_cast<std::int64_t>(node.position), blob(hash)));
    return {};
}

Result<void> insert_head(db::Transaction& tx, const Head& head) {
    TRY(tx.execute(insert_head_sql, static_cast<std::int64_t>(head.size), blob(head.root), head.at, head.server,
                   blob(head.public_key), blob(head.signature)));
    return {};
}

Result<std::optional<Head>> last_head(db::Reader& reader) {
    return read_head(TRY(reader.row(last_head_sql)));
}

Result<std::optional<Head>> head_over(db::Reader& reader, std::int64_t position) {
    return read_head(TRY(reader.row(head_over_sql, position)));
}

Result<std::vector<Head>> heads(db::Reader& reader) {
    std::vector<Head> heads;
    for (const db::Row& row : TRY(reader.rows(heads_sql))) heads.push_back(read_head(row));
    return heads;
}

}  // namespace journal::store
