#include "paper/tables.h"

#include <gtest/gtest.h>

#include "paper/samples_test.h"
#include "paper/workbook.h"

namespace paper {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows csv(const std::string& bytes) {
    const Result<Table> table = read_csv(bytes, {});
    return table ? table->rows : Rows{{"failed: " + table.error().message}};
}

TEST(Csv, ReadsWhatSpreadsheetsWrite) {
    EXPECT_EQ(csv("a,b\r\n1,2\r\n"), (Rows{{"a", "b"}, {"1", "2"}}));
    EXPECT_EQ(csv("\xEF\xBB\xBFSố;Trích yếu\n01;\"Về việc \"\"họp\"\"; gấp\"\n"),
              (Rows{{"Số", "Trích yếu"}, {"01", "Về việc \"họp\"; gấp"}}));
    EXPECT_EQ(csv("a\tb,c\n"), (Rows{{"a", "b,c"}}));
    EXPECT_EQ(csv("sep=;\r\na,b;c\r\n"), (Rows{{"a,b", "c"}}));
    EXPECT_EQ(csv("a,\"hai\ndòng\"\nb,"), (Rows{{"a", "hai\ndòng"}, {"b"}}));
    EXPECT_EQ(csv("a,,c\n,,\n\n"), (Rows{{"a", "", "c"}})) << "empty rows are left out";
    EXPECT_EQ(csv("\"không đóng, b\nc"), (Rows{{"không đóng, b\nc"}}));
    EXPECT_EQ(csv("a\"b,c"), (Rows{{"a\"b", "c"}}));
    EXPECT_EQ(csv(samples::utf16(u"Số,Ngày\r\n1,2\r\n", false)), (Rows{{"Số", "Ngày"}, {"1", "2"}}));
    EXPECT_EQ(csv(""), Rows{});
    EXPECT_EQ(csv("'=1+1,'+84 912,'chữ,'"), (Rows{{"=1+1", "+84 912", "'chữ", "'"}})) << "the writer's apostrophe goes";
}

TEST(Csv, TellsTheLineOfEachRow) {
    const auto table = read_csv("a\n\n\"b\nc\"\nd\n", {});
    ASSERT_TRUE(table);
    EXPECT_EQ(table->row_numbers, (std::vector<int>{1, 3, 5}));
}

TEST(Csv, KeepsToItsLimits) {
    Limits limits;
    limits.rows = 2;
    limits.columns = 3;
    limits.answer_bytes = 1000;
    EXPECT_TRUE(read_csv("a\nb\n", limits));
    EXPECT_EQ(reason_of(read_csv("a\nb\nc\n", limits).error()), Reason::too_large);
    EXPECT_TRUE(read_csv("a,b,c,,,\n", limits)) << "empty cells at the end are none";
    EXPECT_EQ(reason_of(read_csv("a,b,c,d\n", limits).error()), Reason::too_large);
    EXPECT_EQ(reason_of(read_csv(std::string(600, 'x'), limits).error()), Reason::too_large);
    EXPECT_EQ(reason_of(read_csv(std::string(600, ','), limits).error()), Reason::too_large);
    EXPECT_EQ(reason_of(read_csv(std::string("a\0b", 3), limits).error()), Reason::damaged);
}

TEST(Xlsx, ReadsTheFirstShownSheet) {
    const std::string rows =
        "<row r=\"2\"><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\" t=\"s\"><v>0</v></c><c t=\"s\"><v>99</v></c></row>"
        "<row r=\"4\"><c r=\"A4\"><v>1.0000000000000001E-2</v></c><c r=\"B4\" s=\"1\"><v>46259.396</v></c><c r=\"C4\" "
        "s=\"2\"><v>46259</v></c>"
        "<c r=\"D4\" t=\"b\"><v>1</v></c><c r=\"E4\" t=\"e\"><v>#N/A</v></c><c r=\"F4\" t=\"str\"><f>A1</f><v>kết "
        "quả</v></c>"
        "<c r=\"G4\" t=\"inlineStr\"><is><r><t>hai </t></r><r><t>đoạn</t></r><rPh><t>x</t></rPh></is></c></row>"
        "<row r=\"5\"><c r=\"A5\"/></row>";
    const auto table = read_xlsx(samples::xlsx(rows, {"Trích yếu", "Số"}), "", {});
    ASSERT_TRUE(table) << table.error().detail;
    EXPECT_EQ(table->sheet, "Sổ");
    EXPECT_EQ(table->sheets, (std::vector<std::string>{"Ẩn", "Sổ"}));
    EXPECT_EQ(table->rows,
              (Rows{{"", "Số", "Trích yếu"},
                    {"0.01", "2026-08-25 09:30:14", "2026-08-25", "true", "#N/A", "kết quả", "hai đoạn"}}));
    EXPECT_EQ(table->row_numbers, (std::vector<int>{2, 4}));
}

TEST(Xlsx, ReadsANamedSheetOrSaysThereIsNone) {
    const std::string bytes = samples::xlsx("<row/>");
    EXPECT_EQ(read_xlsx(bytes, "Ẩn", {})->rows, (Rows{{"kín"}}));
    const auto missing = read_xlsx(bytes, "Khác", {});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message, "paper.no_such_sheet");
    EXPECT_EQ(missing.error().arguments, (std::vector<MessageArgument>{{"sheet", "Khác"}}));
}

