#include "paper/stamped_copy.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <unistd.h>

#include <fmt/format.h>

#include "paper/empty_paper.h"
#include "paper/pdf.h"
#include "paper/qpdf_headers.h"
#include "paper/types.h"

namespace paper {

namespace {

constexpr double margin = 5 * points_per_millimetre;

/// The disk's fault, not the file's.
struct NotWritten : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Sends the made file to an open one.
class ToFile : public Pipeline {
  public:
    explicit ToFile(int number) : Pipeline("output", nullptr), number_(number) {}
    void write(unsigned char const* data, std::size_t size) override {
        while (size > 0) {
            const ssize_t written = ::write(number_, data, size);
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) throw NotWritten(std::string("write: ") + std::strerror(errno));
            data += written;
            size -= static_cast<std::size_t>(written);
        }
    }
    void finish() override {}

  private:
    int number_;
};

struct Size {
    double width = 0;
    double height = 0;
};

/// The page as it is shown: its box in the file's own units, turned by `quarter` times 90° clockwise.
struct Sheet {
    QPDFObjectHandle::Rectangle box;
    int quarter = 0;
    double unit = 1;  ///< points in one unit of the file (ISO 32000-1, 14.11.2 UserUnit)
    Size shown() const {
        const double width = (box.urx - box.llx) * unit;
        const double height = (box.ury - box.lly) * unit;
        return quarter % 2 == 0 ? Size{width, height} : Size{height, width};
    }
};

QPDFObjectHandle::Rectangle upright(QPDFObjectHandle::Rectangle box) {
    if (box.llx > box.urx) std::swap(box.llx, box.urx);
    if (box.lly > box.ury) std::swap(box.lly, box.ury);
    return box;
}

Result<Sheet> sheet_of(QPDFPageObjectHelper& page, PageBox which) {
    QPDFObjectHandle media = page.getMediaBox();
    QPDFObjectHandle crop = page.getCropBox();
    // A page without a box is taken as letter paper, as every viewer does.
    const QPDFObjectHandle::Rectangle letter(0, 0, 612, 792);
    Sheet sheet{media.isRectangle() ? upright(media.getArrayAsRectangle()) : letter};
    if (which == PageBox::crop && crop.isRectangle()) {
        // What lies outside the medium is not shown (ISO 32000-1, 14.11.2.1).
        const QPDFObjectHandle::Rectangle shown = upright(crop.getArrayAsRectangle());
        const QPDFObjectHandle::Rectangle both(std::max(shown.llx, sheet.box.llx), std::max(shown.lly, sheet.box.lly),
                                               std::min(shown.urx, sheet.box.urx), std::min(shown.ury, sheet.box.ury));
        if (both.llx < both.urx && both.lly < both.ury) sheet.box = both;
    }
    if (sheet.box.llx >= sheet.box.urx || sheet.box.lly >= sheet.box.ury)
        return unreadable(Reason::damaged, "page 1 has no size");
    QPDFObjectHandle turn = page.getAttribute("/Rotate", false);
    if (turn.isInteger()) sheet.quarter = ((turn.getIntValueAsInt() / 90) % 4 + 4) % 4;
    QPDFObjectHandle unit = page.getObjectHandle().getKey("/UserUnit");
    if (unit.isNumber() && unit.getNumericValue() > 0) sheet.unit = unit.getNumericValue();
    return sheet;
}

/// Left and top of the stamp on the shown page, in points.
Size corner(const StampPosition& position, const Size& page, const Size& stamp) {
    constexpr double left_edge = 25 * points_per_millimetre;
    constexpr double under_number = 48 * points_per_millimetre;
    constexpr double under_date = 42 * points_per_millimetre;
    const double right = page.width - stamp.width;
    switch (position.place) {
        case StampPlace::below_number:
            return {left_edge, under_number};
        case StampPlace::below_date:
            return {right - 4 * margin, under_date};
        case StampPlace::top_left:
            return {margin, margin};
        case StampPlace::top_right:
            return {right - margin, margin};
        case StampPlace::chosen:
            break;
    }
    return {position.left * points_per_millimetre, position.top * points_per_millimetre};
}

/// The matrix that puts the form upright on the shown page, its lower left corner at `left`, `bottom` points.
QPDFMatrix placed(const Sheet& sheet, double left, double bottom) {
    const double scale = 1 / sheet.unit;
    const double x = left * scale;
    const double y = bottom * scale;
    const QPDFObjectHandle::Rectangle& box = sheet.box;
    switch (sheet.quarter) {
        case 1:
            return {0, scale, -scale, 0, box.urx - y, box.lly + x};
        case 2:
            return {-scale, 0, 0, -scale, box.urx - x, box.ury - y};
        case 3:
            return {0, -scale, scale, 0, box.llx + y, box.ury - x};
        default:
            return {scale, 0, 0, scale, box.llx + x, box.lly + y};
    }
}

/// Signatures of the original don't hold for the copy: their fields stay as pictures that claim nothing.
void disable_signatures(QPDF& pdf) {
    QPDFObjectHandle root = pdf.getRoot();
    root.removeKey("/Perms");
    QPDFObjectHandle form = root.getKey("/AcroForm");
    if (form.isDictionary()) form.removeKey("/SigFlags");
    for (QPDFObjectHandle object : pdf.getAllObjects()) {
        if (!object.isDictionary() || !object.getKey("/FT").isName() || object.getKey("/FT").getName() != "/Sig")
            continue;
        for (const char* key : {"/FT", "/V", "/SV", "/Lock"}) object.removeKey(key);
    }
}

/// Counts how often a page's drawing saves and restores its state: by no means always alike.
class Balance : public QPDFObjectHandle::ParserCallbacks {
  public:
    void handleObject(QPDFObjectHandle object) override {
        if (!object.isOperator()) return;
        const std::string operation = object.getOperatorValue();
        if (operation == "q") ++depth_;
        if (operation == "Q") lowest_ = std::min(lowest_, --depth_);
    }
    void handleEOF() override {}
    /// How often to save before it, so that it never restores what was not saved, and once more for what it changes.
    int before() const { return 1 - lowest_; }
    /// How often to restore after it.
    int after() const { return before() + depth_; }

