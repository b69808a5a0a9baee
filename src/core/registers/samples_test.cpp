#include "core/registers/samples.h"

#include <fstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "core/registers/describe.h"
#include "core/registers/sample_text_test.h"
#include "tests/support/databases.h"

namespace registers {
namespace {

std::vector<std::string> told(const Error& error) {
    std::vector<std::string> lines{
        fmt::format("{} {} {}", error.message, error.arguments.empty() ? "" : error.arguments[0].value, error.field)};
    for (const Error& other : error.also)
        for (std::string& line : told(other)) lines.push_back(std::move(line));
    EXPECT_EQ(messages::text(Language::vi, error).find('{'), std::string::npos) << messages::text(Language::vi, error);
    return lines;
}

Declaration task() {
    const auto read = read_declaration(test::whole);
    EXPECT_TRUE(read);
    return read.value_or(Declaration{});
}

TEST(Samples, BecomeWhatJsonSends) {
    const auto read = read_samples(task(), R"yaml(
- state: open
  unit: VP.TH
  name: Kiểm tra
  times: 3
  weight: 1.5
  cost: 2500000
  begun: 2026-08-25
  at: "09:30"
  open_to_all: false
  urgency: express
  tags: [a]
  owner: Nguyễn Văn An
- name: Hai
)yaml");
    ASSERT_TRUE(read) << told(read.error())[0];
    ASSERT_EQ(read->size(), 2U);
    EXPECT_EQ(read->at(0).state, "open");
    EXPECT_EQ(read->at(0).unit, "VP.TH");
    EXPECT_EQ(
        boost::json::serialize(read->at(0).values),
        R"({"name":"Kiểm tra","times":3,"weight":"1.50","cost":"2500000","begun":"2026-08-25","at":"09:30","open_to_all":false,"urgency":"express","tags":["a"],"owner":"Nguyễn Văn An"})");
    EXPECT_EQ(read->at(1).state, "");
}

TEST(Samples, AreHeldToTheDeclaration) {
    const auto read = read_samples(task(), R"yaml(- name: 1 bắt đầu bằng số
- {name: A, begun: 2026-02-30}
- {name: A, at: 25:00}
- {name: A, times: 100}
- {name: A, times: 1.5}
- {name: A, weight: "1.234"}
- {name: A, open_to_all: "true"}
- {name: A, urgency: flash}
- {name: A, tags: [a, c]}
- {name: A, score: 5}
- {nme: A}
- {name: A, state: opn}
- {state: open}
- {name: [A]}
- just text
)yaml");
    ASSERT_FALSE(read);
    EXPECT_EQ(told(read.error()),
              (std::vector<std::string>{
                  "registers.sample_pattern 1 samples[0].name", "registers.sample_not_a_date 2 samples[1].begun",
                  "registers.sample_not_a_time 3 samples[2].at", "registers.sample_not_a_number 4 samples[3].times",
                  "registers.sample_not_a_number 5 samples[4].times",
                  "registers.sample_not_a_number 6 samples[5].weight", "registers.not_a_flag 7 samples[6].open_to_all",
                  "registers.unknown_choice 8 samples[7].urgency", "registers.unknown_choice 9 samples[8].tags",
                  "registers.sample_of_computed 10 samples[9].score", "registers.unknown_field_near 11 samples[10].nme",
                  "registers.unknown_state_near 12 samples[11].state", "registers.sample_lacks 13 samples[12]",
                  "registers.sample_not_a_text 14 samples[13].name", "registers.not_a_map 15 samples[14]"}));
    EXPECT_EQ(read_samples(task(), "").error().message, "registers.not_a_list");
    EXPECT_EQ(read_samples(task(), "a: 1").error().message, "registers.not_a_list");
}

class Folder : public ::testing::Test {
  protected:
    void write(std::string_view file, std::string_view text) {
        std::filesystem::create_directories(folder());
        std::ofstream(folder() / file) << text;
    }
    std::filesystem::path folder() const { return temporary_.path() / "small"; }

