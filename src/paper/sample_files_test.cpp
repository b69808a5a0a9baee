#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "paper/detect.h"
#include "paper/helpers.h"
#include "paper/samples_test.h"
#include "paper/spreadsheet.h"

// tests/samples/{good,bad} hold small files for every folder's tests and for the fuzzers. They are made by this code:
// CONGVU_WRITE_SAMPLES=1 congvu_paper_test --gtest_filter=SampleFiles.*
namespace paper {
namespace {

struct Sample {
    std::string name;
    FileType type;
    std::string text;              ///< what a good one gives
    std::optional<Reason> reason;  ///< why a bad one gives nothing
    std::string bytes;
};

std::string claiming(std::string zip, std::uint32_t size) {
    const std::size_t central = zip.rfind("PK\x01\x02");
    for (std::size_t i = 0; i < 4; ++i) zip[central + 24 + i] = static_cast<char>(size >> (8 * i));
    return zip;
}

std::string csv() {
    const CsvWriter writer({{"Số đến"}, {"Ngày", ColumnType::date}, {"Trích yếu"}});
    return writer.header() + writer.line(std::vector<Cell>{std::string("01"), LocalDate::of(2026, 8, 25),
                                                           std::string("Về việc \"họp\", gấp")});
}

std::vector<Sample> good() {
    const std::string text = "Thủy lợi, hoà giải, Đường Nguyễn Huệ";
    const std::string row =
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"2\"><v>46259</v></c></row>";
    return {
        {"letter.pdf", FileType::pdf, text, {}, samples::pdf({text, "Trang hai"})},
        {"turned.pdf", FileType::pdf, "", {}, samples::turned_pdf(90, "[0 0 595 842]")},
        {"letter.docx", FileType::docx, text, {}, samples::docx({text})},
        {"letter.odt", FileType::odt, text, {}, samples::odt("<text:p>" + text + "</text:p>")},
        {"book.xlsx", FileType::xlsx, "Trích yếu", {}, samples::xlsx(row, {"Trích yếu"})},
        {"book.csv", FileType::txt, "Về việc", {}, csv()},
        {"windows-1258.txt", FileType::txt, "Quyết định", {}, "Quy\xEA\xECt \xF0\x69\xF2nh\r\n"},
        {"utf-16.txt", FileType::txt, "Quyết định", {}, samples::utf16(u"Quyết định\r\n", false)},
        {"nested.docx",
         FileType::docx,
         "ngoài",
         {},
         samples::docx_of_body("<w:p><w:r><w:t>ngoài</w:t></w:r></w:p>",
                               {{"word/embeddings/inner.docx", samples::docx({"trong"})}})},
    };
}

std::vector<Sample> bad() {
    const std::string docx = samples::docx({"Nội dung"});
    const std::string pdf = samples::pdf({"Nội dung"});
    const std::string entities =
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:document><w:t>&b;</w:t></w:document>";
    return {
        {"empty.pdf", FileType::pdf, "", Reason::damaged, ""},
        {"truncated.pdf", FileType::pdf, "", Reason::damaged, pdf.substr(0, pdf.size() / 8)},
        {"password.pdf", FileType::pdf, "", Reason::encrypted, samples::encrypted_pdf("secret")},
        {"page-loop.pdf", FileType::pdf, "", Reason::damaged,
         samples::pdf_of_objects({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 0 >>"})},
        {"truncated.docx", FileType::docx, "", Reason::damaged, docx.substr(0, docx.size() / 2)},
        {"bomb.docx", FileType::docx, "", Reason::too_large, samples::docx_of_body(std::string(16 << 20, '0'))},
        {"dot-dot.docx", FileType::docx, "", Reason::damaged, samples::docx_of_body("<w:p/>", {{"../evil.xml", "x"}})},
        {"entities.docx", FileType::docx, "", Reason::damaged, samples::zip({{"word/document.xml", entities}})},
        {"claims-4-gb.docx", FileType::docx, "", Reason::too_large, claiming(docx, 0xFFFFFFF0)},
        {"encrypted.odt", FileType::odt, "", Reason::encrypted,
         samples::odt("<text:p>x</text:p>", {{"META-INF/manifest.xml",
                                              "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></"
                                              "manifest:file-entry></manifest:manifest>"}})},
        {"no-sheet.xlsx", FileType::xlsx, "", Reason::damaged, samples::zip({{"xl/workbook.xml", "<workbook"}})},
        {"binary.txt", FileType::txt, "", Reason::damaged, std::string("a\0b\1", 4)},
    };
}

class SampleFiles : public ::testing::Test {
  protected:
    static std::filesystem::path directory(const char* kind) { return samples::root() / "tests" / "samples" / kind; }
    static void write(const char* kind, const std::vector<Sample>& all) {
        if (std::getenv("CONGVU_WRITE_SAMPLES") == nullptr) return;
        std::filesystem::create_directories(directory(kind));
        for (const Sample& sample : all) std::ofstream(directory(kind) / sample.name, std::ios::binary) << sample.bytes;
    }
    const Helpers helpers_{samples::settings()};
};

TEST_F(SampleFiles, GoodOnesAreRead) {
    const std::vector<Sample> all = good();
    write("good", all);
    for (const Sample& sample : all) {
        const std::filesystem::path file = directory("good") / sample.name;
        EXPECT_EQ(detect_file(file), sample.type) << file;
        const auto text = helpers_.extract_text(Source::file(file), sample.type);
        ASSERT_TRUE(text) << file << text.error().detail;
        EXPECT_NE(text->text.find(sample.text), std::string::npos) << file << " gave " << text->text;
    }
}

TEST_F(SampleFiles, BadOnesSayWhy) {
    const std::vector<Sample> all = bad();
    write("bad", all);
    for (const Sample& sample : all) {
        const std::filesystem::path file = directory("bad") / sample.name;
        const auto text = helpers_.extract_text(Source::file(file), sample.type);
        ASSERT_FALSE(text) << file;
        EXPECT_EQ(reason_of(text.error()), sample.reason) << file << ": " << text.error().message;
    }
    EXPECT_EQ(helpers_.state().lost, 0) << "none of them needs a dead helper";
}

}  // namespace
}  // namespace paper
