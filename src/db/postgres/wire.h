#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "db/postgres/errors.h"
#include "db/postgres/types.h"

struct pg_conn;
struct pg_result;

namespace db::postgres {

struct ResultDeleter {
    void operator()(pg_result* result) const;
};
using Answer = std::unique_ptr<pg_result, ResultDeleter>;

/// One connection in pipeline mode: commands are queued, then sent and answered in one round trip.
class Wire {
  public:
    /// Errors: unavailable "db.cannot_open"; a password in the address is never told.
    static Result<std::unique_ptr<Wire>> connect(const std::string& address);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    void command(std::string_view name, const std::string& text);
    void prepare(std::string_view name, const std::string& id, const std::string& text, const std::vector<Oid>& types);
    void describe(std::string_view name, const std::string& id);
    void describe_cursor(std::string_view name, const std::string& cursor);
    void execute(std::string_view name, const std::string& id, const Parameters& parameters, bool binary);
    void fetch(std::string_view name, const std::string& text, bool binary);

    /// Sends what was queued and takes the answers. The first that failed decides, the ones after it were not run.
    Result<void> flush();
    /// Those of the last flush, in order; after a failure up to the one that failed.
    std::vector<Answer> take_answers() { return std::exchange(answers_, {}); }
    /// What the last flush failed of.
    const Complaint& complaint() const { return complaint_; }

    bool lost() const { return lost_; }
    bool in_transaction() const;
    /// In a transaction that a failed statement has spoilt.
    bool spoilt() const;

  private:
    explicit Wire(pg_conn* connection) : connection_(connection) {}
    void queued(std::string_view name, int sent);
    Answer next();
    std::unexpected<Error> lose(const std::vector<std::string>& names);

    pg_conn* connection_;
    std::vector<std::string> names_;  ///< of the commands queued
    std::vector<Answer> answers_;
    Complaint complaint_;
    bool lost_ = false;
};

/// "postgresql://host:5433/name", for messages.
std::string shown(const std::string& address);

}  // namespace db::postgres
