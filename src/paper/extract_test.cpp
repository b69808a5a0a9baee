#include <gmock/gmock.h>

#include <gtest/gtest.h>

#include "paper/helpers.h"
#include "paper/samples_test.h"

namespace paper {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Extract : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { shared_ = std::make_unique<Helpers>(samples::settings()); }
    static void TearDownTestSuite() { shared_.reset(); }
    static Helpers& helpers() { return *shared_; }
    static std::string text(const std::string& bytes, FileType type) {
        const Result<ExtractedText> result = helpers().extract_text(Source::memory(bytes), type);
        return result ? result->text : "failed: " + result.error().message + " " + result.error().detail;
    }
    static std::optional<Reason> reason(const std::string& bytes, FileType type) {
        const Result<ExtractedText> result = helpers().extract_text(Source::memory(bytes), type);
        EXPECT_FALSE(result) << "it was read";
        return result ? std::nullopt : reason_of(result.error());
    }

  private:
    static inline std::unique_ptr<Helpers> shared_;
};

constexpr const char* sentence = "Thủy lợi, hoà giải, Đường Nguyễn Huệ, ký số ữ ặ ẫ ợ ỹ";

TEST_F(Extract, PdfGivesTextPagesAndTitle) {
    const auto result = helpers().extract_text(Source::memory(samples::pdf({sentence, "Trang hai"})), FileType::pdf);
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_THAT(result->text, HasSubstr(sentence));
    EXPECT_THAT(result->text, HasSubstr("Trang hai"));
    EXPECT_EQ(result->pages, 2);
    EXPECT_EQ(result->title, "Công văn về việc thử");
    EXPECT_FALSE(result->truncated);
}

TEST_F(Extract, DocxGivesWhatAReaderSees) {
    const std::string body =
        "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>Số:</w:t></w:r><w:r><w:t "
        "xml:space=\"preserve\"> </w:t></w:r>"
        "<w:r><w:t>12/QĐ</w:t><w:noBreakHyphen/><w:t>UBND</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>bỏ đi</w:delText></w:r></w:del><w:ins><w:r><w:t>thêm vào</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><w:instrText>PAGE \\* "
        "MERGEFORMAT</w:instrText></w:r><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
        "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>hộp</w:t></w:r></w:p></"
        "mc:Choice><mc:Fallback><w:p><w:r><w:t>hộp</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>";
    const std::string bytes = samples::docx_of_body(
        body, {{"word/footnotes.xml", "<w:footnotes><w:p><w:r><w:t>chú thích</w:t></w:r></w:p></w:footnotes>"},
               {"docProps/core.xml", "<cp:coreProperties><dc:title> Quyết định </dc:title></cp:coreProperties>"},
               {"docProps/app.xml", "<Properties><Pages>3</Pages></Properties>"}});
    const auto result = helpers().extract_text(Source::memory(bytes), FileType::docx);
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_EQ(result->text, "Số: 12/QĐ-UBND\nthêm vào\na\tb\nc\nhộp\n\nchú thích");
    EXPECT_EQ(result->title, "Quyết định");
    EXPECT_EQ(result->pages, 3);
}

TEST_F(Extract, OdtGivesWhatAReaderSees) {
    const std::string body =
        "<text:tracked-changes><text:p>bỏ đi</text:p></text:tracked-changes><text:h>TỜ TRÌNH</text:h>\n"
        "<text:p>Kính<text:s text:c=\"2\"/>gửi:<text:tab/><text:span>Bộ</text:span> <text:span>Nội\n   "
        "vụ</text:span></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>một</text:p></table:table-cell>"
        "<table:table-cell><text:p>hai</text:p></table:table-cell></table:table-row></table:table>";
    EXPECT_EQ(text(samples::odt(body), FileType::odt), "TỜ TRÌNH\nKính  gửi:\tBộ Nội vụ\nmột \thai");
}