  private:
    congvu::test::TemporaryFolder temporary_;
};

TEST_F(Folder, IsRightWithItsThreeFiles) {
    EXPECT_EQ(told(check_folder(folder()).error())[0].substr(0, 18), "registers.no_file ");
    write("register.yaml", test::small);
    const std::string both = test::with(test::with(test::with(test::small, "vi: Tên", "vi: Tên, en: Name"),
                                                   "vi: Người giữ", "vi: Người giữ, en: Keeper"),
                                        "vi: Hạn", "vi: Hạn, en: Due");
    write("register.yaml", both);
    EXPECT_EQ(check_folder(folder()).error().message, "registers.no_file");
    write("samples.yaml", "- {nam: A}");
    EXPECT_EQ(check_folder(folder()).error().message, "registers.unknown_field_near");
    write("samples.yaml", "- {name: A}");
    EXPECT_EQ(check_folder(folder()).error().message, "registers.no_file");
    write("README.md", "# Nhỏ");
    const auto right = check_folder(folder());
    ASSERT_TRUE(right) << told(right.error())[0];
    EXPECT_EQ(right->at(0), "Nhỏ");
    EXPECT_EQ(right->back(), "1 hồ sơ mẫu");
    write("register.yaml", test::with(both, "register: small", "register: small\nicon: books"));
    const auto pictured = check_folder(folder());
    ASSERT_TRUE(pictured) << told(pictured.error())[0];
    EXPECT_TRUE(pictured->back().starts_with("icon: không có hình “books”")) << pictured->back();
    write("register.yaml", test::with(both, "register: small", "register: small\nicon: book"));
    EXPECT_EQ(check_folder(folder())->back(), "1 hồ sơ mẫu");
    write("register.yaml", test::small);
    const auto vietnamese = check_folder(folder());
    ASSERT_TRUE(vietnamese) << told(vietnamese.error())[0];
    EXPECT_EQ(vietnamese->back(),
              "3 chữ chưa có tiếng Anh (en), người dùng tiếng Anh thấy tiếng Việt: Tên; Người giữ; Hạn");
    ASSERT_TRUE(check_folder(folder().string() + "/")) << "a slash at the end is the same folder";
    write("register.yaml", test::with(both, "register: small", "register: other"));
    EXPECT_EQ(check_folder(folder()).error().message, "registers.folder_name");
}

TEST(Described, AsTheBrowserNeedsIt) {
    const Declaration declaration = task();
    const ChoiceLists lists{
        {"urgencies",
         {{"normal", {"Thường", "Normal"}, "", {}, {}, ""}, {"express", {"Hỏa tốc", ""}, "HT", {}, {}, ""}}}};
    const auto json = describe(declaration, Language::en, lists);
    EXPECT_EQ(json.at("title").as_string(), "Tasks");
    std::map<std::string, boost::json::object> fields;
    for (const auto& field : json.at("fields").as_array())
        fields[std::string(field.at("code").as_string())] = field.as_object();
    EXPECT_EQ(
        boost::json::serialize(fields["name"]),
        R"({"code":"name","type":"text","label":"Name","required":true,"search":true,"help":"A short name.","locked":true,"unique":true,"max_length":200,"pattern":"[^0-9].*","pattern_message":"Begin with a letter."})");
    EXPECT_EQ(
        boost::json::serialize(fields["weight"]),
        R"({"code":"weight","type":"decimal","label":"Hệ số","required":false,"search":false,"scale":2,"minimum":"0.50","maximum":"9.75"})")
        << "where there is no English the Vietnamese stands";
    EXPECT_EQ(boost::json::serialize(fields["urgency"].at("choices")),
              R"([{"code":"normal","label":"Normal"},{"code":"express","label":"Hỏa tốc","abbreviation":"HT"}])");
    EXPECT_EQ(fields["score"].at("computed_type").as_string(), "decimal");
    EXPECT_FALSE(fields["cost"].contains("maximum")) << "no limit was written";
    EXPECT_EQ(
        boost::json::serialize(json.at("actions").at(0)),
        R"({"code":"start","label":"Start","from":["draft"],"to":"open","needs":[{"code":"due","label":"Hạn","is_field":true},{"code":"instruction","label":"Instruction","is_field":false}],"number":true,"primary":true,"bulk":true,"within":1})");
    EXPECT_EQ(boost::json::serialize(json.at("states").at(0)),
              R"({"code":"draft","label":"Draft","kind":"initial","colour":"blue","draft":true})");
    EXPECT_EQ(boost::json::serialize(json.at("order")), R"(["-begun","name"])");
    EXPECT_EQ(boost::json::serialize(json.at("queues")), R"([{"code":"mine","label":"Mine"}])");
    EXPECT_EQ(
        boost::json::serialize(json.at("book")),
        R"({"field":"number","pattern":"{n:02}/{year}-{urgency.abbreviation}","per":["agency","year","urgency"],"at_create":false})");
}

}  // namespace
}  // namespace registers
