#pragma once
#include <functional>

/// Inside the folder: tells the runners of this process that there is work.
namespace jobs {

class Runner;
void ring();
void listen(const Runner*, std::function<void()>);
void stop_listening(const Runner*);

}  // namespace jobs
