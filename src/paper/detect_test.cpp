#include "paper/detect.h"

#include <fstream>

#include <gtest/gtest.h>

#include "paper/samples_test.h"

namespace paper {
namespace {

TEST(Detect, GoesByContent) {
    const struct {
        std::string bytes;
        FileType type;
    } cases[] = {
        {samples::pdf({"a"}), FileType::pdf},
        {std::string(1000, ' ').append("%PDF-1.4"), FileType::pdf},
        {samples::docx({"a"}), FileType::docx},
        {samples::odt("<text:p>a</text:p>"), FileType::odt},
        {samples::zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "x"}}),
         FileType::ods},
        {samples::zip({{"mimetype", "application/epub+zip"}, {"a", "x"}}), FileType::zip},
        {samples::xlsx("<row/>"), FileType::xlsx},
        {samples::zip({{"word/document.xml", "no list of types, so no office file"}}), FileType::zip},
        {samples::zip({{"[Content_Types].xml", "x"}, {"ppt/presentation.xml", "x"}}), FileType::zip},
        {std::string("PK\x05\x06", 4).append(18, '\0'), FileType::zip},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on", FileType::doc},
        {"\x89PNG\r\n\x1a\n", FileType::png},
        {"\xFF\xD8\xFF\xE0", FileType::jpeg},
        {"Số: 12/QĐ-UBND\r\n", FileType::txt},
        {"Quy\xEA\xECt \xF0\x69\xF2nh", FileType::txt},
        {samples::utf16(u"Số", false), FileType::txt},
        {"", FileType::unknown},
        {std::string("\0\1\2\3", 4), FileType::unknown},
        {"\x7F"
         "ELF",
         FileType::unknown},
        {std::string("a\xFF\xFE") + '\0', FileType::unknown},
    };
    for (const auto& [bytes, type] : cases) EXPECT_EQ(detect(bytes), type) << bytes.substr(0, 40);
}

TEST(Detect, CutFilesNeverRunOver) {
    const std::string files[] = {samples::docx({"a"}), samples::xlsx("<row/>"), samples::odt("<text:p/>")};
    for (const std::string& file : files)
        for (std::size_t size = 0; size <= file.size(); ++size) {
            // A copy of exactly that size, so that a sanitizer sees a byte too far.
            const std::vector<char> part(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size));
            detect({part.data(), part.size()});
        }
}

TEST(Detect, ReadsFilesOnDisk) {
    const std::string path = samples::scratch("letter.txt");
    std::ofstream(path) << samples::pdf({"a"});
    EXPECT_EQ(detect_file(path), FileType::pdf) << "its name is not asked";
    EXPECT_EQ(detect_file("/nowhere").error().message, "paper.no_such_file");
    EXPECT_EQ(media_type(FileType::pdf), "application/pdf");
    EXPECT_EQ(media_type(FileType::unknown), "application/octet-stream");
}

}  // namespace
}  // namespace paper
