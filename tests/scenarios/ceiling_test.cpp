#include "core/files/derived.h"
#include "core/files/files.h"
#include "core/search/search.h"
#include "core/search/upkeep.h"
#include "modules/content/content.h"
#include "tests/scenarios/whole_office.h"

// Above the server's ceiling only plain fields are registered; what was tried stands in the journal, the bytes do not
// stay.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using congvu::test::told;
using testing::HasSubstr;
using testing::Not;

class Ceiling : public congvu::test::WholeOfficeTest {
  protected:
    void SetUp() override {
        WholeOfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("keeper", unit("office"), "Nhân viên bảo mật", {"security_keeper", "clerk"}, "Ninh Thị Kín");
    }
    FileId upload(std::string_view bytes) {
        const auto kept = vault_->keep_bytes(bytes);
        const auto made = write(scope_of("keeper"), [&](const Scope& scope, db::Transaction& tx) {
            return files::add(scope, tx, *kept, "van-ban.pdf", "application/pdf");
        });
        EXPECT_TRUE(made) << told(made);
        return made.value_or(FileId{});
    }
    files::State state_of(FileId file) {
        return read([&](db::Reader& reader) { return files::find(reader, file).value().state; });
    }
    bool opens(FileId file) {
        return read([&](db::Reader& reader) { return vault_->open(reader, file).has_value(); });
    }
    static object letter(std::string_view label) {
        return {{"sender", "Bộ Quốc phòng Mẫu"},
                {"subject", "Phương án bảo vệ"},
                {"secrecy", label},
                {"book", label == "ordinary" ? "ordinary" : "secret"}};
    }
    Answer receive(std::string_view label, object more = {}) {
        for (auto& [code, value] : letter(label)) more[code] = value;
        return as("keeper").post("/api/registers/incoming/records", {{"values", std::move(more)}});
    }

    /// As the job that reads an upload does.
    void index(FileId file, const std::string& text) {
        const auto kept = vault_->keep_bytes(text);
        const auto done = db().write_now([&](db::Transaction& tx) -> Result<void> {
            TRY(files::set_text(tx, file, *kept));
            return search::index_content(tx, file, text);
        });
        EXPECT_TRUE(done) << told(done);
    }
    /// Does the index of contents hold these letters anywhere?
    bool index_holds(std::string_view letters) {
        return read([&](db::Reader& reader) { return reader.row(holding, letters).value()->integer(0) > 0; });
    }
    std::int64_t purges() {
        return read([&](db::Reader& reader) { return reader.row(purging).value()->integer(0); });
    }

  private:
    static constexpr db::Sql holding{
        "test.holding", "select count(*) from search_content_data where instr(block, cast(?1 as blob)) > 0",
        "select count(*) from search_content where words::text like '%' || ?1 || '%'"};
    static constexpr db::Sql purging{"test.purging", "select count(*) from job where kind = 'content.purge'"};
};
CONGVU_BOTH_ENGINES(Ceiling);

TEST_P(Ceiling, PlainFieldsAreRegisteredAndShownToTheKeeperOnly) {
    const Answer made = receive("secret");
    ASSERT_THAT(made, Status(201));
    EXPECT_THAT(as("keeper").get(at(made)), Status(200));
    EXPECT_EQ(as("keeper").get("/api/registers/incoming/records").size("/items"), 1u);
    for (const char* other : {"clerk", "chief", "leader", "other_clerk"}) {
        EXPECT_THAT(as(other).get(at(made)), Status(404)) << other;
        EXPECT_EQ(as(other).get("/api/registers/incoming/records").size("/items"), 0u) << other;
    }
}

TEST_P(Ceiling, ARefusedFileIsJournalledAndDestroyed) {
    const Answer made = receive("confidential");
    const FileId file = upload("nội dung mật");
    ASSERT_TRUE(opens(file));
    const object body{{"file", file.value}, {"role", "main"}};
    EXPECT_THAT(as("keeper").post(at(made, "/files"), body), Refused(403, "registry.above_ceiling"));
    EXPECT_EQ(journalled("file.refused"), 1);
    EXPECT_EQ(journalled("file.destroyed"), 1);
    EXPECT_EQ(journalled("file.attached"), 0);
    EXPECT_EQ(state_of(file), files::State::destroyed);
    EXPECT_FALSE(opens(file));
    EXPECT_EQ(as("keeper").get(at(made)).size("/files"), 0u);
    EXPECT_THAT(as("keeper").get(at(made, "/history")).text, HasSubstr("file.refused"));
    // Tried again, it is refused and journalled again.
    EXPECT_THAT(as("keeper").post(at(made, "/files"), body), Refused(403, "registry.above_ceiling"));
    EXPECT_EQ(journalled("file.refused"), 2);
}

