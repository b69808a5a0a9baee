#pragma once
#include <functional>

#include "core/scope/scope.h"
#include "db/database.h"

namespace files {

/// What others keep of a file's content, as the words in the search index, goes when the file is destroyed: `take` runs
/// in that transaction, while the content can still be read. One for the process, as long as this lives.
class Derived {
  public:
    using Take = std::function<Result<void>(const Scope&, db::Transaction&, FileId)>;
    explicit Derived(Take);
    ~Derived();
    Derived(const Derived&) = delete;
    Derived& operator=(const Derived&) = delete;
};

}  // namespace files
