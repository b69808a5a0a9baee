#include "paper/print.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <memory>

#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-font.h>

#include "paper/pdf.h"
#include "paper/samples_test.h"

namespace paper {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TableSheet book(int rows) {
    TableSheet sheet{
        .superior = "ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH",
        .agency = "SỞ NỘI VỤ",
        .title = "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",
        .period = "Từ ngày 01/08/2026 đến ngày 31/08/2026",
        .note = "In từ hệ thống",
        .columns = {{"Ngày đến", 22, Align::centre}, {"Số đến", 14, Align::centre}, {"Trích yếu"}, {"Ghi chú", 30}},
        .rows = {}};
    for (int i = 0; i < rows; ++i)
        sheet.rows.push_back({"25/08/2026", std::to_string(1000 + i), "Về việc họp giao ban tháng", ""});
    return sheet;
}

std::string page_text(const std::string& pdf) {
    const auto text = pdf::extract_text(pdf, {});
    return text ? text->text : "failed: " + text.error().message;
}

int times(const std::string& text, std::string_view part) {
    int count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST(Print, GivesTheBookItsWordsOnEachPage) {
    const auto printed = print_table(book(60));
    ASSERT_TRUE(printed) << printed.error().message;
    EXPECT_GT(printed->pages, 1);
    const std::string text = page_text(printed->pdf);
    EXPECT_EQ(times(text, "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"), 1);
    EXPECT_EQ(times(text, "Ghi chú"), printed->pages);
    EXPECT_EQ(times(text, "(4)"), printed->pages);
    EXPECT_EQ(times(text, "In từ hệ thống"), printed->pages);
    for (int i = 0; i < 60; ++i) EXPECT_EQ(times(text, std::to_string(1000 + i)), 1) << "each row once";
    EXPECT_THAT(text, HasSubstr(fmt::format("Trang 2/{}", printed->pages)));
    EXPECT_EQ(printed->first_row_of_page.size(), static_cast<std::size_t>(printed->pages));
    EXPECT_EQ(printed->first_row_of_page.front(), 0);
    EXPECT_TRUE(std::ranges::is_sorted(printed->first_row_of_page));
}

TEST(Print, UsesOneFamilyOnlyAndEmbedsIt) {
    TableSheet sheet = book(1);
    sheet.rows.push_back({"ẮẰẲẴẶ ắằẳẵặ", "đĐ", "ỮỰỬỨỪ ợỡởớờ ỹỷỵỳý", "§ – “…” ½"});
    const auto printed = print_table(sheet);
    ASSERT_TRUE(printed);
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(printed->pdf.data(), static_cast<int>(printed->pdf.size())));
    ASSERT_FALSE(document->fonts().empty());
    for (const poppler::font_info& font : document->fonts()) {
        EXPECT_THAT(font.name(), HasSubstr("LiberationSerif"));
        EXPECT_TRUE(font.is_embedded());
    }
    EXPECT_THAT(page_text(printed->pdf), HasSubstr("ỮỰỬỨỪ ợỡởớờ ỹỷỵỳý"));
}

TEST(Print, ColumnsAreWhereTheMillimetresSay) {
    const auto printed = print_table(book(5));
    ASSERT_TRUE(printed);
    const auto ink = pdf::ink(printed->pdf, 1, {});
    ASSERT_TRUE(ink);
    EXPECT_EQ(ink->width, 297);
    EXPECT_EQ(ink->height, 210);
    for (const int line : {20, 42, 56, 257, 287}) {
        int run = 0;
        int longest = 0;
        for (int y = 0; y < ink->height; ++y) {
            run = ink->at(std::min(line, 296), y) || ink->at(line - 1, y) ? run + 1 : 0;
            longest = std::max(longest, run);
        }
        EXPECT_GT(longest, 35) << "a line at " << line << " mm";
    }
}

TEST(Print, APageMoreThanARowGoesOn) {
    TableSheet sheet = book(2);
    std::string endless;
    for (int i = 0; i < 600; ++i) endless += fmt::format("đoạn{} ", i);
    sheet.rows[1][3] = endless;
    const auto printed = print_table(sheet);
    ASSERT_TRUE(printed);
    EXPECT_GT(printed->pages, 4);
    const std::string text = page_text(printed->pdf);
    for (int i = 0; i < 600; ++i)
        EXPECT_EQ(times(text, fmt::format("đoạn{}\n", i)) + times(text, fmt::format("đoạn{} ", i)), 1) << i;
}

TEST(Print, PageNumbersGoOnWhereTheLastBookEnded) {
    TableSheet sheet = book(60);
    sheet.first_page = 41;
    const auto printed = print_table(sheet);
    ASSERT_TRUE(printed);
    const std::string text = page_text(printed->pdf);
    EXPECT_THAT(text, HasSubstr(fmt::format("Trang 41/{}", 40 + printed->pages)));
    EXPECT_THAT(text, Not(HasSubstr("Trang 1/")));
}

TEST(Print, CoverAndClosingWords) {
    TableSheet sheet = book(3);
    sheet.cover = Cover{{"Năm: 2026", "Quyển số: 02"}};
    sheet.closing = {"Tổng số: 3 văn bản."};
    const auto printed = print_table(sheet);
    ASSERT_TRUE(printed);
    EXPECT_EQ(printed->pages, 1) << "the cover is not counted";
    EXPECT_EQ(pdf::page_count(printed->pdf), 2);
    const std::string text = page_text(printed->pdf);
    EXPECT_THAT(text, HasSubstr("Quyển số: 02"));
    EXPECT_THAT(text, HasSubstr("Tổng số: 3 văn bản."));
    EXPECT_THAT(text, HasSubstr("Trang 1/1"));
}

TEST(Print, AnEmptyBookSaysSo) {
    TableSheet sheet = book(0);
    const auto printed = print_table(sheet);
    ASSERT_TRUE(printed);
    EXPECT_EQ(printed->pages, 1);
    EXPECT_THAT(page_text(printed->pdf), HasSubstr("Không có dữ liệu trong kỳ này"));
    sheet.language = Language::en;
    EXPECT_THAT(page_text(print_table(sheet)->pdf), HasSubstr("Nothing in this period"));
}

TEST(Print, RefusesImpossibleColumns) {
    TableSheet sheet = book(1);
    sheet.columns[0].width = 250;
    const auto wide = print_table(sheet);
    ASSERT_FALSE(wide);
    EXPECT_EQ(wide.error().message, "paper.columns_too_wide");
    EXPECT_EQ(wide.error().arguments, (std::vector<MessageArgument>{{"width", "302"}, {"limit", "267"}}));
    sheet.columns.clear();
    EXPECT_EQ(print_table(sheet).error().message, "paper.no_columns");
    EXPECT_EQ(print_table(book(1), {.directory = "/nowhere"}).error().message, "paper.no_fonts");
}

}  // namespace
}  // namespace paper