  private:
    int depth_ = 0;
    int lowest_ = 0;
};

/// Shuts the page's own drawing in, which may leave any state behind.
void shut_in(QPDF& pdf, QPDFPageObjectHelper& page) {
    static constexpr int most = 10'000;
    Balance balance;
    try {
        page.parseContents(&balance);
    } catch (const QPDFExc&) {
        // A broken drawing is drawn as far as it was read here.
    }
    const auto repeated = [](const char* operation, int times) {
        std::string text = "\n";
        for (int i = 0; i < std::min(times, most); ++i) text += operation;
        return text;
    };
    page.addPageContents(pdf.newStream(repeated("q\n", balance.before())), true);
    page.addPageContents(pdf.newStream(repeated("Q\n", balance.after())), false);
}

Result<void> stamp_first_page(QPDF& pdf, QPDF& stamp_pdf, const StampPosition& position, const pdf::Ink& ink) {
    std::vector<QPDFPageObjectHelper> pages = QPDFPageDocumentHelper(pdf).getAllPages();
    std::vector<QPDFPageObjectHelper> stamp_pages = QPDFPageDocumentHelper(stamp_pdf).getAllPages();
    if (pages.empty()) return unreadable(Reason::damaged, "it has no page");
    if (stamp_pages.empty()) return fail_internal("a stamp without a page");
    QPDFPageObjectHelper& page = pages.front();
    const Sheet sheet = TRY(sheet_of(page, position.box));

    QPDFObjectHandle form = pdf.copyForeignObject(stamp_pages.front().getFormXObjectForPage());
    const auto box = form.getDict().getKey("/BBox").getArrayAsRectangle();
    const Size stamp{box.urx - box.llx, box.ury - box.lly};
    const Size shown = sheet.shown();
    if (stamp.width > shown.width || stamp.height > shown.height)
        return fail(ErrorCode::invalid, "paper.stamp_too_big", "position");
    Size at = corner(position, shown, stamp);
    const bool movable = position.place == StampPlace::below_number || position.place == StampPlace::below_date;
    // The ink was seen on the page as it is shown, in the file's own units.
    if (movable && position.box == PageBox::crop && sheet.unit == 1 && !ink.cells.empty()) {
        constexpr double unit = points_per_millimetre;
        const Spot spot =
            empty_paper(ink, {at.width / unit, at.height / unit}, stamp.width / unit, stamp.height / unit);
        at = {spot.left * unit, spot.top * unit};
    }
    const double left = std::clamp(at.width, 0.0, shown.width - stamp.width);
    const double top = std::clamp(at.height, 0.0, shown.height - stamp.height);
    const QPDFMatrix matrix = placed(sheet, left, shown.height - top - stamp.height);

    QPDFObjectHandle resources = page.getAttribute("/Resources", true);
    if (!resources.isDictionary()) {
        resources = QPDFObjectHandle::newDictionary();
        page.getObjectHandle().replaceKey("/Resources", resources);
    }
    if (!resources.getKey("/XObject").isDictionary())
        resources.replaceKey("/XObject", QPDFObjectHandle::newDictionary());
    int number = 1;
    const std::string name = resources.getUniqueResourceName("/ArrivalStamp", number);
    resources.getKey("/XObject").replaceKey(name, form);
    shut_in(pdf, page);
    page.addPageContents(pdf.newStream(fmt::format("q {} cm {} Do Q\n", matrix.unparse(), name)), false);
    return {};
}

}  // namespace

Result<void> write_stamped_copy(std::string_view original, std::string_view stamp, const StampPosition& position,
                                const pdf::Ink& ink, int output) {
    try {
        // The source of the stamp's objects must live until the copy is written.
        QPDF stamp_pdf;
        stamp_pdf.processMemoryFile("stamp", stamp.data(), stamp.size());
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("original", original.data(), original.size());
        TRY(stamp_first_page(pdf, stamp_pdf, position, ink));
        disable_signatures(pdf);
        ToFile file(output);
        QPDFWriter writer(pdf);
        writer.setOutputPipeline(&file);
        // Encrypted for everybody means encrypted for nobody; only such a file got this far.
        writer.setPreserveEncryption(false);
        writer.setDeterministicID(true);
        writer.write();
        return {};
    } catch (const NotWritten& exception) {
        return fail_internal(exception.what());
    } catch (const QPDFExc& exception) {
        if (exception.getErrorCode() == qpdf_e_password) return unreadable(Reason::encrypted, "it asks for a password");
        if (exception.getErrorCode() == qpdf_e_unsupported) return unreadable(Reason::unsupported, exception.what());
        return unreadable(Reason::damaged, exception.what());
    } catch (const std::exception& exception) {
        return unreadable(Reason::damaged, exception.what());
    }
}

}  // namespace paper
