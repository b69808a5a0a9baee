#include "core/files/files.h"

#include <fstream>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/hex.h"
#include "base/uuid.h"
#include "core/files/files_fixture.h"
#include "core/journal/history.h"
#include "core/journal/sequencer.h"
#include "core/journal/verify.h"

namespace files {
namespace {

using congvu::test::told;

CONGVU_BOTH_ENGINES(FilesTest);

TEST(FileName, is_cleaned) {
    const std::pair<std::string_view, std::string_view> good[] = {
        {"Báo cáo.pdf", "Báo cáo.pdf"},
        {"  Báo cáo .pdf ", "Báo cáo .pdf"},
        {"../../etc/passwd", "passwd"},
        {"C:\\Users\\An\\Tờ trình.docx", "Tờ trình.docx"},
        {"15/QĐ: về việc?.pdf", "QĐ_ về việc_.pdf"},
        {"a<b>\"c\"|d*.txt", "a_b__c__d_.txt"},
        {"tên.pdf. . .", "tên.pdf"},
        {"COM.pdf", "COM.pdf"},
        {"console.log", "console.log"},
        {".gitignore", ".gitignore"},
    };
    for (const auto& [raw, name] : good) {
        const auto cleaned = clean_name(raw);
        ASSERT_TRUE(cleaned) << raw;
        EXPECT_EQ(*cleaned, name);
    }
    std::string longest;
    for (int i = 0; i < 251; ++i) longest += "ữ";
    EXPECT_TRUE(clean_name(longest + ".pdf"));
    for (const std::string& bad :
         {std::string(), std::string("."), std::string(".."), std::string("a/"), std::string("../"), std::string(" "),
          std::string("a\nb.pdf"), std::string("a\x01.pdf"), std::string("a\0b.pdf", 7), std::string("\xff.pdf"),
          std::string("báo cáo\u202efdp.exe"), std::string("CON"), std::string("nul.txt"), std::string("Lpt9.tar.gz"),
          longest + "ữ.pdf"}) {
        const auto refused = clean_name(bad);
        ASSERT_FALSE(refused) << bad;
        EXPECT_EQ(refused.error().message, "files.bad_name");
    }
}

TEST_P(FilesTest, a_content_is_given_back_whole_and_in_ranges) {
    std::string large(20 << 20, '\0');
    for (std::size_t i = 0; i < large.size(); i += 4096) large[i] = static_cast<char>(i >> 12);
    const std::string contents[] = {"", "a", std::string(65536, 'b'), std::string(65537, 'c'), large};
    for (const std::string& content : contents) {
        const StoredBlob stored = vault->keep(spooled(content)).value();
        EXPECT_EQ(stored.size, content.size());
        EXPECT_EQ(to_hex(stored.sha256), crypto::sha256_hex(content));
        const FileId file = add(stored);
        const File found = find(*reader(), file).value();
        EXPECT_EQ(found.size, content.size());
        EXPECT_EQ(found.sha256, crypto::sha256_hex(content));
        EXPECT_EQ(found.name, "Tờ trình.pdf");
        EXPECT_EQ(found.media_type, "application/pdf");
        EXPECT_EQ(found.state, State::stored);
        EXPECT_TRUE(is_uuid(found.uuid));
        FileReader open = vault->open(*reader(), file).value();
        EXPECT_EQ(open.size(), content.size());
        EXPECT_TRUE(open.read_all(large.size()).value() == content);
        for (const std::size_t offset : {std::size_t{0}, content.size() / 2, content.size()}) {
            crypto::Bytes range(70'000);
            range.resize(open.read(offset, range).value());
            EXPECT_TRUE(crypto::text_of(range) == std::string_view(content).substr(offset, 70'000)) << offset;
        }
    }
    EXPECT_EQ(vault->open(*reader(), FileId{999}).error().message, "files.not_found");
}

TEST_P(FilesTest, nothing_readable_lies_on_disk) {
    add(vault->keep(spooled("Nội dung phải giữ kín")).value());
    const auto on_disk = disk_files();
    ASSERT_EQ(on_disk.size(), 1u);
    EXPECT_EQ(slurp(on_disk.front()).find("giữ kín"), std::string::npos);
    struct stat state{};
    ASSERT_EQ(::stat(on_disk.front().c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0600u);
    const std::string name = crypto::sha256_hex("Nội dung phải giữ kín");
    EXPECT_TRUE(on_disk.front().string().contains("blobs/" + name.substr(0, 2) + "/" + name.substr(2, 2) + "/" + name));
}

TEST_P(FilesTest, the_same_content_is_kept_once) {
    const FileId first = add(vault->keep(spooled("một")).value());
    const StoredBlob again = vault->keep(spooled("một")).value();
    EXPECT_TRUE(again.tag.empty());
    const FileId second = add(again, "khác.pdf");
    EXPECT_NE(first, second);
    EXPECT_EQ(disk_files().size(), 1u);
    EXPECT_EQ(read(second), "một");
}

TEST_P(FilesTest, two_uploads_of_one_content_at_once_are_both_good) {
    const StoredBlob one = vault->keep(spooled("một")).value();
    const StoredBlob other = vault->keep(spooled("một")).value();
    EXPECT_NE(one.tag, other.tag);
    const FileId first = add(one), second = add(other);
    EXPECT_EQ(read(first), "một");
    EXPECT_EQ(read(second), "một");
    // One of the two on disk is nobody's; after a day it goes.
    age_everything();
    EXPECT_EQ(vault->sweep(clock().now()).value().contents, 1);
    EXPECT_EQ(read(first), "một");
    EXPECT_EQ(read(second), "một");
}

TEST_P(FilesTest, changed_bytes_are_an_error_and_never_given) {
    const std::string content(200'000, 'x');
    const FileId file = add(vault->keep(spooled(content)).value());
    const auto path = disk_files().front();
    const std::string good = slurp(path);
    const auto damaged = [&](const std::string& bytes) {
        std::ofstream(path, std::ios::trunc) << bytes;
        auto open = vault->open(*reader(), file);
        const auto read = open ? open->read_all(content.size()) : std::unexpected(open.error());
        if (read) return std::string("read it");
        EXPECT_EQ(read.error().code, ErrorCode::internal);
        EXPECT_THAT(read.error().detail, testing::HasSubstr(path.string())) << "the log says which";
        return read.error().message;
    };
    for (const std::size_t at : {std::size_t{0}, std::size_t{8}, good.size() / 2, good.size() - 1}) {
        std::string changed = good;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        EXPECT_EQ(damaged(changed), "files.damaged") << at;
    }
    EXPECT_EQ(damaged(good.substr(0, good.size() - 1)), "files.damaged");
    EXPECT_EQ(damaged(good + "x"), "files.damaged");
    EXPECT_EQ(damaged(""), "files.damaged");
    EXPECT_EQ(damaged(good), "read it");
    std::filesystem::remove(path);
    const auto missing = vault->open(*reader(), file);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::internal) << "the server's fault, not the question's";
    EXPECT_THAT(missing.error().detail, testing::HasSubstr(path.string()));
    EXPECT_EQ(missing.error().message, "files.missing");
}

TEST_P(FilesTest, a_content_goes_on_from_another) {
    const std::string body(100'000, 'p');
    const FileId base = add(vault->keep(spooled(body)).value());
    const StoredBlob extended = vault->extend(base, spooled(" chữ ký 1")).value();
    EXPECT_EQ(to_hex(extended.sha256), crypto::sha256_hex(body + " chữ ký 1"));
    const FileId once = add(extended);
    const FileId twice = add(vault->extend(once, spooled(" chữ ký 2")).value());
    EXPECT_EQ(read(twice), body + " chữ ký 1 chữ ký 2");
    EXPECT_EQ(read(once), body + " chữ ký 1");
    EXPECT_EQ(read(base), body);
    std::uintmax_t largest_tail = 0;
    for (const auto& path : disk_files())
        if (std::filesystem::file_size(path) < 1000)
            largest_tail = std::max(largest_tail, std::filesystem::file_size(path));
    EXPECT_EQ(disk_files().size(), 3u);
    EXPECT_LT(largest_tail, 100u) << "only what was added lies in its own file";

    FileReader open = vault->open(*reader(), twice).value();
    crypto::Bytes over_the_seams(40);
    over_the_seams.resize(open.read(body.size() - 5, over_the_seams).value());
    EXPECT_EQ(crypto::text_of(over_the_seams), "ppppp chữ ký 1 chữ ký 2");

    // The body stays while a signed one needs it, and goes with the last.
    destroy_file(base);
    EXPECT_EQ(read(twice), body + " chữ ký 1 chữ ký 2");
    destroy_file(once);
    destroy_file(twice);
    EXPECT_EQ(keys_left(), 0);
    EXPECT_EQ(vault->extend(base, spooled("x")).error().message, "files.destroyed");
}

TEST_P(FilesTest, a_destroyed_file_leaves_its_trace_and_nothing_else) {
    const FileId file = add(vault->keep(spooled("Hồ sơ sức khỏe của Nguyễn Văn A")).value(), "Nguyễn Văn A.pdf");
    const FileId copy = add(vault->keep(spooled("Hồ sơ sức khỏe của Nguyễn Văn A")).value(), "bản khác.pdf");
    set_text(file, "sức khỏe");
    destroy_file(file);
    EXPECT_EQ(find(*reader(), file).value().state, State::destroyed);
    EXPECT_EQ(find(*reader(), file).value().name, "");
    EXPECT_EQ(find(*reader(), file).value().reason, "retention_over");
    EXPECT_EQ(vault->open(*reader(), file).error().message, "files.destroyed");
    EXPECT_EQ(text_of(*vault, *reader(), file).value(), std::nullopt);
    EXPECT_EQ(read(copy), "Hồ sơ sức khỏe của Nguyễn Văn A") << "somebody else's file of the same content stays";
    EXPECT_EQ(keys_left(), 1);
    destroy_file(copy);
    EXPECT_EQ(keys_left(), 0);
    EXPECT_EQ(vault->sweep(clock().now()).value().contents, 0) << "not before a day has passed";
    age_everything();
    EXPECT_EQ(vault->sweep(clock().now()).value().contents, 2);
    EXPECT_TRUE(disk_files().empty());

    const auto entries = journal::entries(*reader(), {.action = "file."}, {}).value();
    ASSERT_EQ(entries.size(), 4u);
    EXPECT_EQ(entries[0].action, "file.destroyed");
    EXPECT_EQ(entries[0].details.at("reason"), "retention_over");
    const auto values =
        reader()->row(db::Sql{"test.values", "select count(*) from journal_value where after is not null"});
    EXPECT_EQ(values.value()->integer(0), 0);
    destroy_file(file);  // once more changes nothing
    EXPECT_EQ(journal::entries(*reader(), {.action = "file."}, {}).value().size(), 4u);

    // The same content brought again is a new one.
    const FileId back = add(vault->keep(spooled("Hồ sơ sức khỏe của Nguyễn Văn A")).value());
    EXPECT_EQ(read(back), "Hồ sơ sức khỏe của Nguyễn Văn A");
    EXPECT_EQ(vault->open(*reader(), file).error().message, "files.destroyed");
}

TEST_P(FilesTest, a_content_destroyed_during_an_upload_is_brought_again) {
    const FileId file = add(vault->keep(spooled("một")).value());
    const StoredBlob known = vault->keep(spooled("một")).value();
    destroy_file(file);
    const auto late = db().write_now([&](db::Transaction& tx) { return files::add(scope, tx, known, "a.pdf", "x"); });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().message, "files.try_again");
    EXPECT_EQ(read(add(vault->keep(spooled("một")).value())), "một");
}

TEST_P(FilesTest, renditions_are_made_thrown_away_and_made_again) {
    const FileId file = add(vault->keep(spooled("%PDF")).value());
    EXPECT_EQ(rendition(*reader(), file, "text").value().has_value(), false);
    EXPECT_EQ(text_of(*vault, *reader(), file).value(), std::nullopt);
    EXPECT_EQ(vault->open_rendition(*reader(), file, "text").error().message, "files.no_rendition");
    set_text(file, "chữ cũ");
    set_text(file, "chữ mới");
    EXPECT_EQ(text_of(*vault, *reader(), file).value(), "chữ mới");
    EXPECT_EQ(keys_left(), 2) << "the key of the former text is destroyed";
    ASSERT_TRUE(db().write_now([&](db::Transaction& tx) -> Result<void> {
        TRY(set_no_rendition(tx, file, "thumbnail", Rendition::State::failed, "paper.encrypted"));
        TRY(set_no_rendition(tx, file, "text", Rendition::State::empty));
        return set_state(tx, file, State::unreadable, 3, "paper.encrypted");
    }));
    EXPECT_EQ(rendition(*reader(), file, "thumbnail").value()->reason, "paper.encrypted");
    EXPECT_EQ(rendition(*reader(), file, "text").value()->state, Rendition::State::empty);
    EXPECT_EQ(text_of(*vault, *reader(), file).value(), std::nullopt);
    EXPECT_EQ(find(*reader(), file).value().pages, 3);
    EXPECT_EQ(find(*reader(), file).value().state, State::unreadable);
    EXPECT_EQ(keys_left(), 1);
    ASSERT_TRUE(db().write_now([&](db::Transaction& tx) { return drop_rendition(tx, file, "thumbnail"); }));
    EXPECT_FALSE(rendition(*reader(), file, "thumbnail").value());
    EXPECT_EQ(read(file), "%PDF");
}

TEST_P(FilesTest, a_copy_for_a_helper_goes_with_its_object) {
    const FileId file = add(vault->keep(spooled("nội dung")).value());
    FileReader open = vault->open(*reader(), file).value();
    std::filesystem::path path;
    {
        const PlainCopy copy = vault->plain_copy(open).value();
        path = copy.path();
        EXPECT_EQ(slurp(path), "nội dung");
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_P(FilesTest, the_master_key_is_never_made_twice) {
    const FileId file = add(vault->keep(spooled("một")).value());
    const auto key = data() / "keys" / "master.key";
    vault = Vault::open(data(), db()).value();
    EXPECT_EQ(read(file), "một");
    std::filesystem::rename(key, data() / "kept");
    const auto missing = Vault::open(data(), db());
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message, "files.master_key_missing");
    EXPECT_FALSE(std::filesystem::exists(key));
    crypto::SigningKey other;
    std::ofstream(key) << std::string(64, 'a') << '\n';
    std::filesystem::permissions(key, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(Vault::open(data(), db()).error().message, "crypto.wrong_master_key");
}

}  // namespace
}  // namespace files
