#include "core/files/files.h"
#include "tests/scenarios/whole_office.h"

// A file comes off a record freely until that is registered, and with a reason afterwards.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;
using congvu::test::told;
using testing::HasSubstr;
using testing::Not;

class FileRemoval : public congvu::test::WholeOfficeTest {
  protected:
    FileId upload() {
        const auto kept = vault_->keep_bytes("nội dung công văn");
        const auto made = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
            return files::add(scope, tx, *kept, "cong-van.pdf", "application/pdf");
        });
        EXPECT_TRUE(made) << told(made);
        return made.value_or(FileId{});
    }
    Answer received() {
        const Answer made =
            as("clerk").post("/api/registers/incoming/records",
                             {{"values", {{"sender", "Sở Xây dựng"}, {"subject", "V/v góp ý"}}},
                              {"files", boost::json::array{object{{"file", upload().value}, {"role", "main"}}}}});
        EXPECT_THAT(made, Status(201));
        return made;
    }
    Answer registered() {
        const Answer letter = received();
        return as("clerk").post(at(letter, "/actions/register"), {{"version", letter.number("/version")}});
    }
    Answer remove(const congvu::test::Client& who, const Answer& record, object body) {
        const std::string attachment = std::to_string(record.number("/files/0/attachment"));
        return who.post(at(record, "/files/" + attachment + "/removal"), std::move(body));
    }
};
CONGVU_BOTH_ENGINES(FileRemoval);

TEST_P(FileRemoval, IsFreeUntilTheRecordIsRegistered) {
    const Answer letter = received();
    EXPECT_FALSE(letter.at("/registered").as_bool());
    EXPECT_THAT(remove(as("clerk"), letter, {}), Status(204));
    EXPECT_EQ(as("clerk").get(at(letter)).size("/files"), 0u);
    EXPECT_THAT(as("clerk").get(at(letter, "/history")).text, Not(HasSubstr("Lý do")));
}

TEST_P(FileRemoval, AsksTheReasonOfARegisteredRecord) {
    const Answer letter = registered();
    ASSERT_THAT(letter, Status(200));
    EXPECT_TRUE(letter.at("/registered").as_bool());
    for (const object& silent : {object{}, object{{"reason", " \n "}}}) {
        const Answer refused = remove(as("clerk"), letter, silent);
        EXPECT_THAT(refused, Refused(422, "registry.removal_needs_reason"));
        EXPECT_EQ(refused.string("/error/field"), "reason");
        EXPECT_THAT(refused.string("/error/message"), HasSubstr("“Lý do”"));
    }
    EXPECT_THAT(remove(as("clerk").in_english(), letter, {}).string("/error/message"), HasSubstr("“Reason”"));
    EXPECT_THAT(remove(as("clerk"), letter, {{"reason", std::string(501, 'a')}}),
                Refused(422, "registry.reason_too_long"));
    EXPECT_EQ(as("clerk").get(at(letter)).size("/files"), 1u);
    EXPECT_EQ(journalled("file.removed"), 0);

    ASSERT_THAT(remove(as("clerk"), letter, {{"reason", "Đính kèm nhầm tệp"}}), Status(204));
    EXPECT_EQ(as("clerk").get(at(letter)).size("/files"), 0u);
    const Answer history = as("clerk").get(at(letter, "/history"));
    EXPECT_EQ(history.string("/items/0/action"), "file.removed");
    EXPECT_EQ(history.string("/items/0/changes/0/label"), "Lý do");
    EXPECT_EQ(history.string("/items/0/changes/0/after"), "Đính kèm nhầm tệp");
    // The bytes stay.
    const FileId file{letter.number("/files/0/file")};
    EXPECT_TRUE(read([&](db::Reader& reader) { return vault_->open(reader, file).has_value(); }));
}

TEST_P(FileRemoval, AsksItOfANumberedRecordThatIsBackInItsFirstState) {
    Answer letter =
        as("clerk").post("/api/registers/incoming/records", {{"values",
                                                              {{"sender", "Nguyễn Văn Thư"},
                                                               {"subject", "Thư gửi đích danh"},
                                                               {"named_person", desk("head").person.value}}}});
    letter = as("clerk").post(at(letter, "/actions/register"), {{"version", letter.number("/version")}});
    letter = as("head").post(at(letter, "/actions/hand_back"), {{"version", letter.number("/version")}});
    ASSERT_EQ(letter.string("/state/code"), "received");
    ASSERT_THAT(as("clerk").post(at(letter, "/files"), {{"file", upload().value}}), Status(200));
    letter = as("clerk").get(at(letter));
    EXPECT_THAT(remove(as("clerk"), letter, {}), Refused(422, "registry.removal_needs_reason"));
    EXPECT_THAT(remove(as("chief"), letter, {{"reason", "Nhầm"}}), Status(204));
}

}  // namespace
