#pragma once
#include <string_view>

#include "paper/types.h"

/// Reading tables for imports. Call these in a helper only; from elsewhere through Helpers::read_table.
namespace paper {

/// XLSX or (as txt) CSV. Errors: corrupt damaged, encrypted, too_large, unsupported; not_found "paper.no_such_sheet".
Result<Table> read_table(std::string_view bytes, FileType, std::string_view sheet, const Limits&);

/// Rows of a workbook's sheet. Dates by their cell's format, formulas by their last result, true and false in these
/// words.
Result<Table> read_xlsx(std::string_view bytes, std::string_view sheet, const Limits&);

/// RFC 4180, also with semicolons or tabs (told by the first line, or by Excel's "sep=;"), in any encoding decode_text
/// reads. The apostrophe CsvWriter puts before a text that looks like a formula is taken away again.
Result<Table> read_csv(std::string_view bytes, const Limits&);

}  // namespace paper
