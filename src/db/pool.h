#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "db/connection.h"
#include "db/database.h"

namespace db {

/// The reading connections, opened when first needed. Lives on while a reader is out.
class Pool : public std::enable_shared_from_this<Pool> {
  public:
    using Open = std::function<Result<std::unique_ptr<Connection>>()>;
    Pool(int limit, Open open) : limit_(limit), open_(std::move(open)) {}

    /// Errors: unavailable "db.busy" when none is free within `patience`, and those of opening.
    Result<std::unique_ptr<Reader>> take(std::chrono::milliseconds patience);
    /// Closes those that are free; the others go when they come back.
    void close();

  private:
    friend class PooledReader;
    void give_back(std::unique_ptr<Connection> connection);

    int limit_;
    Open open_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<Connection>> idle_;
    int out_ = 0;
    bool closed_ = false;
};

}  // namespace db
