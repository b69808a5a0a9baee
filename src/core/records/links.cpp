#include "core/journal/journal.h"
#include "core/records/row.h"
#include "core/records/store.h"
#include "core/rights/rights.h"
#include "core/steps/steps.h"

namespace records {

Result<std::int64_t> link(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId from, RecordId to,
                          std::string_view kind) {
    static const std::set<std::string, std::less<>> kinds{"related",  "answers",   "replaces",
                                                          "corrects", "result_of", "attached_to"};
    if (!kinds.contains(kind)) return fail(ErrorCode::invalid, "records.no_link_kind", "kind");
    if (from == to) return fail(ErrorCode::invalid, "records.link_to_itself", "to");
    const Record record = TRY(open(scope, tx, engine, from));
    if (!TRY(rights::can_see(scope, tx, to))) return fail(ErrorCode::not_found, "records.not_found", "to");
    if (!TRY(may_link(scope, tx, record))) return fail(ErrorCode::forbidden, "records.may_not_link");
    if (TRY(tx.row(store::link_exists, from, to, kind))) return fail(ErrorCode::conflict, "records.linked_already");
    const std::int64_t id = TRY(tx.insert(store::insert_link, from, to, kind, tx.now(), scope.person));
    TRY(journal::write(scope, tx,
                       {.action = "record.linked",
                        .record = from,
                        .register_id = record.declaration->id,
                        .details = {{"to", to.value}, {"kind", boost::json::string(kind)}}}));
    return id;
}

Result<void> unlink(const Scope& scope, db::Transaction& tx, const Engine& engine, RecordId record, std::int64_t link) {
    const std::vector<Link> all = TRY(links(scope, tx, TRY(open(scope, tx, engine, record))));
    const auto there = std::ranges::find(all, link, &Link::id);
    if (there == all.end()) return fail(ErrorCode::not_found, "records.no_link");
    if (!there->removable) return fail(ErrorCode::forbidden, "records.not_your_link");
    TRY(tx.execute(store::remove_link, link, record, tx.now()));
    TRY(journal::write(scope, tx, {.action = "record.unlinked", .record = record, .details = {{"link", link}}}));
    return {};
}

Result<bool> may_link(const Scope& scope, db::Reader& reader, const Record& record) {
    if (TRY(may_edit(scope, reader, record))) return true;
    if (record.agency == scope.agency && TRY(rights::may_create(scope, reader, *record.declaration))) return true;
    return steps::works_on(scope, reader, record.id, steps::Which::ever);
}

Result<std::vector<Link>> links(const Scope& scope, db::Reader& reader, const Record& record) {
    std::vector<Link> all;
    std::vector<RecordId> others;
    const db::Rows rows = TRY(reader.rows(store::links_of, record.id));
    const bool edits = !rows.empty() && TRY(may_edit(scope, reader, record));
    for (const db::Row& row : rows) {
        const bool outgoing = row.integer(2) == record.id.value;
        const bool own = !row.is_null(4) && row.integer(4) == scope.person.value;
        all.push_back(
            {row.integer(0), row.text(1), row.id<struct RecordNoun>(outgoing ? 3 : 2), outgoing, own || edits});
        others.push_back(all.back().other);
    }
    const auto seen = TRY(rights::filter(scope, reader, others));
    std::erase_if(all, [&](const Link& each) { return std::ranges::find(seen, each.other) == seen.end(); });
    return all;
}

}  // namespace records
