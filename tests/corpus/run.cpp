#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// What a fuzzer found worth keeping is tried by every run of the tests: it aborts where something is wrong.
TEST(Corpus, HoldsNothingThatHurts) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(CONGVU_CORPUS)) {
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(in), {});
        SCOPED_TRACE(entry.path().string());
        EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0);
        ++count;
    }
    EXPECT_GT(count, 0U) << CONGVU_CORPUS;
}
