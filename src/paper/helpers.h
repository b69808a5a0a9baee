#pragma once
#include <memory>
#include <string>

#include "paper/arrival_stamp.h"
#include "paper/descriptor.h"
#include "paper/fonts.h"
#include "paper/request.h"
#include "paper/stamped_copy.h"
#include "paper/types.h"

namespace paper {

/// Where strangers' files are read.
enum class Apart {
    process,  ///< in helper processes behind walls: what a server does
    here,     ///< in this process, without walls or limits of time: for tests of other folders only
};

struct HelperSettings {
    std::string executable = "/proc/self/exe";  ///< it must call helper_main (helper_process.h)
    int count = 2;                              ///< helpers at the same time; started when first needed
    int requests_each = 200;                    ///< after that many a helper is replaced
    std::int64_t queue_milliseconds = 60'000;   ///< how long a request waits for a free helper
    Limits limits;
    FontSettings fonts;
    Apart apart = Apart::process;
};

/// A page's picture is asked by its width in pixels, or by its resolution.
struct PictureSize {
    int pixel_width = 0;
    int dpi = 0;
};

/// Where a made file goes: a path that must not exist yet (0640), or a file already open for writing.
struct Output {
    std::string path;
    int descriptor = -1;
};

/// Reads files that came from outside. Parsing happens in pooled helper processes with limits of time, memory and
/// reach; a helper that dies, hangs or goes over a limit costs that one answer and is replaced. Safe to call from many
/// threads; a call waits for its answer.
///
/// Errors of every call: corrupt "paper.unreadable_*" (see Reason and reason_of), not_found "paper.no_such_file",
/// unavailable "paper.busy" (no helper became free), unavailable "paper.no_helper" (none can be started).
class Helpers {
  public:
    explicit Helpers(HelperSettings settings = {});
    ~Helpers();
    Helpers(const Helpers&) = delete;
    Helpers& operator=(const Helpers&) = delete;

    /// Text of a PDF, DOCX, ODT, XLSX, ODS or plain text file (UTF-8, UTF-16, windows-1258).
    Result<ExtractedText> extract_text(const Source&, FileType) const;
    /// Number of pages of a PDF.
    Result<int> page_count(const Source&) const;
    /// A page of a PDF as PNG, pages from 1. Errors: not_found "paper.no_such_page".
    Result<Picture> page_picture(const Source&, int page, PictureSize) const;
    /// The rows of a table: XLSX (the named sheet, or the first one shown) or CSV (as txt).
    /// Errors: not_found "paper.no_such_sheet".
    Result<Table> read_table(const Source&, FileType, std::string_view sheet = {}) const;
    /// A copy of a PDF with the "ĐẾN" stamp on page 1; the original is not touched (see write_stamped_copy).
    /// Errors: invalid "paper.stamp_too_big", unavailable "paper.no_fonts", internal.
    Result<void> stamped_copy(const Source&, const StampText&, const StampPosition&, const Output&) const;

    /// Helpers alive now, and the walls around them; for the page of the server's state.
    struct State {
        int alive = 0;
        int busy = 0;
        std::int64_t served = 0;
        std::int64_t lost = 0;  ///< helpers that died or were ended over a file
        Walls walls;
    };
    State state() const;

  private:
    struct Pool;
    Result<Answer> run(Request, const Source&, int output) const;

    std::unique_ptr<Pool> pool_;
};

}  // namespace paper
