#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"

namespace paper {

/// What a file is by its content, whatever its name says. `doc` is any OLE file (.doc, .xls, an encrypted .docx);
/// `zip` is a ZIP that is none of the office files.
enum class FileType { unknown, pdf, docx, odt, xlsx, ods, doc, png, jpeg, txt, zip };
BOOST_DESCRIBE_ENUM(FileType, unknown, pdf, docx, odt, xlsx, ods, doc, png, jpeg, txt, zip)

/// Why a file that came in can't be read. The file is kept and marked; it is never dropped for this.
enum class Reason {
    damaged,      ///< its bytes are not what its type says
    encrypted,    ///< it opens with a password only
    too_slow,     ///< reading it took longer than the limit
    too_large,    ///< it, or what it unpacks to, is over a limit of size, count or memory
    crashed,      ///< the reader died on it: treat the file with suspicion
    unsupported,  ///< nothing here reads this type
};
BOOST_DESCRIBE_ENUM(Reason, damaged, encrypted, too_slow, too_large, crashed, unsupported)

/// A failure corrupt "paper.unreadable_<reason>"; `detail` is for the log.
std::unexpected<Error> unreadable(Reason, std::string_view detail);
/// The reason of a failure made by `unreadable`; none for any other failure.
std::optional<Reason> reason_of(const Error&);
std::string_view name_of(Reason);

/// Bounds of one request. Over a bound is too_slow or too_large, or a shortened text where that is said.
struct Limits {
    std::int64_t wall_milliseconds = 20'000;
    std::int64_t cpu_seconds = 15;
    std::int64_t memory_bytes = 1LL << 30;  ///< address space beside the file itself; not under sanitizers
    std::int64_t input_bytes = 512LL << 20;
    std::int64_t unpacked_bytes = 256LL << 20;  ///< all entries of an office file together
    std::int64_t text_bytes = 16LL << 20;       ///< text is cut there and marked as cut
    std::int64_t answer_bytes = 128LL << 20;    ///< picture or table handed back
    std::int64_t output_bytes = 1LL << 30;      ///< file written
    std::int64_t pixels = 40'000'000;           ///< of a page's picture
    std::int64_t rows = 200'000;
    std::int64_t columns = 256;
};
BOOST_DESCRIBE_STRUCT(Limits, (),
                      (wall_milliseconds, cpu_seconds, memory_bytes, input_bytes, unpacked_bytes, text_bytes,
                       answer_bytes, output_bytes, pixels, rows, columns))

/// The text of a file: clean UTF-8, NFC, lines ended by line feed.
struct ExtractedText {
    std::string text;
    int pages = 0;           ///< 0 where the file does not say
    bool truncated = false;  ///< the limit of text or time cut it
    std::string title;       ///< as the file's properties say, often empty
};

struct Picture {
    std::string png;
    int width = 0;
    int height = 0;
};

/// Rows of a table file as strings: dates as "2026-08-25", numbers plain with a point, empty cells empty.
/// Rows may differ in length; rows that are wholly empty are left out.
struct Table {
    std::string sheet;                ///< name of the sheet read, empty for CSV
    std::vector<std::string> sheets;  ///< all of them, empty for CSV
    std::vector<std::vector<std::string>> rows;
    std::vector<int> row_numbers;  ///< of each row in the file, from 1, for messages
};
BOOST_DESCRIBE_STRUCT(Table, (), (sheet, sheets, rows, row_numbers))

/// Points are 1/72 inch.
constexpr double points_per_millimetre = 72.0 / 25.4;

}  // namespace paper
