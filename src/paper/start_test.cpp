#include <gtest/gtest.h>

#include "paper/helper_process.h"

// The test program is its own helper, as congvu is.
int main(int argc, char** argv) {
    if (argc > 1 && argv[1] == paper::helper_word) return paper::helper_main();
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
