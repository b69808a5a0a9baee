#include "commands/verifying.h"

namespace commands {

namespace {

constexpr db::Sql current_files{"commands.current_files", R"(
    select f.id, f.name from file f where f.state <> 'destroyed' and f.id > ?1 order by f.id limit 500)"};

Result<void> read_through(Office& office, db::Reader& reader, std::int64_t file) {
    auto content = TRY(office.vault->open(reader, {file}));
    return content.each([](crypto::BytesView) { return Result<void>(); });
}

}  // namespace

Result<Verified> verify_office(Office& office) {
    const crypto::PublicKey own[] = {TRY(office.signer()).key.public_key()};
    Verified verified;
    verified.journal = TRY(::journal::verify(*office.database, own));
    if (!verified.journal.fault) verified.records = TRY(records::compare_with_journal(*office.database, office.engine));
    return verified;
}

Result<std::vector<DamagedContent>> damaged_contents(Office& office) {
    std::vector<DamagedContent> damaged;
    for (std::int64_t last = 0;;) {
        const auto reader = TRY(office.database->read());
        const db::Rows rows = TRY(reader->rows(current_files, last));
        for (const db::Row& row : rows) {
            last = row.integer(0);
            auto read = read_through(office, *reader, last);
            // What was destroyed since the list was read is no damage.
            if (!read && read.error().message != "files.destroyed")
                damaged.push_back({last, row.text(1), std::move(read).error()});
        }
        if (rows.size() < 500) return damaged;
    }
}

}  // namespace commands
