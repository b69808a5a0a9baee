#include "tests/scenarios/whole_office.h"

// A leader's secretary prepares the instruction and signs nothing (office.md, "Documents in").
namespace {

using boost::json::object;
using congvu::test::Answer;
using congvu::test::Refused;
using congvu::test::Status;

class Prepared : public congvu::test::WholeOfficeTest {};
CONGVU_BOTH_ENGINES(Prepared);

TEST_P(Prepared, TheSecretaryProposesAndTheLeaderAssigns) {
    const auto made = [&](object more) {
        object values{{"sender", "Bộ Tài chính Mẫu"}, {"subject", "V/v dự toán"}};
        for (const auto& [name, value] : more) values[name] = value;
        const Answer record = as("clerk").post("/api/registers/incoming/records", {{"values", values}});
        return as("clerk").post(at(record, "/actions/register"), {{"version", record.number("/version")}});
    };
    const Answer record = made({});
    const Answer seen = as("secretary").get(at(record));
    ASSERT_THAT(seen, Status(200));
    EXPECT_EQ(seen.at("/may/propose"), true);
    EXPECT_EQ(seen.at("/may/assign"), false);
    EXPECT_EQ(seen.at("/may/edit"), false);
    const object assignment{{"version", seen.number("/version")}, {"lead", {post_of("head")}}};
    EXPECT_THAT(as("secretary").post(at(record, "/assignments"), assignment), Status(403));
    const object proposal{
        {"to", post_of("leader")}, {"text", "Giao trưởng phòng chủ trì"}, {"lead", {post_of("head")}}};
    EXPECT_THAT(as("handler").post(at(record, "/proposal"), proposal), Status(404)) << "who may not see it";
    ASSERT_THAT(as("secretary").post(at(record, "/proposal"), proposal), Status(200));
    EXPECT_EQ(as("leader").get("/api/inbox").string("/items/0/asked"), "Giao trưởng phòng chủ trì");
    EXPECT_THAT(as("leader").post(at(record, "/assignments"), assignment), Status(200));
    EXPECT_EQ(as("leader").get("/api/inbox").size("/items"), 0u);
    EXPECT_EQ(as("secretary").get(at(record)).at("/may/propose"), true) << "more may be given while it is worked on";
}

}  // namespace
