#include "modules/registry/registry.h"
#include "modules/session/session.h"
#include "tests/support/office.h"

// What people read of a record is words of their language: no code, no date as machines write it, in its history and in
// what is worked out for them.
namespace {

using congvu::test::Answer;
using congvu::test::Status;
using ::testing::HasSubstr;
using ::testing::Not;

class Shown : public congvu::test::OfficeTest {
  protected:
    bool needs_registers() const override { return true; }
    void add_routes(service::Routes& routes) override {
        session::routes(routes);
        registry::routes(routes, engine());
    }
    void SetUp() override {
        OfficeTest::SetUp();
        if (IsSkipped()) return;
        add_desk("keeper", unit("office"), "Giữ sổ trang bị", {"register_keeper", "steering"}, "Lưu Thị Sổ");
    }

    /// The change of a field that the newest entry with this act tells.
    static std::pair<std::string, std::string> change(const Answer& history, const std::string& act,
                                                      const std::string& label) {
        for (std::size_t i = 0; i < history.size("/items"); ++i) {
            const std::string entry = "/items/" + std::to_string(i);
            if (history.string(entry + "/action_label") != act) continue;
            for (std::size_t c = 0; c < history.size(entry + "/changes"); ++c) {
                const std::string at = entry + "/changes/" + std::to_string(c);
                if (history.string(at + "/label") == label)
                    return {history.string(at + "/before"), history.string(at + "/after")};
            }
        }
        return {"no such change", act + " " + label};
    }
};
CONGVU_BOTH_ENGINES(Shown);

TEST_P(Shown, AHistoryIsInWords) {
    const Answer made = as("keeper").post("/api/registers/equipment/records", {{"values",
                                                                                {{"code", "X-7"},
                                                                                 {"name", "Xe tải"},
                                                                                 {"kind", "vehicle"},
                                                                                 {"used_from", "2026-02-28"},
                                                                                 {"value", "1234567"}}}});
    ASSERT_THAT(made, Status(201));
    const std::string path = "/api/records/" + std::to_string(made.number("/id"));
    ASSERT_THAT(as("keeper").post(path + "/actions/repair",
                                  {{"version", made.number("/version")}, {"arguments", {{"reason", "Hỏng phanh"}}}}),
                Status(200));
    const Answer history = as("keeper").get(path + "/history");
    ASSERT_THAT(history, Status(200));
    EXPECT_EQ(change(history, "Tạo mới", "Loại"), std::pair(std::string(), std::string("Xe máy")));
    EXPECT_EQ(change(history, "Tạo mới", "Đưa vào sử dụng").second, "28/02/2026");
    EXPECT_EQ(change(history, "Tạo mới", "Nguyên giá").second, "1.234.567");
    EXPECT_EQ(change(history, "Đưa đi sửa chữa", "Trạng thái"),
              std::pair(std::string("Đang sử dụng"), std::string("Đang sửa chữa")));
    EXPECT_EQ(change(history, "Đưa đi sửa chữa", "Lý do").second, "Hỏng phanh");
    EXPECT_THAT(history.text, Not(HasSubstr("2026-02-28")));
}

TEST_P(Shown, WhatIsWorkedOutIsInTheLanguageOfTheReader) {
    Answer made = as("keeper").post("/api/registers/given_task/records", {{"values",
                                                                           {{"name", "Ban hành kế hoạch"},
                                                                            {"source_text", "Chỉ thị 01"},
                                                                            {"given_on", "2026-01-05"},
                                                                            {"content", "general"},
                                                                            {"product", "Kế hoạch"},
                                                                            {"due", "2026-08-26"}}}});
    ASSERT_THAT(made, Status(201));
    const std::string actions = "/api/records/" + std::to_string(made.number("/id")) + "/actions/";
    made = as("keeper").post(
        actions + "start", {{"version", made.number("/version")}, {"values", {{"lead_unit", unit("planning").value}}}});
    ASSERT_THAT(made, Status(200));
    later(std::chrono::hours(48));
    forget("keeper");
    made = as("keeper").post(
        actions + "confirm",
        {{"version", made.number("/version")}, {"values", {{"result", "Đã ban hành."}, {"done_on", "2026-08-27"}}}});
    ASSERT_THAT(made, Status(200));
    EXPECT_EQ(made.string("/values/on_time"), "late");
    EXPECT_EQ(made.string("/shown/on_time"), "Chậm hạn");
    const auto english = as("keeper").in_english();
    const Answer read = english.get("/api/records/" + std::to_string(made.number("/id")));
    EXPECT_EQ(read.string("/shown/on_time"), "Late");
    EXPECT_THAT(english.get("/api/registers/given_task").text, HasSubstr(R"("label":"On time")"));
}

}  // namespace
