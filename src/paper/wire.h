#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "paper/descriptor.h"

/// Frames between the server and its helpers over a pair of sockets: 4 bytes magic, 4 bytes length of the head,
/// 8 bytes length of the body (this machine's order), head (JSON), body (bytes); open files go along with the first
/// byte.
namespace paper::wire {

struct Frame {
    std::string head;
    std::string body;
    std::vector<Descriptor> files;
};

/// How receiving or sending ended.
enum class End {
    done,
    closed,     ///< the other side is gone
    too_slow,   ///< the deadline came first
    malformed,  ///< not a frame, or longer than allowed
};

using Deadline = std::chrono::steady_clock::time_point;
constexpr Deadline never = Deadline::max();

End send(int socket, std::string_view head, std::string_view body, const std::vector<int>& files, Deadline);

struct Received {
    End end = End::done;
    Frame frame;
};
Received receive(int socket, std::int64_t longest_body, Deadline);

}  // namespace paper::wire