TEST_F(Extract, XlsxGivesEverySheet) {
    const std::string rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" s=\"1\"><v>46259</v></c></row>";
    EXPECT_EQ(text(samples::xlsx(rows, {"Trích yếu"}), FileType::xlsx), "Ẩn\nkín\n\nSổ\nTrích yếu\t\t2026-08-25");
}

TEST_F(Extract, PlainTextInEveryEncoding) {
    EXPECT_EQ(text("Đường\r\nNguyễn Huệ\r\n\r\n\r\n\r\nhết  \n", FileType::txt), "Đường\nNguyễn Huệ\n\nhết");
    EXPECT_EQ(text("một\n\n \t \nhai", FileType::txt), "một\n\nhai") << "a line of blanks is an empty line";
    EXPECT_EQ(text("\xEF\xBB\xBFĐường", FileType::txt), "Đường");
    EXPECT_EQ(text(samples::utf16(u"Đường 𝄞", false), FileType::txt), "Đường 𝄞");
    EXPECT_EQ(text(samples::utf16(u"Đường", true), FileType::txt), "Đường");
    // "Quyết định" in windows-1258: ê and a combining acute, i and a combining dot below.
    EXPECT_EQ(text("Quy\xEA\xECt \xF0\x69\xF2nh", FileType::txt), "Quyết định");
    EXPECT_EQ(text("ho\x61\xCC", FileType::txt), "hoà") << "decomposed letters become one";
    EXPECT_EQ(text("", FileType::txt), "");
    EXPECT_EQ(reason(std::string("a\0b", 3), FileType::txt), Reason::damaged);
}

TEST_F(Extract, TextIsCutWhereTheLimitSays) {
    HelperSettings settings = samples::settings();
    settings.limits.text_bytes = 10;
    const Helpers small(settings);
    const auto cut = small.extract_text(Source::memory("ặặặặặ"), FileType::txt);
    ASSERT_TRUE(cut);
    EXPECT_EQ(cut->text, "ặặặ") << "never through a letter";
    EXPECT_TRUE(cut->truncated);
    const auto whole = small.extract_text(Source::memory("ặặặ"), FileType::txt);
    ASSERT_TRUE(whole);
    EXPECT_FALSE(whole->truncated);
}

TEST_F(Extract, DamagedFilesAreNamed) {
    const std::string pdf = samples::pdf({sentence});
    const std::string docx = samples::docx({sentence});
    EXPECT_EQ(reason("", FileType::pdf), Reason::damaged);
    EXPECT_EQ(reason("%PDF-1.7 and no more", FileType::pdf), Reason::damaged);
    EXPECT_EQ(reason(pdf.substr(0, pdf.size() / 8), FileType::pdf), Reason::damaged);
    EXPECT_EQ(reason(docx.substr(0, docx.size() / 2), FileType::docx), Reason::damaged);
    EXPECT_EQ(reason("no zip", FileType::docx), Reason::damaged);
    EXPECT_EQ(reason(samples::zip({{"a.txt", "x"}}), FileType::docx), Reason::damaged);
    EXPECT_EQ(reason(samples::docx_of_body("<w:p>"), FileType::docx), Reason::damaged);
    EXPECT_EQ(reason(samples::zip({{"mimetype", "x"}}), FileType::odt), Reason::damaged);
    EXPECT_EQ(text(samples::zip({{"xl/workbook.xml", "<workbook/>"}}), FileType::xlsx), "") << "no sheet, no text";
}

TEST_F(Extract, EncryptedFilesAreNamed) {
    EXPECT_EQ(reason(samples::encrypted_pdf("secret"), FileType::pdf), Reason::encrypted);
    EXPECT_EQ(text(samples::encrypted_pdf(""), FileType::pdf), "Nội dung kín") << "only its owner is locked out";
    EXPECT_EQ(reason(samples::odt("<text:p>x</text:p>",
                                  {{"META-INF/manifest.xml",
                                    "<manifest:manifest><manifest:file-entry><manifest:encryption-data/>"
                                    "</manifest:file-entry></manifest:manifest>"}}),
                     FileType::odt),
              Reason::encrypted);
    std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504, '\0');
    EXPECT_EQ(reason(ole, FileType::doc), Reason::unsupported);
    for (const char letter : std::string_view("EncryptedPackage")) ole.append({letter, '\0'});
    EXPECT_EQ(reason(ole, FileType::doc), Reason::encrypted);
}