TEST_P(Ceiling, TheWordsOfARefusedFileGoFromTheIndex) {
    const paper::Helpers helpers;
    const content::Tools tools{db(), *vault_, helpers, engine()};
    const files::Derived derived([&](const Scope& scope, db::Transaction& tx, FileId file) {
        return content::take_words(tools, scope, tx, file);
    });
    const FileId other = upload("thường"), file = upload("mật");
    index(other, "Kế hoạch jxwvqz của cơ quan");
    index(file, "Kế hoạch zqxjkw của đơn vị");
    ASSERT_TRUE(index_holds("qxjkw"));
    const Answer made = receive("confidential");
    EXPECT_THAT(as("keeper").post(at(made, "/files"), object{{"file", file.value}, {"role", "main"}}),
                Refused(403, "registry.above_ceiling"));
    const FileId second = upload("mật, thứ hai");
    index(second, "Phụ lục qzvkxw");
    EXPECT_THAT(as("keeper").post(at(made, "/files"), object{{"file", second.value}, {"role", "main"}}),
                Refused(403, "registry.above_ceiling"));
    EXPECT_EQ(purges(), 1) << "one for both";
    const auto purged = search::purge(db());
    ASSERT_TRUE(purged) << told(purged);
    EXPECT_FALSE(index_holds("qxjkw"));
    EXPECT_FALSE(index_holds("zvkxw"));
    EXPECT_TRUE(index_holds("xwvqz"));
    // Destroyed before it was read: there are no words, and none come.
    const FileId unread = upload("mật, chưa đọc");
    EXPECT_THAT(as("keeper").post(at(made, "/files"), object{{"file", unread.value}, {"role", "main"}}),
                Refused(403, "registry.above_ceiling"));
    EXPECT_EQ(purges(), 1);
    const auto read_late = content::read_file(tools, unread);
    EXPECT_TRUE(read_late) << told(read_late);
}

TEST_P(Ceiling, ARecordMadeWithAFileIsNotMadeAtAll) {
    const FileId file = upload("nội dung mật khác");
    const Answer refused = as("keeper").post("/api/registers/incoming/records",
                                             {{"values", letter("secret")}, {"files", {{{"file", file.value}}}}});
    EXPECT_THAT(refused, Refused(403, "registry.above_ceiling"));
    EXPECT_EQ(as("keeper").get("/api/registers/incoming/records").size("/items"), 0u);
    EXPECT_EQ(journalled("record.created"), 0);
    EXPECT_EQ(journalled("file.refused"), 1);
    EXPECT_EQ(state_of(file), files::State::destroyed);
}

TEST_P(Ceiling, AFileOfAnOrdinaryRecordStaysWhereItIs) {
    const Answer ordinary = receive("ordinary"), labelled = receive("secret");
    const FileId file = upload("nội dung thường");
    ASSERT_THAT(as("keeper").post(at(ordinary, "/files"), {{"file", file.value}}), Status(200));
    EXPECT_THAT(as("keeper").post(at(labelled, "/files"), {{"file", file.value}}),
                Refused(403, "registry.above_ceiling"));
    EXPECT_EQ(journalled("file.refused"), 1);
    EXPECT_EQ(state_of(file), files::State::stored);
    EXPECT_TRUE(opens(file));
}

TEST_P(Ceiling, AResultFileIsRefusedLikeAnyOther) {
    const Answer made = receive("confidential");
    const auto step = write(scope_of("keeper"), [&](const Scope& scope, db::Transaction& tx) -> Result<StepId> {
        steps::Opening opening{.record = {made.number("/id")}};
        opening.steps.push_back({steps::Role::lead, subject::post(desk("keeper").post), "Giữ", std::nullopt});
        return TRY(steps::open(scope, tx, opening)).at(0);
    });
    ASSERT_TRUE(step) << told(step);
    const FileId file = upload("kết quả mật");
    EXPECT_THAT(as("keeper").put("/api/steps/" + std::to_string(step->value) + "/finish",
                                 {{"outcome", "result"}, {"file", file.value}}),
                Refused(403, "documents.above_ceiling"));
    EXPECT_EQ(journalled("file.refused"), 1);
    EXPECT_EQ(state_of(file), files::State::destroyed);
    EXPECT_EQ(journalled("step.done"), 0);
}

