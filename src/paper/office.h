#pragma once
#include <map>
#include <string>
#include <string_view>

#include "paper/types.h"
#include "paper/zip.h"

/// Text out of office files. Call these in a helper only; from elsewhere through Helpers.
namespace paper::office {

/// Text of a Word document (ECMA-376): body, then footnotes, endnotes, headers and footers. Deleted text and field
/// codes are left out. Errors: corrupt damaged, encrypted, too_large, unsupported.
Result<ExtractedText> docx_text(std::string_view bytes, const Limits&);

/// Text of an OpenDocument text or spreadsheet (ODF 1.3): one line a paragraph or row, cells parted by tabs.
Result<ExtractedText> open_document_text(std::string_view bytes, const Limits&);

/// Text of a workbook: each sheet's name, then its rows, cells parted by tabs.
Result<ExtractedText> xlsx_text(std::string_view bytes, const Limits&);

/// An OLE file is encrypted (a DOCX or XLSX with a password) or an old .doc or .xls, which nothing here reads.
Result<ExtractedText> ole_text(std::string_view bytes);

/// The target of the first relationship of a type (the end of its URI), "" when there is none (ECMA-376 part 2, 6.5).
/// `part` is the entry the relations belong to, "" for the whole package.
Result<std::string> related_part(Zip&, std::string_view part, std::string_view type);
/// Targets by relationship id.
Result<std::map<std::string, std::string>> related_parts(Zip&, std::string_view part);

}  // namespace paper::office
