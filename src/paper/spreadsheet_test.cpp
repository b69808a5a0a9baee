#include "paper/spreadsheet.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "paper/samples_test.h"
#include "paper/tables.h"
#include "paper/zip.h"

namespace paper {
namespace {

using Rows = std::vector<std::vector<std::string>>;

const std::vector<Column> columns = {{"Trích yếu"},
                                     {"Số", ColumnType::integer},
                                     {"Hệ số", ColumnType::decimal},
                                     {"Kinh phí", ColumnType::money},
                                     {"Ngày", ColumnType::date},
                                     {"Khẩn", ColumnType::yes_no}};

std::vector<Cell> row(std::string text) {
    return {std::move(text),         std::int64_t{12},           Decimal{9712, 2},
            std::int64_t{1'234'567}, LocalDate::of(2026, 8, 25), true};
}

TEST(SheetWriter, WritesWhatReadsBack) {
    const std::string path = samples::scratch("a.xlsx");
    auto sheet = SheetWriter::create(path, columns, {.name = "Sổ [đến]: 2026/08?"});
    ASSERT_TRUE(sheet) << sheet.error().detail;
    ASSERT_TRUE(sheet->add(row("Thủy lợi <&> \"họp\"\nhai dòng")));
    ASSERT_TRUE(sheet->add(row("=1+1")));
    ASSERT_TRUE(sheet->add(std::vector<Cell>{{}, {}, Decimal{-5, 1}, {}, LocalDate::of(1890, 1, 2), false}));
    ASSERT_TRUE(
        sheet->add(std::vector<Cell>{std::string("chữ"), std::string("chưa rõ"), std::int64_t{9'007'199'254'740'993}}));
    ASSERT_TRUE(sheet->finish());
    EXPECT_FALSE(sheet->finish());

    const std::string bytes = samples::read_file(path);
    const auto table = read_xlsx(bytes, "", {});
    ASSERT_TRUE(table) << table.error().detail;
    EXPECT_EQ(table->sheet, "Sổ  đến   2026 08");
    EXPECT_EQ(table->rows, (Rows{{"Trích yếu", "Số", "Hệ số", "Kinh phí", "Ngày", "Khẩn"},
                                 {"Thủy lợi <&> \"họp\"\nhai dòng", "12", "97.12", "1234567", "2026-08-25", "Có"},
                                 {"=1+1", "12", "97.12", "1234567", "2026-08-25", "Có"},
                                 {"", "", "-0.5", "", "02/01/1890", "Không"},
                                 {"chữ", "chưa rõ", "9007199254740993"}}));
    auto zip = Zip::open(bytes, {});
    ASSERT_TRUE(zip);
    const std::string sheet_xml = zip->read("xl/worksheets/sheet1.xml").value_or("");
    EXPECT_EQ(sheet_xml.find("<f>"), std::string::npos) << "a text is never a formula";
    EXPECT_NE(sheet_xml.find("state=\"frozen\""), std::string::npos);
    EXPECT_NE(sheet_xml.find("<autoFilter ref=\"A1:F5\""), std::string::npos);
}

TEST(SheetWriter, LeavesNothingWhenNotFinished) {
    const std::string path = samples::scratch("b.xlsx");
    {
        auto sheet = SheetWriter::create(path, columns);
        ASSERT_TRUE(sheet);
        ASSERT_TRUE(sheet->add(row("a")));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_EQ(SheetWriter::create("/nowhere/c.xlsx", columns).error().code, ErrorCode::internal);
    EXPECT_EQ(SheetWriter::create(path, {}).error().message, "paper.no_columns");
}

TEST(SheetWriter, CutsWhatNoCellHolds) {
    const std::string path = samples::scratch("d.xlsx");
    auto sheet = SheetWriter::create(path, {{"Dài"}});
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "ặ";
    ASSERT_TRUE(sheet->add(std::vector<Cell>{text}));
    ASSERT_TRUE(
        sheet->add(std::vector<Cell>{std::string("a\x01"
                                                 "b")}));
    ASSERT_TRUE(sheet->finish());
    const auto table = read_xlsx(samples::read_file(path), "", {});
    ASSERT_TRUE(table);
    EXPECT_TRUE(table->rows[1][0].ends_with("ặ…"));
    EXPECT_GT(table->rows[1][0].size(), 40'000u);
    EXPECT_EQ(table->rows[2][0], "ab");
}

TEST(CsvWriter, WritesLines) {
    const CsvWriter csv(columns);
    EXPECT_EQ(csv.header(), "\xEF\xBB\xBFTrích yếu,Số,Hệ số,Kinh phí,Ngày,Khẩn\r\n");
    EXPECT_EQ(csv.line(row("Họp, \"gấp\"")), "\"Họp, \"\"gấp\"\"\",12,97.12,1234567,25/08/2026,Có\r\n");
    EXPECT_EQ(csv.line({}), ",,,,,\r\n");
    EXPECT_EQ(CsvWriter(columns, Language::en).line(row("a")), "a,12,97.12,1234567,25/08/2026,Yes\r\n");
}

TEST(CsvWriter, GuardsAgainstFormulas) {
    const CsvWriter csv({{"Chữ"}});
    for (const char* text : {"=cmd|' /C calc'!A0", "+84", "-1", "@SUM(A1)", "\tx", "\r=1"}) {
        const std::string line = csv.line(std::vector<Cell>{std::string(text)});
        EXPECT_TRUE(line.starts_with("'") || line.starts_with("\"'")) << line;
    }
    EXPECT_EQ(csv.line(std::vector<Cell>{std::string("a=b")}), "a=b\r\n");
    EXPECT_EQ(CsvWriter({{"Số", ColumnType::integer}}).line(std::vector<Cell>{std::int64_t{-1}}), "-1\r\n")
        << "numbers stay numbers";
}

TEST(CsvWriter, ReadsBackAsItWas) {
    const CsvWriter csv({{"Một"}, {"Hai"}});
    std::string file = csv.header();
    const Rows rows = {{"=1+1", "'chữ"}, {"'=1", "''+"}, {"a\nb", "\"\""}, {"+84 912 345 678", "x;y"}};
    for (const auto& cells : rows) file += csv.line(std::vector<Cell>{cells[0], cells[1]});
    auto table = read_csv(file, {});
    ASSERT_TRUE(table);
    table->rows.erase(table->rows.begin());
    EXPECT_EQ(table->rows, rows);
}

}  // namespace
}  // namespace paper
