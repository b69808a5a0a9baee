#include <string_view>

#include <gtest/gtest.h>

#include "paper/helper_process.h"
#include "paper/probe_test.h"
#include "paper/samples_test.h"

// The test program is its own helper, as congvu is, and tries the walls from inside.
int main(int argc, char** argv) {
    const std::string_view word = argc > 1 ? argv[1] : "";
    if (word == paper::helper_word) return paper::helper_main();
    if (word == paper::probe_word && argc > 3) return paper::probe_main(argv[2], argv[3]);
    ::testing::InitGoogleTest(&argc, argv);
    const int result = RUN_ALL_TESTS();
    paper::samples::remove_scratch();
    return result;
}
