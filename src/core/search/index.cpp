#include "core/search/store.h"

namespace search {

// The words go in after the last closure of the batch, so that one segment of the index serves them all.
Result<void> index_title(db::Transaction& tx, RecordId record, std::string_view before, std::string_view after) {
    tx.before_commit([record, was = std::string(before), is = std::string(after)](db::Transaction& last) {
        return store::write_title(last, record, was, is);
    });
    return {};
}

Result<void> index_content(db::Transaction& tx, FileId file, std::string_view text) {
    tx.before_commit(
        [file, is = std::string(text)](db::Transaction& last) { return store::write_content(last, file, is); });
    return {};
}

Result<void> remove_content(db::Transaction& tx, FileId file, std::string_view text) {
    tx.before_commit(
        [file, was = std::string(text)](db::Transaction& last) { return store::erase_content(last, file, was); });
    return {};
}

}  // namespace search
