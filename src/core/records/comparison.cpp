#include "core/records/comparison.h"

#include <boost/json/serialize.hpp>

#include "core/journal/verify.h"
#include "core/records/row.h"
#include "core/records/store.h"

namespace records {

namespace {

constexpr std::int64_t page = 1'000;  // ids in one snapshot

/// An action's reason stands in the journal under this name, also where a register has a field of it.
constexpr std::string_view never_a_field = "reason";

/// By field: what was said last, null, or erased.
struct Last {
    std::optional<std::string> text;
    bool erased = false;
};
using LastOfFields = std::map<std::string, Last, std::less<>>;

class Walk {
  public:
    Walk(db::Database& database, const Engine& engine) : database_(database), engine_(engine) {}

    Result<Comparison> run() {
        for (RecordId after; !found_.fault;) {
            const auto reader = TRY(database_.read());
            const auto last = TRY(reader->row(store::last_record));
            if (!last || after.value >= last->integer(0)) break;
            const RecordId until{after.value + page};
            std::map<RecordId, LastOfFields> said;
            for (journal::Said& each : TRY(journal::said_of_records(*reader, after, until)))
                said[each.record][each.field] = {std::move(each.after), each.erased};
            const db::Rows rows = TRY(reader->rows(store::present_records, after.value, until.value));
            for (const db::Row& row : rows) {
                const RecordId id = row.id<struct RecordNoun>(0);
                compare(TRY(read_row(*reader, engine_, id)), said[id]);
                if (found_.fault) break;
            }
            after = until;
        }
        return std::move(found_);
    }

  private:
    void compare(const Record& record, const LastOfFields& said) {
        ++found_.records;
        for (const registers::Field& field : record.declaration->fields)
            if (field.code != never_a_field)
                compare(record, said, field.code, to_json(field, record.value(field.code)));
        // The state a record was made in is not said of it.
        if (said.contains("state")) compare(record, said, "state", boost::json::string(record.state));
    }
    void compare(const Record& record, const LastOfFields& said, const std::string& field,
                 const boost::json::value& is) {
        const auto last = said.find(field);
        if (last != said.end() && last->second.erased) return;
        ++found_.values;
        const std::optional<std::string> was = last == said.end() ? std::nullopt : last->second.text;
        const std::optional<std::string> now = is.is_null() ? std::nullopt : std::optional(boost::json::serialize(is));
        if (was == now || found_.fault) return;
        found_.fault = Error{ErrorCode::corrupt,
                             "journal.fault_record_differs",
                             {},
                             {{"record", std::to_string(record.id.value)}, {"field", field}}};
    }

    db::Database& database_;
    const Engine& engine_;
    Comparison found_;
};

}  // namespace

Result<Comparison> compare_with_journal(db::Database& database, const Engine& engine) {
    return Walk(database, engine).run();
}

}  // namespace records
