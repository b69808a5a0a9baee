#include "base/uuid.h"

#include <set>

#include <gtest/gtest.h>

#include "base/hex.h"

namespace {

TEST(Uuid, BeginsWithTheTimeAndNamesItsVersion) {
    // The example of RFC 9562, appendix A.6, has this time.
    const std::string uuid = new_uuid(Instant{0x017F22E279B0});
    EXPECT_TRUE(is_uuid(uuid)) << uuid;
    EXPECT_TRUE(uuid.starts_with("017f22e2-79b0-7")) << uuid;
    EXPECT_NE(std::string("89ab").find(uuid[19]), std::string::npos) << uuid;
}

TEST(Uuid, LaterOnesSortLater) {
    EXPECT_LT(new_uuid(Instant{1'700'000'000'000}), new_uuid(Instant{1'700'000'000'001}));
    EXPECT_LT(new_uuid(Instant{255}), new_uuid(Instant{256}));
}

TEST(Uuid, OfOneMomentAllDiffer) {
    std::set<std::string> seen;
    for (int i = 0; i < 10'000; ++i) seen.insert(new_uuid(Instant{1}));
    EXPECT_EQ(seen.size(), 10'000u);
}

TEST(Uuid, KnowsWhatIsNone) {
    EXPECT_TRUE(is_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
    for (const char* text : {"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
                             "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e279b07cc398c4dc0c0c07398f0000",
                             "017f22e2-79b0-7cc3-98c4_dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                             "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}"})
        EXPECT_FALSE(is_uuid(text)) << text;
}

TEST(Hex, GoesThereAndBack) {
    std::string all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<char>(i));
    const std::string text = to_hex(all);
    EXPECT_EQ(text.size(), 512u);
    EXPECT_TRUE(text.starts_with("000102") && text.ends_with("fdfeff"));
    EXPECT_EQ(from_hex(text), all);
    EXPECT_EQ(from_hex("Ff"), "\xFF");
    EXPECT_EQ(from_hex(""), "");
    EXPECT_EQ(from_hex("f"), std::nullopt);
    EXPECT_EQ(from_hex("0g"), std::nullopt);
}

}  // namespace
