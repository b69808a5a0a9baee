#include "checker/checker.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "base/hex.h"
#include "crypto/merkle.h"
#include "crypto/proof.h"
#include "crypto/random.h"

namespace checker {
namespace {

namespace proof = crypto::proof;

class CheckerTest : public testing::Test {
  protected:
    CheckerTest() {
        const crypto::Bytes salt(16, std::byte{1});
        file.values = {{.field = "subject", .salt = salt, .before = "null", .after = "\"mới\""}};
        const auto values = proof::values_hash({{"subject", proof::value_hash(salt, "subject", "null", "\"mới\"")}});
        file.entry = "congvu entry 1\nid 12\nat 2026-08-25T02:30:00.500Z\naction record.changed\nvalues " +
                     to_hex(values) + "\n";
        file.position = 1;
        const crypto::Digest sibling = crypto::sha256("sibling");
        file.path = {sibling};
        file.head =
            proof::checkpoint_text({.server = "0190b2c4-5a00-7000-8000-000000000001",
                                    .size = 2,
                                    .root = crypto::merkle::node_hash(sibling, crypto::merkle::leaf_hash(file.entry)),
                                    .at = parse_instant("2026-08-25T17:00:00Z").value()});
        file.signature = key.sign(file.head);
        file.public_key = key.public_key();
    }

    ExitCode run(const std::vector<std::string>& arguments, const std::string& given = {}) {
        std::istringstream input(given);
        output.str({});
        errors.str({});
        return checker::run(arguments, input, output, errors);
    }
    ExitCode check(const proof::Proof& changed) { return run({"--english", "-"}, proof::write(changed)); }