TEST(Xlsx, KeepsToItsLimits) {
    Limits limits;
    limits.rows = 1;
    limits.columns = 2;
    const auto reason = [&](const std::string& rows) {
        const auto table = read_xlsx(samples::xlsx(rows), "", limits);
        return table ? std::nullopt : reason_of(table.error());
    };
    EXPECT_EQ(reason("<row><c r=\"B1\"><v>1</v></c></row>"), std::nullopt);
    EXPECT_EQ(reason("<row><c r=\"C1\"><v>1</v></c></row>"), Reason::too_large);
    EXPECT_EQ(reason("<row><c r=\"C1\"/></row>"), std::nullopt) << "an empty cell is none";
    EXPECT_EQ(reason("<row><c><v>1</v></c></row><row><c><v>1</v></c></row>"), Reason::too_large);
    EXPECT_EQ(reason("<row r=\"99999999\"><c><v>1</v></c></row>"), Reason::damaged);
    EXPECT_EQ(reason("<row r=\"-1\"><c><v>1</v></c></row>"), Reason::damaged);
    EXPECT_EQ(reason("<row><c r=\"ZZZZZZZZZZ1\"><v>1</v></c></row>"), Reason::damaged);
}

TEST(WorkbookNumbers, AreWrittenAsPeopleDo) {
    const std::pair<const char*, const char*> cases[] = {{"1", "1"},
                                                         {"1.50", "1.5"},
                                                         {"0.1", "0.1"},
                                                         {"0.30000000000000004", "0.3"},
                                                         {"1E+3", "1000"},
                                                         {"12345678901234567890", "12345678901234600000"},
                                                         {"1e-7", "0.0000001"},
                                                         {"-1.5e-20", "-0.000000000000000000015"},
                                                         {"1e300x", "1e300x"},
                                                         {"-0.5", "-0.5"},
                                                         {"abc", "abc"},
                                                         {"1x", "1x"},
                                                         {"nan", "nan"}};
    for (const auto& [number, text] : cases) EXPECT_EQ(plain_number(number), text);
}

TEST(WorkbookNumbers, DatesCountAsExcelDoes) {
    const std::pair<double, const char*> cases[] = {{46259, "2026-08-25"},
                                                    {46259.5, "2026-08-25 12:00"},
                                                    {0.25, "06:00"},
                                                    {1, "1900-01-01"},
                                                    {59, "1900-02-28"},
                                                    {60, "60"},
                                                    {61, "1900-03-01"},
                                                    {2958465, "9999-12-31"},
                                                    {2958466, "2958466"},
                                                    {-1, "-1"},
                                                    {46259.99999999, "2026-08-26"}};
    for (const auto& [serial, text] : cases) EXPECT_EQ(date_of_serial(serial), text);
}

TEST(WorkbookNumbers, DateFormatsAreTold) {
    for (const char* code : {"dd/mm/yyyy", "[$-42A]d mmmm", "h:mm", "\"Ngày\" d", "yyyy\\-mm"})
        EXPECT_TRUE(is_date_format(code)) << code;
    for (const char* code : {"General", "0.00", "#,##0\\ \"đ\"", "[Red]0", "\"day\"0", "@", "0_d", "\"", "[", ""})
        EXPECT_FALSE(is_date_format(code)) << code;
}

}  // namespace
}  // namespace paper
