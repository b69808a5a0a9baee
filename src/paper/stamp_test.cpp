#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "paper/empty_paper.h"
#include "paper/helpers.h"
#include "paper/pdf.h"
#include "paper/samples_test.h"

namespace paper {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const StampText text{.agency = "ỦY BAN NHÂN DÂN XÃ BÌNH MINH",
                     .number = "0123",
                     .date = "25/08/2026",
                     .forward_to = "Phòng Văn hóa - Xã hội",
                     .file_notation = "01.VP"};

struct Edges {
    int left = 1'000'000;
    int top = 1'000'000;
    int right = -1;
    int bottom = -1;
};

/// Where ink stands on page 1, in millimetres.
Edges edges(const std::string& pdf) {
    const auto ink = pdf::ink(pdf, 1, {});
    Edges edges;
    if (!ink) return edges;
    for (int y = 0; y < ink->height; ++y)
        for (int x = 0; x < ink->width; ++x) {
            if (!ink->at(x, y)) continue;
            edges = {std::min(edges.left, x), std::min(edges.top, y), std::max(edges.right, x),
                     std::max(edges.bottom, y)};
        }
    return edges;
}

class Stamp : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { helpers_ = std::make_unique<Helpers>(samples::settings()); }
    static void TearDownTestSuite() { helpers_.reset(); }
    static std::string copy(const std::string& original, const StampPosition& position) {
        const std::string path = samples::scratch("copy.pdf");
        const auto done = helpers_->stamped_copy(Source::memory(original), text, position, {path});
        return done ? samples::read_file(path) : "failed: " + done.error().message;
    }
    static std::string page_text(const std::string& pdf) {
        const auto result = helpers_->extract_text(Source::memory(pdf), FileType::pdf);
        return result ? result->text : "failed: " + result.error().message;
    }
    static inline std::unique_ptr<Helpers> helpers_;
};

TEST_F(Stamp, HasTheDecreesSizeAndWords) {
    const auto pdf = arrival_stamp(text, {});
    ASSERT_TRUE(pdf) << pdf.error().message;
    const auto picture = helpers_->page_picture(Source::memory(*pdf), 1, {.dpi = 254});
    ASSERT_TRUE(picture);
    EXPECT_NEAR(picture->width, 500, 1) << "50 mm";
    EXPECT_NEAR(picture->height, 350, 1) << "35 mm";
    for (const char* words : {"ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH", "ĐẾN", "Số: 0123", "Ngày: 25/08/2026",
                              "Chuyển: Phòng Văn hóa - Xã hội", "Số và ký hiệu HS: 01.VP"})
        EXPECT_THAT(page_text(*pdf), HasSubstr(words));
}

TEST_F(Stamp, LeavesDotsWhereNothingIsKnown) {
    const auto pdf = arrival_stamp({.agency = "SỞ NỘI VỤ"}, {});
    ASSERT_TRUE(pdf);
    EXPECT_THAT(page_text(*pdf), HasSubstr("Chuyển:"));
    EXPECT_THAT(page_text(*pdf), Not(HasSubstr("0123")));
}

TEST_F(Stamp, LongWordsStayInside) {
    std::string endless;
    for (int i = 0; i < 40; ++i) endless += "Trung tâm Phục vụ ";
    const auto pdf = arrival_stamp({endless, endless, endless, endless, endless}, {});
    ASSERT_TRUE(pdf);
    const auto ink = pdf::ink(*pdf, 1, {});
    ASSERT_TRUE(ink);
    for (int y = 1; y < 34; ++y) {
        EXPECT_TRUE(y == 9 || !ink->at(1, y)) << "the space inside the frame, left, at " << y << " mm";
        EXPECT_TRUE(y == 9 || !ink->at(48, y)) << "right, at " << y << " mm";
    }
}

TEST_F(Stamp, MissingFontsAreTold) {
    const auto pdf = arrival_stamp(text, {.directory = "/nowhere"});
    ASSERT_FALSE(pdf);
    EXPECT_EQ(pdf.error().message, "paper.no_fonts");
}

TEST_F(Stamp, StandsWhereItIsPutHoweverThePageIsTurned) {
    constexpr const char* a4 = "[0 0 595.28 841.89]";
    const std::string pages[] = {
        samples::turned_pdf(0, a4),
        samples::turned_pdf(90, a4),
        samples::turned_pdf(180, a4),
        samples::turned_pdf(-90, a4),
        samples::turned_pdf(450, a4),
        samples::turned_pdf(0, "[100 -50 695 792]"),
        samples::turned_pdf(270, "[100 -50 695 792]"),
        samples::turned_pdf(0, "[595 842 0 0]"),
        samples::turned_pdf(0, "[0 0 1000 1000]", "/CropBox [200 100 795 942]"),
        samples::turned_pdf(90, "[0 0 1000 1000]", "/CropBox [200 100 795 942]"),
        samples::turned_pdf(0, "[0 0 595 842]", "/CropBox [-100 -100 900 900]"),
    };
    for (const std::string& page : pages) {
        const std::string stamped = copy(page, {.place = StampPlace::chosen, .left = 30, .top = 60});
        const Edges found = edges(stamped);
        EXPECT_NEAR(found.left, 30, 1) << page;
        EXPECT_NEAR(found.top, 60, 1) << page;
        EXPECT_NEAR(found.right, 79, 1) << page;
        EXPECT_NEAR(found.bottom, 94, 1) << page;
        EXPECT_THAT(page_text(stamped), HasSubstr("ĐẾN"));
    }
}

