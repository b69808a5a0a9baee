#include "paper/samples_test.h"

#include <fstream>
#include <iterator>
#include <unistd.h>
#include <zip.h>

#include <fmt/format.h>

#include "paper/canvas.h"
#include "paper/qpdf_headers.h"

namespace paper::samples {

std::string zip(const Entries& entries) {
    zip_error_t error;
    ::zip_error_init(&error);
    zip_source_t* target = ::zip_source_buffer_create(nullptr, 0, 0, &error);
    ::zip_source_keep(target);
    zip_t* archive = ::zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : entries) {
        zip_source_t* source = ::zip_source_buffer(archive, content.data(), content.size(), 0);
        const zip_int64_t index = ::zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        const auto at = static_cast<zip_uint64_t>(index);
        ::zip_set_file_compression(archive, at, name == "mimetype" ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0);
        ::zip_file_set_mtime(archive, at, 1'700'000'000, 0);
    }
    ::zip_close(archive);
    zip_stat_t state;
    ::zip_source_stat(target, &state);
    std::string bytes(state.size, '\0');
    ::zip_source_open(target);
    ::zip_source_read(target, bytes.data(), bytes.size());
    ::zip_source_close(target);
    ::zip_source_free(target);
    return bytes;
}

namespace {

constexpr const char* head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

std::string relations(const std::string& inner) {
    return std::string(head) +
           "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inner +
           "</Relationships>";
}

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
    return fmt::format(
        "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}\" "
        "Target=\"{}\"/>",
        id, type, target);
}

Entries package(const std::string& main) {
    return {{"[Content_Types].xml",
             std::string(head) + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
            {"_rels/.rels", relations(relation("rId1", "officeDocument", main))}};
}

}  // namespace

std::string docx_of_body(const std::string& body, Entries more) {
    Entries entries = package("word/document.xml");
    entries.emplace_back("word/document.xml",
                         std::string(head) +
                             "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                             "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>" +
                             body + "</w:body></w:document>");
    for (auto& entry : more) entries.push_back(std::move(entry));
    return zip(entries);
}

std::string docx(const std::vector<std::string>& paragraphs) {
    std::string body;
    for (const std::string& text : paragraphs)
        body += "<w:p><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
    return docx_of_body(body);
}

std::string odt(const std::string& body, Entries more) {
    Entries entries{{"mimetype", "application/vnd.oasis.opendocument.text"},
                    {"content.xml",
                     std::string(head) +
                         "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                         "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "
                         "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">"
                         "<office:body><office:text>" +
                         body + "</office:text></office:body></office:document-content>"}};
    for (auto& entry : more) entries.push_back(std::move(entry));
    return zip(entries);
}

std::string xlsx(const std::string& rows, const std::vector<std::string>& strings) {
    Entries entries = package("xl/workbook.xml");
    entries.emplace_back("xl/workbook.xml",
                         std::string(head) +
                             "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                             "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                             "<sheet name=\"Ẩn\" sheetId=\"2\" state=\"hidden\" r:id=\"rId4\"/>"
                             "<sheet name=\"Sổ\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    entries.emplace_back("xl/_rels/workbook.xml.rels",
                         relations(relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                   relation("rId2", "sharedStrings", "sharedStrings.xml") +
                                   relation("rId3", "styles", "/xl/styles.xml") +
                                   relation("rId4", "worksheet", "worksheets/sheet2.xml")));
    std::string items;
    for (const std::string& text : strings) items += "<si><t>" + text + "</t></si>";
    entries.emplace_back("xl/sharedStrings.xml", std::string(head) + "<sst>" + items + "</sst>");
    entries.emplace_back(
        "xl/styles.xml",
        std::string(head) +
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>"
            "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>");
    entries.emplace_back("xl/worksheets/sheet1.xml",
                         std::string(head) + "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
    entries.emplace_back("xl/worksheets/sheet2.xml",
                         std::string(head) +
                             "<worksheet><sheetData><row r=\"1\"><c "
                             "t=\"inlineStr\"><is><t>kín</t></is></c></row></sheetData></worksheet>");
    return zip(entries);
}

std::string pdf_of_objects(const std::vector<std::string>& objects) {
    std::string file = "%PDF-1.7\n";
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        places.push_back(file.size());
        file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
    }
    const std::size_t table = file.size();
    file += fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
    for (const std::size_t place : places) file += fmt::format("{:010} 00000 n \n", place);
    return file + fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, table);
}

