#pragma once
#include <boost/json.hpp>

#include "core/files/files.h"
#include "core/records/records.h"
#include "service/routes.h"

/// Every declared register through one set of routes: lists, forms, actions, history, links, saved filters, number
/// books, exports.
namespace registry {

struct Count {
    std::int64_t number = 0;
    bool more = false;
};
BOOST_DESCRIBE_STRUCT(Count, (), (number, more))
/// Counts stop at 1,000.
Count capped(std::int64_t counted);

/// A list of rows as docs/protocols/api.md has it: {items, next, count}.
struct Listing {
    std::vector<boost::json::object> items;
    std::optional<std::string> next;
    std::optional<Count> count;
};
BOOST_DESCRIBE_STRUCT(Listing, (), (items, next, count))

/// {message, records: the records it speaks of that the asker may see}.
boost::json::object warning_json(const records::Checked::Warned&);
boost::json::object state_json(const Scope&, const registers::Declaration&, std::string_view state);
boost::json::object file_json(const Scope&, const files::RecordFile&);
/// How a person, post or unit is called.
Result<std::string> party_label(records::Shown&, SubjectId);
/// A record with everything its page shows.
Result<boost::json::object> record_json(const Scope&, db::Reader&, const records::Engine&, const records::Record&);
/// The rows of a page of a list, with who holds each and by when.
Result<std::vector<boost::json::object>> rows_json(const Scope&, db::Reader&, const records::Engine&,
                                                   const registers::Declaration&, const std::vector<records::ListRow>&);
/// The list a request's query asks for. Errors: invalid.
Result<records::ListQuery> list_query(service::Asking&, const registers::Declaration&);

void routes(service::Routes&, const records::Engine&);

}  // namespace registry
