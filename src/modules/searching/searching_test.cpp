#include "modules/searching/searching.h"

#include "core/files/files.h"
#include "tests/support/office.h"

namespace searching {
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view dossiers = R"(
register: dossier
title: {vi: Hồ sơ nhân sự, en: Personnel file}
group: people
fields:
  subject: {type: text, vi: Tên hồ sơ, required: true, search: true}
  note: {type: text, vi: Ghi chú, search: true, visible_to: [leader]}
  evaluation: {type: file, vi: Phiếu đánh giá, visible_to: [leader]}
states:
  open: {kind: initial, vi: Đang mở, en: Open, colour: blue}
create: handler
see: [creator, handler, leader]
list: [subject]
)";
constexpr std::string_view letters = R"(
register: letter
title: {vi: Thư, en: Letter}
group: documents
fields:
  subject: {type: text, vi: Trích yếu, required: true, search: true}
create: handler
see: [creator, leader]
list: [subject]
)";

class Searching : public congvu::test::OfficeTest {
  protected:
    void add_routes(service::Routes& routes) override {
        auto opened = files::Vault::open(temporary_folder() / "data", db());
        ASSERT_TRUE(opened) << congvu::test::told(opened.error());
        vault = std::move(*opened);
        for (const std::string_view yaml : {dossiers, letters}) {
            const auto done =
                write([&](const Scope& scope, db::Transaction& tx) { return registers::publish(scope, tx, yaml); });
            ASSERT_TRUE(done) << congvu::test::told(done);
        }
        const auto reader = db().read();
        ASSERT_TRUE(engine().catalogue.load(**reader));
        searching::routes(routes, engine(), *vault);
    }
    void TearDown() override {
        vault.reset();
        OfficeTest::TearDown();
    }
    RecordId add(std::string_view subject, std::string_view code = "dossier", std::string_view note = "") {
        const auto made = write(scope_of("handler"), [&](const Scope& scope, db::Transaction& tx) -> Result<RecordId> {
            object values{{"subject", subject}};
            if (!note.empty()) values["note"] = note;
            return TRY(records::create(scope, tx, engine(), code, {.values = values, .import = true})).id;
        });
        EXPECT_TRUE(made) << congvu::test::told(made);
        return made.value_or(RecordId{});
    }
    FileId attach(RecordId record, std::string_view text, std::string_view field = "") {
        const auto content = vault->keep_bytes("bytes of " + std::string(text)), readable = vault->keep_bytes(text);
        const auto made = write(scope_of("handler"), [&](const Scope& scope, db::Transaction& tx) -> Result<FileId> {
            const FileId file = TRY(files::add(scope, tx, *content, "tep.pdf", "application/pdf"));
            TRY(files::attach(scope, tx, record, file, {.field = std::string(field)}, files::Checked::by_caller));
            TRY(files::set_text(tx, file, *readable));
            TRY(search::index_content(tx, file, text));
            return file;
        });
        EXPECT_TRUE(made) << congvu::test::told(made);
        return made.value_or(FileId{});
    }
    Answer find(const std::string& who, std::string_view words, std::string_view more = "") {
        return as(who).get("/api/search?q=" + http::percent_encoded(words) + std::string(more));
    }
    std::unique_ptr<files::Vault> vault;
};

TEST_P(Searching, a_title_is_found_with_or_without_marks) {
    const RecordId record = add("Nâng lương thường xuyên");
    const Answer found = find("handler", "nang luong");
    ASSERT_THAT(found, Status(200));
    ASSERT_EQ(found.size("/items"), 1u);
    EXPECT_EQ(found.number("/items/0/record"), record.value);
    EXPECT_EQ(found.string("/items/0/register"), "dossier");
    EXPECT_EQ(found.string("/items/0/register_label"), "Hồ sơ nhân sự");
    EXPECT_EQ(found.string("/items/0/state/label"), "Đang mở");
    EXPECT_EQ(found.string("/items/0/state/colour"), "blue");
    EXPECT_EQ(found.string("/items/0/date"), "2026-08-25");
    EXPECT_EQ(found.at("/items/0/exact"), false);
    EXPECT_EQ(found.at("/items/0/file"), nullptr);
    EXPECT_EQ(found.string("/items/0/snippet/0/text"), "Nâng lương");
    EXPECT_EQ(found.at("/items/0/snippet/0/hit"), true);
    EXPECT_EQ(found.number("/count/number"), 1);
    EXPECT_EQ(find("handler", "nâng lương").at("/items/0/exact"), true);
    EXPECT_EQ(as("handler").in_english().get("/api/search?q=luong").string("/items/0/state/label"), "Open");
    EXPECT_EQ(find("handler", "").size("/items"), 0u);
    EXPECT_THAT(nobody().get("/api/search?q=luong"), Status(401));
}

TEST_P(Searching, outsiders_find_nothing_and_count_nothing) {
    add("Nâng lương thường xuyên");
    for (const char* who : {"clerk", "roads_head", "other_handler", "other_leader"}) {
        const Answer found = find(who, "nâng lương");
        ASSERT_THAT(found, Status(200)) << who;
        EXPECT_EQ(found.size("/items"), 0u) << who;
        EXPECT_EQ(found.at("/count/number"), 0) << who;
        EXPECT_THAT(found.text, Not(HasSubstr("lương"))) << who;
    }
}