std::string pdf(const std::vector<std::string>& texts) {
    Result<Canvas> canvas = Canvas::pdf(210, 297, {});
    if (!canvas) return {};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i > 0) canvas->next_page();
        canvas->text(texts[i], {.points = 14, .align = Align::justify}, {30, 20, 165, 250});
    }
    canvas->title("Công văn về việc thử");
    return canvas->finish().value_or("");
}

std::string turned_pdf(int degrees, const std::string& media_box, const std::string& more) {
    return pdf_of_objects({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                           fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox {} /Rotate {} /Contents 4 0 R {} >>",
                                       media_box, degrees, more),
                           // A state left behind on purpose: restored too often, saved too often, scaled, in white.
                           "<< /Length 30 >>\nstream\nQ q q 5 0 0 5 9 9 cm q 1 g 1 G\nendstream"});
}

std::string encrypted_pdf(const std::string& user_password) {
    const std::string plain = pdf({"Nội dung kín"});
    QPDF file;
    file.processMemoryFile("plain", plain.data(), plain.size());
    QPDFWriter writer(file);
    writer.setOutputMemory();
    writer.setR6EncryptionParameters(user_password.c_str(), "owner", true, true, true, true, true, true, qpdf_r3p_full,
                                     true);
    writer.write();
    const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::string deep_pdf(int depth) {
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>"};
    for (int i = 0; i < depth; ++i) objects.push_back(fmt::format("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", i + 3));
    objects.push_back("<< /Type /Page /MediaBox [0 0 595 842] >>");
    return pdf_of_objects(objects);
}

std::string endless_pdf() {
    constexpr int levels = 10;
    std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
                                     "/Resources << /XObject << /F 5 0 R >> >> >>",
                                     "<< /Length 5 >>\nstream\n/F Do\nendstream"};
    std::string calls;
    for (int i = 0; i < 10; ++i) calls += "/F Do 0 0 595 842 re f\n";
    for (int i = 0; i < levels; ++i)
        objects.push_back(fmt::format(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F {} 0 R >> >> "
            "/Length {} >>\nstream\n{}endstream",
            i + 6, calls.size(), calls));
    objects.push_back(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length 17 >>\nstream\n0 0 595 842 re f\n\nendstream");
    return pdf_of_objects(objects);
}

std::string utf16(std::u16string_view text, bool big) {
    std::string bytes = big ? "\xFE\xFF" : "\xFF\xFE";
    for (const char16_t unit : text) {
        const char high = static_cast<char>(unit >> 8);
        const char low = static_cast<char>(unit & 0xFF);
        bytes += big ? high : low;
        bytes += big ? low : high;
    }
    return bytes;
}

std::filesystem::path root() {
    for (std::filesystem::path place :
         {std::filesystem::read_symlink("/proc/self/exe"), std::filesystem::current_path()})
        for (; place.has_relative_path(); place = place.parent_path())
            if (std::filesystem::exists(place / "CONTRIBUTING.md")) return place;
    return {};
}

HelperSettings settings() {
    HelperSettings settings;
    settings.limits.wall_milliseconds = 60'000;  // a sanitizer on a busy machine is slow
    settings.limits.cpu_seconds = 60;
    return settings;
}

namespace {

std::filesystem::path scratch_directory() {
    return std::filesystem::temp_directory_path() / fmt::format("congvu-paper-{}", ::getpid());
}

}  // namespace

std::string scratch(const std::string& name) {
    std::filesystem::create_directories(scratch_directory());
    const std::filesystem::path file = scratch_directory() / name;
    std::filesystem::remove(file);
    return file.string();
}

void remove_scratch() {
    std::filesystem::remove_all(scratch_directory());
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace paper::samples
