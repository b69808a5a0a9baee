#include "core/files/files.h"
#include "tests/scenarios/whole_office.h"

// Links and files of a record: who may put them there, and what they may be called.
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;

class Links : public congvu::test::WholeOfficeTest {
  protected:
    Answer make(std::string_view subject) {
        const Answer made = as("clerk").post("/api/registers/incoming/records",
                                             {{"values", {{"sender", "Bộ Tài chính Mẫu"}, {"subject", subject}}}});
        return as("clerk").post(at(made, "/actions/register"), {{"version", made.number("/version")}});
    }
    Answer link(const std::string& who, const Answer& from, const Answer& to, std::string_view kind = "replaces") {
        return as(who).post(at(from, "/links"), {{"to", to.number("/id")}, {"kind", kind}});
    }
    FileId upload(std::string_view bytes) {
        const auto kept = vault_->keep_bytes(bytes);
        const auto made = write(scope_of("clerk"), [&](const Scope& scope, db::Transaction& tx) {
            return files::add(scope, tx, *kept, "van-ban.pdf", "application/pdf");
        });
        EXPECT_TRUE(made) << congvu::test::told(made);
        return made.value_or(FileId{});
    }
};
CONGVU_BOTH_ENGINES(Links);

TEST_P(Links, AreTheWorkOfThoseWhoWorkOnTheRecord) {
    const Answer first = make("V/v thay thế"), second = make("V/v bị thay thế");
    ASSERT_THAT(first, Status(200));
    for (const Answer* each : {&first, &second})
        ASSERT_THAT(as("leader").post(at(*each, "/assignments"), {{"version", each->number("/version")},
                                                                  {"lead", {post_of("head")}},
                                                                  {"inform", {post_of("handler")}}}),
                    Status(200));
    ASSERT_THAT(link("clerk", first, second), Status(200));

    const Answer informed = as("handler").get(at(first));
    ASSERT_THAT(informed, Status(200));
    EXPECT_EQ(informed.at("/may/link"), false);
    EXPECT_EQ(informed.at("/links/0/removable"), false);
    const std::string path = at(first, "/links/" + std::to_string(informed.number("/links/0/id")));
    EXPECT_THAT(as("handler").del(path), Refused(403, "records.not_your_link"));
    EXPECT_THAT(link("handler", first, second, "corrects"), Refused(403, "records.may_not_link"));

    // Who works on it links as well, but takes off only what is his own.
    EXPECT_EQ(as("head").get(at(first)).at("/may/link"), true);
    EXPECT_THAT(as("head").del(path), Refused(403, "records.not_your_link"));
    const Answer linked = link("head", first, second, "related");
    ASSERT_THAT(linked, Status(200));
    EXPECT_THAT(as("head").del(at(first, "/links/" + std::to_string(linked.number("/links/1/id")))), Status(204));
    EXPECT_THAT(as("clerk").del(path), Status(204));
    EXPECT_THAT(as("clerk").del(path), Refused(404, "records.no_link"));
    EXPECT_EQ(as("clerk").get(at(first)).size("/links"), 0u);
}

TEST_P(Links, TheHistoryTellsOfALinkToAHiddenRecordOnlyThatItWasMade) {
    const Answer seen = make("V/v xem được"), hidden = make("V/v không xem được");
    ASSERT_THAT(as("leader").post(at(seen, "/assignments"), {{"version", seen.number("/version")},
                                                             {"lead", {post_of("head")}},
                                                             {"inform", {post_of("handler")}}}),
                Status(200));
    ASSERT_THAT(link("clerk", seen, hidden), Status(200));
    ASSERT_THAT(as("handler").get(at(hidden)), Status(404));

    const auto newest = [&](const char* who) {
        const boost::json::value items = as(who).get(at(seen, "/history")).at("/items");
        for (const auto& each : items.as_array())
            if (each.at("action").as_string() == "record.linked") return each;
        ADD_FAILURE() << "no link in what " << who << " reads";
        return boost::json::value(nullptr);
    };
    const auto told = newest("handler"), whole = newest("clerk");
    ASSERT_TRUE(told.is_object() && whole.is_object());
    EXPECT_EQ(told.at_pointer("/changes/0/after").as_string(), "(không có quyền xem)");
    EXPECT_FALSE(told.at("details").as_object().contains("to"));
    EXPECT_EQ(whole.at_pointer("/changes/0/after").as_string(), as("clerk").get(at(hidden)).string("/title"));
    EXPECT_EQ(whole.at_pointer("/details/to").as_int64(), hidden.number("/id"));
}

TEST_P(Links, AFileIsOfAKnownKindWithATitleThatFits) {
    const Answer record = make("V/v tệp");
    const std::int64_t file = upload("nội dung").value;
    const auto attach = [&](object more) {
        more["file"] = file;
        return as("clerk").post(at(record, "/files"), more);
    };
    EXPECT_THAT(attach({{"role", "zzz<b>"}}), Refused(422, "registry.no_file_role"));
    EXPECT_THAT(attach({{"title", std::string(501, 't')}}), Refused(422, "registry.file_title_too_long"));
    EXPECT_EQ(as("clerk").get(at(record)).size("/files"), 0u);
    EXPECT_THAT(attach({{"role", "evidence"}, {"title", std::string(500, 't')}}), Status(200));
    EXPECT_THAT(attach({}), Refused(409, "registry.attached_already"));
}

}  // namespace