TEST_P(Searching, the_words_of_a_file_lead_to_its_record) {
    const RecordId record = add("Hồ sơ số 1");
    const FileId file = attach(record, "Quá trình công tác tại Sơn La từ năm 2010");
    const Answer found = find("handler", "Sơn La");
    ASSERT_EQ(found.size("/items"), 1u);
    EXPECT_EQ(found.number("/items/0/record"), record.value);
    EXPECT_EQ(found.number("/items/0/file"), file.value);
    EXPECT_EQ(found.string("/items/0/title"), "Hồ sơ số 1");
    EXPECT_THAT(found.text, HasSubstr("2010")) << "the snippet is of the file";
    EXPECT_EQ(find("clerk", "Sơn La").size("/items"), 0u);
    ASSERT_TRUE(write(scope_of("handler"), [&](const Scope& scope, db::Transaction& tx) -> Result<void> {
        return files::detach(scope, tx, record, TRY(files::on(tx, record)).front().attachment);
    }));
    EXPECT_EQ(find("handler", "Sơn La").size("/items"), 0u) << "taken off";
}

TEST_P(Searching, fields_hidden_from_a_role_never_leak) {
    const RecordId record = add("Hồ sơ số 2", "dossier", "đang xem xét kỷ luật");
    attach(record, "Phiếu đánh giá: không hoàn thành nhiệm vụ", "evaluation");
    EXPECT_EQ(find("handler", "Hồ sơ số 2").size("/items"), 1u) << "the record itself is seen";
    for (const char* words : {"kỷ luật", "ky luat", "không hoàn thành", "danh gia"}) {
        const Answer found = find("handler", words);
        EXPECT_EQ(found.size("/items"), 0u) << words;
        EXPECT_EQ(found.at("/count/number"), 0) << words;
    }
    EXPECT_EQ(find("leader", "không hoàn thành").size("/items"), 1u) << "whoever may read the field finds its file";
    EXPECT_EQ(find("leader", "kỷ luật").size("/items"), 0u) << "what is hidden from some is in no index";
}

TEST_P(Searching, what_is_labelled_is_found_but_not_read_here) {
    const RecordId record = add("Hồ sơ số 3");
    attach(record, "Phương án bố trí tại Cao Bằng");
    constexpr db::Sql label{"test.label", "update record set secrecy = 1 where id = ?1"};
    ASSERT_TRUE(write([&](const Scope&, db::Transaction& tx) { return tx.execute(label, record); }));
    EXPECT_EQ(find("handler", "Cao Bằng").size("/items"), 0u) << "above the clearance of this server's scopes";
    host().ceiling = Secrecy::confidential;
    org::touch();
    const Answer found = find("handler", "Cao Bằng");
    ASSERT_EQ(found.size("/items"), 1u);
    EXPECT_THAT(found.text, Not(HasSubstr("Phương án"))) << "reading it is journalled, elsewhere";
    EXPECT_EQ(found.string("/items/0/snippet/0/text"), "Hồ sơ số 3");
}

TEST_P(Searching, registers_days_and_pages_narrow_it) {
    for (int i = 0; i < 3; ++i) {
        add("Kế hoạch số " + std::to_string(i));
        add("Thư về kế hoạch số " + std::to_string(i), "letter");
        later(std::chrono::hours(24));
    }
    EXPECT_EQ(find("handler", "kế hoạch").size("/items"), 6u);
    EXPECT_EQ(find("handler", "kế hoạch", "&register=letter").size("/items"), 3u);
    EXPECT_EQ(find("handler", "kế hoạch", "&from=2026-08-26&to=2026-08-26").size("/items"), 2u);
    const Answer first = find("handler", "kế hoạch", "&limit=4");
    EXPECT_EQ(first.size("/items"), 4u);
    EXPECT_EQ(first.string("/items/0/title"), "Thư về kế hoạch số 2") << "newest first";
    const Answer rest = find("handler", "kế hoạch", "&limit=4&after=" + first.string("/next"));
    EXPECT_EQ(rest.size("/items"), 2u);
    EXPECT_EQ(rest.at("/next"), nullptr);
    EXPECT_EQ(rest.at("/count"), nullptr) << "counted once";
    EXPECT_THAT(find("handler", "kế hoạch", "&register=khong_co"), Refused(404, "records.no_register"));
    EXPECT_THAT(find("handler", "kế hoạch", "&after=x"), Refused(422, "search.bad_cursor"));
    EXPECT_THAT(find("handler", "kế hoạch", "&limit=101"), Refused(422, "service.bad_number"));
    EXPECT_THAT(find("handler", std::string(501, 'a')), Refused(422, "search.too_long"));
}

CONGVU_BOTH_ENGINES(Searching);

TEST_P(Searching, a_damaged_text_hinders_nobody_s_search) {
    const FileId file = attach(add("Hồ sơ A"), "Quá trình công tác tại Sơn La");
    ASSERT_TRUE(file);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(temporary_folder() / "data" / "blobs"))
        if (entry.is_regular_file()) std::filesystem::remove(entry.path());
    const Answer found = find("handler", "sơn la");
    ASSERT_THAT(found, Status(200));
    EXPECT_EQ(found.size("/items"), 1u);
    EXPECT_EQ(found.number("/items/0/file"), file.value);
}

}  // namespace
}  // namespace searching
