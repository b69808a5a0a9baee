#pragma once
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

#include "paper/descriptor.h"
#include "paper/request.h"
#include "paper/wire.h"

namespace paper {

/// One helper process, seen from its parent. Used by one thread at a time.
class Child {
  public:
    /// Starts `executable` with the hidden word and waits until it stands behind its walls.
    /// Errors: unavailable "paper.no_helper".
    static Result<std::unique_ptr<Child>> start(const std::string& executable, const Greeting&);
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    /// Ends it at once.
    ~Child();

    /// What became of a request. `answer` is there when `end` is done.
    struct Outcome {
        wire::End end = wire::End::done;
        Answer answer;
    };
    Outcome ask(const Request&, const std::vector<int>& files);

    /// False once it went to rest or died.
    bool alive() const;
    /// Ends it and says why it ended: the wait status of waitpid.
    int end();

    pid_t process() const { return process_; }
    const Walls& walls() const { return walls_; }
    int served() const { return served_; }

  private:
    Child(pid_t process, Descriptor socket) : process_(process), socket_(std::move(socket)) {}

    pid_t process_;
    Descriptor socket_;
    Walls walls_;
    int served_ = 0;
};

}  // namespace paper