TEST_F(Stamp, UserUnitsAreMinded) {
    // Half the numbers, twice the unit: the same sheet on paper. poppler shows the numbers.
    const std::string stamped = copy(samples::turned_pdf(0, "[0 0 297.64 420.94]", "/UserUnit 2"),
                                     {.place = StampPlace::chosen, .left = 30, .top = 60});
    const Edges found = edges(stamped);
    EXPECT_NEAR(found.left, 15, 1);
    EXPECT_NEAR(found.right, 39, 1);
}

TEST_F(Stamp, StaysOnThePage) {
    const std::string page = samples::turned_pdf(0, "[0 0 595.28 841.89]");
    const Edges corner = edges(copy(page, {.place = StampPlace::chosen, .left = 500, .top = -20}));
    EXPECT_NEAR(corner.right, 209, 1);
    EXPECT_NEAR(corner.top, 0, 1);
    EXPECT_NEAR(edges(copy(page, {.place = StampPlace::top_right})).right, 204, 1);
    EXPECT_NEAR(edges(copy(page, {.place = StampPlace::top_left})).left, 5, 1);
    EXPECT_EQ(copy(samples::turned_pdf(0, "[0 0 100 400]"), {}), "failed: paper.stamp_too_big");
}

TEST_F(Stamp, LooksForEmptyPaper) {
    pdf::Ink ink;
    ink.width = 210;
    ink.height = 297;
    ink.cells.resize(210 * 297);
    const auto write = [&](int left, int top, int right, int bottom) {
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x) ink.cells[static_cast<std::size_t>(y * 210 + x)] = true;
    };
    const Spot free = empty_paper(ink, {25, 48}, 50, 35);
    EXPECT_NEAR(free.left, 25, 1);
    EXPECT_NEAR(free.top, 48, 1);
    write(0, 0, 210, 60);
    const Spot below = empty_paper(ink, {25, 48}, 50, 35);
    EXPECT_NEAR(below.left, 25, 1);
    EXPECT_NEAR(below.top, 61, 1) << "straight down";
    write(0, 70, 40, 297);
    const Spot aside = empty_paper(ink, {25, 48}, 50, 35);
    EXPECT_NEAR(aside.left, 41, 1);
    EXPECT_NEAR(aside.top, 61, 1);
    write(0, 0, 210, 297);
    const Spot nowhere = empty_paper(ink, {25, 48}, 50, 35);
    EXPECT_NEAR(nowhere.left, 25, 1) << "all alike: where it belongs";
    EXPECT_NEAR(nowhere.top, 48, 1);
}

TEST_F(Stamp, CopyIsReproducibleAndTheOriginalUntouched) {
    const std::string original = samples::pdf({"Công văn đến", "Trang hai"});
    const std::string before = original;
    const std::string stamped = copy(original, {});
    EXPECT_EQ(original, before);
    EXPECT_EQ(stamped, copy(original, {}));
    EXPECT_THAT(page_text(stamped), HasSubstr("Công văn đến"));
    EXPECT_THAT(page_text(stamped), HasSubstr("Trang hai"));
}

TEST_F(Stamp, SignaturesClaimNothingInTheCopy) {
    const std::string stamped = copy(
        samples::pdf_of_objects(
            {"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> /Perms << /DocMDP 5 0 R >> >>",
             "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
             "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>",
             "<< /Type /Annot /Subtype /Widget /FT /Sig /T (S) /Rect [0 0 0 0] /P 3 0 R /V 5 0 R >>",
             "<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <00> >>"}),
        {});
    ASSERT_TRUE(stamped.starts_with("%PDF"));
    for (const char* sign : {"/SigFlags", "/DocMDP", "/ByteRange", "/FT /Sig"})
        EXPECT_THAT(stamped, Not(HasSubstr(sign)));
}

TEST_F(Stamp, RefusesWhatCantBeOpened) {
    EXPECT_EQ(copy(samples::encrypted_pdf("secret"), {}), "failed: paper.unreadable_encrypted");
    EXPECT_EQ(copy("no PDF", {}), "failed: paper.unreadable_damaged");
    EXPECT_EQ(copy("", {}), "failed: paper.unreadable_damaged");
    EXPECT_FALSE(std::filesystem::exists(samples::scratch("copy.pdf")));
    EXPECT_THAT(page_text(copy(samples::encrypted_pdf(""), {})), HasSubstr("ĐẾN")) << "only its owner is locked out";
}

TEST_F(Stamp, AFullDiskIsNoFaultOfTheFile) {
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ASSERT_GE(full, 0);
    const auto lost = helpers_->stamped_copy(Source::memory(samples::pdf({"a"})), text, {}, {.descriptor = full});
    ::close(full);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, ErrorCode::internal);
}

TEST_F(Stamp, BrokenResourcesAreMended) {
    for (const char* more : {"/Resources 7", "/Resources << /XObject 7 >>", "/Resources << /XObject null >>"})
        EXPECT_THAT(page_text(copy(samples::turned_pdf(0, "[0 0 595 842]", more), {})), HasSubstr("ĐẾN")) << more;
}

TEST_F(Stamp, NeverWritesOverAFile) {
    const std::string path = samples::scratch("copy.pdf");
    ASSERT_TRUE(helpers_->stamped_copy(Source::memory(samples::pdf({"a"})), text, {}, {path}));
    EXPECT_FALSE(helpers_->stamped_copy(Source::memory(samples::pdf({"a"})), text, {}, {path}));
    EXPECT_TRUE(samples::read_file(path).starts_with("%PDF")) << "the first one stays";
}

}  // namespace
}  // namespace paper
