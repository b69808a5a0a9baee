#include <gtest/gtest.h>

#include "base/resources.h"
#include "core/registers/choices.h"
#include "core/registers/describe.h"
#include "core/registers/registers.h"
#include "core/registers/samples.h"
#include "tests/support/databases.h"

/// What the program brings: its registers and choice lists.
namespace registers {
namespace {

using congvu::test::told;

std::string all(const Error& error) {
    std::string text = error.field + ": " + messages::text(Language::vi, error) + "\n";
    for (const Error& other : error.also) text += all(other);
    return text;
}

TEST(Shipped, DeclarationsAreRightAndTheirSamplesToo) {
    int seen = 0;
    for (const Resource& file : resources::under("registers/")) {
        if (!file.path.ends_with("/register.yaml")) continue;
        ++seen;
        const auto declaration = read_declaration(file.bytes);
        ASSERT_TRUE(declaration) << file.path << "\n" << all(declaration.error());
        EXPECT_EQ(without_english(*declaration), std::vector<std::string>()) << file.path;
        const std::string folder(file.path.substr(0, file.path.rfind('/')));
        const auto samples = resources::find(folder + "/samples.yaml");
        ASSERT_TRUE(samples) << folder;
        const auto read = read_samples(*declaration, *samples);
        EXPECT_TRUE(read) << folder << "\n" << all(read.error());
        EXPECT_TRUE(resources::find(folder + "/README.md")) << folder;
    }
    EXPECT_GT(seen, 0);
}

TEST(Shipped, ChoicesAreDatedAndSayWhereTheyComeFrom) {
    std::map<std::string, ChoiceList> lists;
    for (const Resource& file : resources::under("rules/choices/")) {
        const auto list = read_choices(file.bytes);
        ASSERT_TRUE(list) << file.path << "\n" << all(list.error());
        EXPECT_EQ(file.path, "rules/choices/" + list->code + ".yaml");
        for (const Choice& choice : list->choices) {
            EXPECT_FALSE(choice.label.en.empty()) << list->code << " " << choice.code;
            EXPECT_FALSE(choice.basis.empty()) << list->code << " " << choice.code;
        }
        lists[list->code] = *list;
    }
    // Nghị định 30/2020, Điều 7: twenty-nine, two of them without an abbreviation.
    const auto& kinds = lists.at("document_kinds").choices;
    ASSERT_GE(kinds.size(), 29U);
    EXPECT_EQ(kinds[0].abbreviation, "NQ");
    EXPECT_EQ(kinds[4].abbreviation, "QyĐ");
    EXPECT_EQ(kinds[17].code, "dispatch");
    EXPECT_EQ(kinds[28].label.vi, "Thư công");
    EXPECT_EQ(std::ranges::count_if(kinds.begin(), kinds.begin() + 29,
                                    [](const Choice& kind) { return kind.abbreviation.empty(); }),
              2);
    for (const char* list : {"urgencies", "secrecies", "incoming_books", "arrival_ways", "unit_kinds"})
        EXPECT_TRUE(lists.contains(list)) << list;
}

class ShippedInStore : public congvu::test::DatabaseTest {};
CONGVU_BOTH_ENGINES(ShippedInStore);

TEST_P(ShippedInStore, AreTakenOnceAndDescribedInBothLanguages) {
    ASSERT_TRUE(load_choices(db()));
    ASSERT_TRUE(load_choices(db()));
    const auto first = publish_shipped(db());
    ASSERT_TRUE(first) << told(first) << all(first.error());
    EXPECT_GT(*first, 0);
    const auto again = publish_shipped(db());
    ASSERT_TRUE(again) << told(again);
    EXPECT_EQ(*again, 0);

    auto reader = db().read();
    Catalogue catalogue;
    ASSERT_TRUE(catalogue.load(**reader));
    const auto incoming = catalogue.find("incoming");
    ASSERT_TRUE(incoming);
    const auto json = describe(**reader, *incoming, Language::vi, LocalDate::of(2026, 8, 25));
    ASSERT_TRUE(json);
    EXPECT_EQ(json->at("title").as_string(), "Văn bản đến");
    EXPECT_EQ(json->at("book").at("field").as_string(), "arrival_number");
    EXPECT_EQ(json->at("states").at(0).at("label").as_string(), "Chờ tiếp nhận");
    EXPECT_EQ(json->at("actions").at(2).at("needs").at(0).at("label").as_string(), "Lý do");
    EXPECT_GE(json->at("fields").at(10).at("choices").as_array().size(), 29U);
    EXPECT_EQ(describe(*incoming, Language::en, {}).at("queues").at(0).at("label").as_string(), "To be accepted");
    const auto before = choices(**reader, "document_kinds", LocalDate::of(2020, 3, 4));
    ASSERT_TRUE(before);
    EXPECT_TRUE(std::ranges::none_of(*before, [](const Choice& kind) { return kind.code == "decision"; }))
        << "not in force yet";
}

}  // namespace
}  // namespace registers
