#include "paper/wire.h"

#include <array>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "paper/samples_test.h"

namespace paper::wire {
namespace {

struct Pair {
    Descriptor left;
    Descriptor right;
    Pair() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
        left = Descriptor(ends[0]);
        right = Descriptor(ends[1]);
    }
};

Deadline now() {
    return std::chrono::steady_clock::now();
}

/// What comes of these bytes from the other side, which then hangs up.
End received(const std::string& bytes, std::int64_t longest) {
    Pair pair;
    EXPECT_EQ(::write(pair.left.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    pair.left.close();
    return receive(pair.right.get(), longest, never).end;
}

TEST(Wire, CarriesHeadBodyAndFiles) {
    Pair pair;
    const std::string body(5'000'000, 'b');
    const Descriptor file = std::move(open_source(Source::memory("trong tệp"), {})).value();
    std::jthread sending([&] { EXPECT_EQ(send(pair.left.get(), "đầu", body, {file.get()}, never), End::done); });
    const Received got = receive(pair.right.get(), 5'000'000, never);
    ASSERT_EQ(got.end, End::done);
    EXPECT_EQ(got.frame.head, "đầu");
    EXPECT_EQ(got.frame.body, body);
    ASSERT_EQ(got.frame.files.size(), 1u);
    EXPECT_EQ(Mapping::of(got.frame.files[0].get())->bytes(), "trong tệp");
}

TEST(Wire, TakesNoLiesAboutLengths) {
    Pair pair;
    ASSERT_EQ(send(pair.left.get(), "abc", "12345", {}, never), End::done);
    std::string frame(24, '\0');
    ASSERT_EQ(::read(pair.right.get(), frame.data(), frame.size()), 24);
    EXPECT_EQ(received(frame, 5), End::done);
    EXPECT_EQ(received(frame, 4), End::malformed) << "longer than asked for";
    for (std::size_t size = 0; size < frame.size(); ++size) EXPECT_EQ(received(frame.substr(0, size), 5), End::closed);
    std::string wrong = frame;
    wrong[0] = 'x';
    EXPECT_EQ(received(wrong, 5), End::malformed) << "no frame";
    wrong = frame;
    wrong[7] = '\x7F';
    EXPECT_EQ(received(wrong, 5), End::malformed) << "a head of 2 GB";
    wrong = frame;
    wrong[15] = '\x7F';
    EXPECT_EQ(received(wrong, 5), End::malformed) << "a body beyond all memory";
}

TEST(Wire, WaitsNoLongerThanTold) {
    Pair pair;
    EXPECT_EQ(receive(pair.right.get(), 5, now()).end, End::too_slow);
    EXPECT_EQ(send(pair.left.get(), "a", std::string(10'000'000, 'b'), {}, now()), End::too_slow) << "nobody reads";
    pair.right.close();
    EXPECT_EQ(send(pair.left.get(), "a", "b", {}, never), End::closed);
}

}  // namespace
}  // namespace paper::wire
