#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "paper/helpers.h"

/// Files made by code for the tests of this folder.
namespace paper::samples {

using Entries = std::vector<std::pair<std::string, std::string>>;

/// A ZIP of these entries, in this order; "mimetype" is stored, the rest deflated.
std::string zip(const Entries&);
/// Word documents: of paragraphs, or of a ready body in XML.
std::string docx(const std::vector<std::string>& paragraphs);
std::string docx_of_body(const std::string& body, Entries more = {});
std::string odt(const std::string& body, Entries more = {});
/// A workbook of one sheet "Sổ" with this sheetData and these shared strings; style 1 is a date, style 2 "dd/mm/yyyy".
std::string xlsx(const std::string& rows, const std::vector<std::string>& strings = {});

/// A PDF of these objects, the first of which is the catalogue (1 0 obj).
std::string pdf_of_objects(const std::vector<std::string>& objects);
/// A4 pages, one a text, drawn by Canvas.
std::string pdf(const std::vector<std::string>& texts);
/// One page with this /Rotate and boxes in points, "[0 0 595 842]".
std::string turned_pdf(int degrees, const std::string& media_box, const std::string& more = {});
std::string encrypted_pdf(const std::string& user_password);
/// Page tree of that depth.
std::string deep_pdf(int depth);
/// Forms that draw one another ten times, ten levels down: it would take years.
std::string endless_pdf();

std::string utf16(std::u16string_view text, bool big);

/// The root of the repository, found upwards from this program or the current directory.
std::filesystem::path root();
/// Settings for helpers in the test program.
HelperSettings settings();
/// A file name in a directory of this test program; a file of that name is removed.
std::string scratch(const std::string& name);
void remove_scratch();
std::string read_file(const std::string& path);

}  // namespace paper::samples
