#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "paper/arrival_stamp.h"
#include "paper/fonts.h"
#include "paper/stamped_copy.h"
#include "paper/types.h"

namespace paper {

/// What a helper is asked to do with the file that comes beside the request.
enum class Operation { extract_text, page_count, page_picture, read_table, stamped_copy };
BOOST_DESCRIBE_ENUM(Operation, extract_text, page_count, page_picture, read_table, stamped_copy)

struct Request {
    Operation operation = Operation::extract_text;
    FileType type = FileType::unknown;
    Limits limits;
    int page = 1;         ///< page_picture: from 1
    int pixel_width = 0;  ///< page_picture: width wanted, or 0 to go by dpi
    int dpi = 0;
    std::string sheet;  ///< read_table: name, empty for the first that is shown
    StampText stamp;
    StampPosition position;
};
BOOST_DESCRIBE_STRUCT(Request, (), (operation, type, limits, page, pixel_width, dpi, sheet, stamp, position))

struct AnswerArgument {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(AnswerArgument, (), (name, value))

/// What came of it. `error` is empty when it was done.
struct Answer {
    std::string error;   ///< message code
    int error_code = 0;  ///< ErrorCode
    std::vector<AnswerArgument> arguments;
    std::string detail;
    int pages = 0;
    bool truncated = false;
    std::string title;
    int width = 0;
    int height = 0;
    std::string bytes;  ///< the text, the picture or the table; goes beside the JSON
};
BOOST_DESCRIBE_STRUCT(Answer, (), (error, error_code, arguments, detail, pages, truncated, title, width, height))

/// The first frame a helper gets.
struct Greeting {
    FontSettings fonts;
};
BOOST_DESCRIBE_STRUCT(Greeting, (), (fonts))

/// Its answer: which walls stand around it.
struct Walls {
    bool seccomp = false;   ///< no network, no other program, no writing
    bool landlock = false;  ///< reads fonts and shared system files only
};
BOOST_DESCRIBE_STRUCT(Walls, (), (seccomp, landlock))

}  // namespace paper