TEST_F(Extract, OtherTypesAreUnsupported) {
    for (const FileType type : {FileType::png, FileType::jpeg, FileType::zip, FileType::unknown})
        EXPECT_EQ(reason("x", type), Reason::unsupported);
}

TEST_F(Extract, XmlHasNoEntitiesAndBoundedDepth) {
    const std::string entities =
        "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:document><w:t>&b;</w:t></w:document>";
    EXPECT_EQ(reason(samples::zip({{"word/document.xml", entities}}), FileType::docx), Reason::damaged);
    std::string deep;
    for (int i = 0; i < 40'000; ++i) deep += "<w:p>";
    for (int i = 0; i < 40'000; ++i) deep += "</w:p>";
    EXPECT_EQ(reason(samples::docx_of_body(deep), FileType::docx), Reason::damaged);
}

TEST_F(Extract, ZipBombsAreRefusedUnopened) {
    const std::string zeros(64 << 20, '0');
    EXPECT_EQ(reason(samples::docx_of_body(zeros), FileType::docx), Reason::too_large) << "a ratio of a thousand";
    samples::Entries many;
    for (int i = 0; i < 10'001; ++i) many.emplace_back(fmt::format("e{}", i), "");
    EXPECT_EQ(reason(samples::zip(many), FileType::docx), Reason::too_large) << "too many entries";
    // A document inside a document is a file of its own and stays shut, whatever it holds.
    const std::string inner = samples::docx_of_body(zeros);
    const std::string outer =
        samples::docx_of_body("<w:p><w:r><w:t>ngoài</w:t></w:r></w:p>", {{"word/embeddings/inner.docx", inner}});
    EXPECT_EQ(text(outer, FileType::docx), "ngoài");
}

TEST_F(Extract, OddNamesAreRefused) {
    for (const char* name :
         {"../evil.xml", "word/../../evil", "/etc/passwd", "C:\\evil", "word\\document.xml", "a\nb", "./x"}) {
        const std::string bytes = samples::docx_of_body("<w:p/>", {{name, "x"}});
        EXPECT_EQ(reason(bytes, FileType::docx), Reason::damaged) << name;
    }
}

/// Writes a little-endian number into a file, to make it lie.
void lie(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i));
}

TEST_F(Extract, ClaimedSizesAreNotBelieved) {
    const std::string honest = samples::docx({sentence});
    const std::size_t central = honest.rfind("PK\x01\x02");
    ASSERT_NE(central, std::string::npos);
    std::string huge = honest;
    lie(huge, central + 24, 0xFFFFFFF0);
    EXPECT_EQ(reason(huge, FileType::docx), Reason::too_large);
    std::string small = honest;
    lie(small, central + 24, 7);
    EXPECT_EQ(reason(small, FileType::docx), Reason::damaged);
    std::string elsewhere = honest;
    lie(elsewhere, central + 42, 0x7FFFFFF0);
    EXPECT_EQ(reason(elsewhere, FileType::docx), Reason::damaged);
}

TEST_F(Extract, WindingPdfsEndWithAReason) {
    const auto deep = helpers().extract_text(Source::memory(samples::deep_pdf(20'000)), FileType::pdf);
    EXPECT_TRUE(deep || reason_of(deep.error()));
    const std::string loop =
        samples::pdf_of_objects({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"});
    const auto looped = helpers().extract_text(Source::memory(loop), FileType::pdf);
    EXPECT_TRUE(looped || reason_of(looped.error()));
    EXPECT_THAT(text(samples::pdf({sentence}), FileType::pdf), HasSubstr(sentence)) << "the pool goes on";
}

}  // namespace
}  // namespace paper