    crypto::SigningKey key;
    proof::Proof file;
    std::ostringstream output, errors;
};

TEST_F(CheckerTest, a_good_proof_holds_and_is_shown) {
    EXPECT_EQ(run({"-"}, proof::write(file)), holds);
    for (const std::string& expected : {std::string("ĐÚNG: "), std::string("mục thứ 2 trong 2 mục"),
                                        to_hex(key.public_key()), std::string("Chưa so với khóa nào"),
                                        std::string("action record.changed"), std::string("subject: null → \"mới\"")})
        EXPECT_TRUE(output.str().contains(expected)) << expected << output.str();
    EXPECT_EQ(errors.str(), "");
}

TEST_F(CheckerTest, a_pinned_key_is_compared) {
    EXPECT_EQ(run({"--key", to_hex(key.public_key()), "-"}, proof::write(file)), holds);
    EXPECT_FALSE(output.str().contains("Chưa so")) << output.str();
    EXPECT_EQ(run({"--key", to_hex(crypto::SigningKey().public_key()), "-"}, proof::write(file)), refused);
    EXPECT_TRUE(output.str().starts_with("KHÔNG ĐÚNG: Tệp được ký bằng khóa khác")) << output.str();
}

TEST_F(CheckerTest, whatever_is_changed_is_refused) {
    const auto refuses = [&](std::string_view says, auto&& change) {
        proof::Proof changed = file;
        change(changed);
        EXPECT_EQ(check(changed), refused) << says;
        EXPECT_TRUE(output.str().contains(says)) << output.str();
        EXPECT_FALSE(output.str().contains("IT HOLDS"));
    };
    refuses("not in the tree", [](auto& p) { p.entry.replace(p.entry.find("12"), 2, "13"); });
    refuses("not in the tree", [](auto& p) { p.position = 0; });
    refuses("not in the tree", [](auto& p) { p.path[0][0] ^= std::byte{1}; });
    refuses("not in the tree", [](auto& p) { p.path.push_back(p.path[0]); });
    refuses("not in the tree", [](auto& p) { p.path.clear(); });
    refuses("signature", [](auto& p) { p.head.replace(p.head.find("\n2\n"), 3, "\n3\n"); });
    refuses("signature", [](auto& p) { p.signature[5] ^= std::byte{1}; });
    refuses("signature", [](auto& p) { p.public_key = crypto::SigningKey().public_key(); });
    refuses("values", [](auto& p) { p.values[0].after = "\"cũ\""; });
    refuses("values", [](auto& p) { p.values[0].before = "1"; });
    refuses("values", [](auto& p) { p.values[0].field = "title"; });
    refuses("values", [](auto& p) { p.values[0].salt[0] = std::byte{2}; });
    refuses("values", [](auto& p) { p.values.push_back(p.values[0]); });
    refuses("values", [](auto& p) { p.values[0].hash = crypto::sha256("x"); });
}

TEST_F(CheckerTest, what_is_no_proof_is_refused) {
    const std::string good = proof::write(file);
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = good;
        changed.replace(changed.find(from), from.size(), to);
        return changed;
    };
    const std::string bad[] = {"",
                               "{}",
                               "[]",
                               "null",
                               good.substr(0, good.size() / 2),
                               good + "x",
                               std::string(2000, '['),
                               with("\"congvu_proof\": 1", "\"congvu_proof\": 2"),
                               with("\"congvu_proof\": 1", "\"congvu_proof\": 1, \"note\": \"ok\""),
                               with("\"position\": 1", "\"position\": 0, \"position\": 1"),
                               with("\"salt\"", "\"after\": \"1\", \"salt\""),
                               with("\"head\"", "\"h\\u0065ad\": \":\", \"head\""),
                               with("\"position\": 1", "\"position\": -1"),
                               with("\"position\": 1", "\"position\": \"1\""),
                               with("\"position\": 1", "\"position\": 1.0"),
                               with("\"path\": [\"", "\"path\": [\"A"),
                               with("congvu/", "another/"),
                               with("\"head\"", "\"hat\""),
                               with("\"salt\"", "\"sugar\""),
                               with("\\n2\\n", "\\n02\\n"),
                               with("2026-08-25T17:00:00.000Z", "2026-08-26T00:00:00.000+07:00")};
    for (const std::string& content : bad) {
        EXPECT_EQ(run({"-", "--english"}, content), refused) << content;
        EXPECT_TRUE(output.str().contains("not a proof file")) << output.str() << content;
    }
}

TEST_F(CheckerTest, hidden_values_are_said_to_be_hidden) {
    proof::Value& value = file.values[0];
    value.hash = proof::value_hash(value.salt, value.field, value.before, value.after);
    EXPECT_EQ(run({"-"}, proof::write(file)), holds);
    EXPECT_TRUE(output.str().contains("subject: (giá trị không kèm theo)"));
    EXPECT_FALSE(output.str().contains("mới"));
}

TEST_F(CheckerTest, nothing_in_the_file_reaches_the_terminal_raw) {
    file.entry = "congvu entry 1\nid 12\naction \x1b[2Jx\n";
    file.values.clear();
    file.head =
        proof::checkpoint_text({.server = "\x1b]0;x",
                                .size = 2,
                                .root = crypto::merkle::node_hash(file.path[0], crypto::merkle::leaf_hash(file.entry)),
                                .at = {0}});
    file.signature = key.sign(file.head);
    EXPECT_EQ(check(file), holds) << output.str();
    EXPECT_FALSE(output.str().contains('\x1b'));
}

TEST_F(CheckerTest, reads_a_file) {
    const auto path = std::filesystem::temp_directory_path() / ("congvu-proof-" + crypto::random_token(8));
    std::ofstream(path) << proof::write(file);
    EXPECT_EQ(run({path.string()}), holds);
    std::ofstream(path, std::ios::trunc);
    EXPECT_EQ(run({path.string()}), refused);
    std::filesystem::remove(path);
    EXPECT_EQ(run({path.string()}), wrong_usage);
    EXPECT_TRUE(errors.str().contains(path.string())) << errors.str();
    EXPECT_EQ(run({std::filesystem::temp_directory_path().string()}), wrong_usage);
}

TEST_F(CheckerTest, wrong_usage_shows_the_usage) {
    const std::vector<std::string> wrong[] = {{},        {"a", "b"}, {"--key"}, {"--key", "abc", "-"}, {"--what", "-"},
                                              {"-", "-"}};
    for (const auto& arguments : wrong) {
        EXPECT_EQ(run(arguments), wrong_usage);
        EXPECT_TRUE(errors.str().starts_with("Cách dùng:")) << errors.str();
        EXPECT_EQ(output.str(), "");
    }
    EXPECT_EQ(run({"--help"}), holds);
    EXPECT_EQ(run({"--help", "--english"}), holds);
    EXPECT_TRUE(output.str().starts_with("Usage:"));
}

}  // namespace
}  // namespace checker