TEST_P(Ceiling, LongTextsAreRefusedAndKeptNowhere) {
    const Answer refused = receive("secret", {{"result", "toàn văn phương án"}});
    EXPECT_THAT(refused, Refused(422, "records.above_ceiling"));
    EXPECT_EQ(refused.string("/error/field"), "result");
    const Answer made = receive("secret");
    const Answer edited = as("keeper").put(at(made), {{"version", 1}, {"values", {{"result", "toàn văn phương án"}}}});
    EXPECT_THAT(edited, Refused(422, "records.above_ceiling"));
    EXPECT_EQ(journalled("text.refused"), 1);
    EXPECT_THAT(as("keeper").get(at(made, "/history")).text, Not(HasSubstr("toàn văn")));
    EXPECT_THAT(as("keeper").get(at(made)).text, Not(HasSubstr("toàn văn")));
    EXPECT_THAT(as("keeper").put(at(made), {{"version", 1}, {"values", {{"note", "sổ 3, tờ 12"}}}}), Status(200));
}

TEST_P(Ceiling, InstructionsAndOpinionsAreContentToo) {
    Answer made = receive("secret");
    made = as("keeper").post(at(made, "/actions/register"), {{"version", 1}});
    ASSERT_THAT(made, Status(200));
    const auto step = write(scope_of("keeper"), [&](const Scope& scope, db::Transaction& tx) -> Result<StepId> {
        steps::Opening opening{.record = {made.number("/id")}};
        opening.steps.push_back({steps::Role::support, subject::post(desk("keeper").post), "", std::nullopt});
        return TRY(steps::open(scope, tx, opening)).at(0);
    });
    ASSERT_TRUE(step) << told(step);
    const std::string on_step = "/api/steps/" + std::to_string(step->value);
    const object to_handler{{"kind", "post"}, {"id", desk("handler").post.value}};
    const boost::json::array handler{to_handler};
    const std::int64_t version = made.number("/version");
    int tried = 0;
    const auto refused = [&](const Answer& answer, std::string_view field) {
        EXPECT_THAT(answer, Refused(403, "records.text_above_ceiling"));
        EXPECT_EQ(answer.string("/error/field"), field);
        EXPECT_EQ(journalled("text.refused"), ++tried);
    };
    constexpr std::string_view secret = "Lệnh tác chiến số một";
    add_desk("boss", unit("ministry"), "Thủ trưởng", {"leader", "security_keeper"}, "Trương Quốc Uy");
    refused(
        as("boss").post(at(made, "/assignments"), {{"version", version}, {"instruction", secret}, {"lead", handler}}),
        "instruction");
    refused(as("boss").post(at(made, "/proposal"), {{"to", to_handler}, {"text", secret}}), "text");
    refused(as("keeper").post(at(made, "/opinions"), {{"to", handler}, {"text", secret}}), "text");
    refused(as("keeper").put(on_step + "/opinion", {{"text", secret}}), "text");
    refused(as("keeper").put(on_step + "/hand-on", {{"to", to_handler}, {"instruction", secret}}), "instruction");
    refused(as("keeper").post(on_step + "/urgings", {{"text", secret}}), "text");
    refused(as("keeper").post(at(made, "/assignments"),
                              {{"step", step->value}, {"instruction", secret}, {"lead", handler}}),
            "instruction");
    for (const char* part : {"", "/history", "/steps"})
        EXPECT_THAT(as("keeper").get(at(made, part)).text, Not(HasSubstr("tác chiến"))) << part;
    EXPECT_EQ(journalled("step.opened"), 1) << "nothing came of them";
    // Without words it goes its way, and the page asks none.
    EXPECT_FALSE(as("boss").get(at(made)).at("/may/text").as_bool());
    EXPECT_TRUE(as("keeper").get(at(receive("ordinary"))).at("/may/text").as_bool());
    EXPECT_THAT(as("boss").post(at(made, "/proposal"), {{"to", to_handler}}), Status(200));
    EXPECT_THAT(as("boss").post(at(made, "/assignments"), {{"version", version}, {"lead", handler}}), Status(200));
}

TEST_P(Ceiling, ALabelIsNotPutOverContentThatIsThere) {
    const Answer made = receive("ordinary", {{"result", "Đã giải quyết."}});
    ASSERT_THAT(made, Status(201));
    const object label{{"secrecy", "secret"}, {"book", "secret"}};
    const Answer over_text = as("keeper").put(at(made), {{"version", 1}, {"values", label}});
    EXPECT_THAT(over_text, Refused(422, "records.above_ceiling"));

    const Answer other = receive("ordinary");
    ASSERT_THAT(as("keeper").post(at(other, "/files"), {{"file", upload("tệp").value}}), Status(200));
    const Answer over_file = as("keeper").put(at(other), {{"version", 1}, {"values", label}});
    EXPECT_THAT(over_file, Refused(422, "records.files_above_ceiling"));
    EXPECT_EQ(over_file.string("/error/field"), "secrecy");
    EXPECT_EQ(as("keeper").get(at(other)).string("/values/secrecy"), "ordinary");
}

}  // namespace
