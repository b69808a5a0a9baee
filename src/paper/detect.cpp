#include "paper/detect.h"

#include <algorithm>
#include <array>

#include "paper/descriptor.h"
#include "paper/tidy.h"

namespace paper {

namespace {

using namespace std::string_view_literals;

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

constexpr auto local_header = "PK\x03\x04"sv;
constexpr auto central_header = "PK\x01\x02"sv;
constexpr auto end_header = "PK\x05\x06"sv;
constexpr std::size_t local_size = 30;
constexpr std::size_t central_size = 46;
constexpr std::size_t end_size = 22;
constexpr std::size_t longest_comment = 65'535;

/// OpenDocument names itself in its first entry, stored without compression (ODF 1.3, part 2, 3.3).
FileType open_document(std::string_view bytes) {
    if (bytes.size() < local_size || number(bytes, 26, 2) != 8 || bytes.substr(local_size, 8) != "mimetype")
        return FileType::zip;
    const std::size_t extra = number(bytes, 28, 2);
    if (bytes.size() < local_size + 8 + extra) return FileType::zip;
    const std::string_view name = bytes.substr(local_size + 8 + extra, 80);
    if (name.starts_with("application/vnd.oasis.opendocument.text")) return FileType::odt;
    if (name.starts_with("application/vnd.oasis.opendocument.spreadsheet")) return FileType::ods;
    return FileType::zip;
}

/// Office Open XML is told by the folder its main part lies in (ECMA-376 part 2).
FileType open_xml(std::string_view bytes) {
    const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), end_size + longest_comment));
    const std::size_t end = tail.rfind(end_header);
    if (end == std::string_view::npos || tail.size() - end < end_size) return FileType::zip;
    std::size_t at = number(tail, end + 16, 4);
    bool content_types = false;
    FileType type = FileType::zip;
    for (std::uint32_t left = number(tail, end + 10, 2); left > 0; --left) {
        if (at > bytes.size() || bytes.size() - at < central_size || bytes.substr(at, 4) != central_header) break;
        const std::size_t length = number(bytes, at + 28, 2);
        const std::string_view name = bytes.substr(at + central_size, length);
        content_types = content_types || name == "[Content_Types].xml";
        if (name.starts_with("word/") && name.ends_with(".xml")) type = FileType::docx;
        if (name.starts_with("xl/") && name.ends_with(".xml")) type = FileType::xlsx;
        at += central_size + length + number(bytes, at + 30, 2) + number(bytes, at + 32, 2);
    }
    return content_types ? type : FileType::zip;
}

FileType zip_kind(std::string_view bytes) {
    const FileType type = open_document(bytes);
    return type == FileType::zip ? open_xml(bytes) : type;
}

bool is_text(std::string_view bytes) {
    if (bytes.empty()) return false;
    constexpr std::size_t sample_size = 64 << 10;
    const std::string_view sample = cut_at(bytes, sample_size);
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return bytes.size() % 2 == 0;
    return std::ranges::none_of(sample, [](unsigned char byte) {
        return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f') || byte == 0x7F;
    });
}

}  // namespace

FileType detect(std::string_view bytes) {
    constexpr std::size_t junk_before_pdf = 1024;  // ISO 32000-1, Annex H, implementation note 13
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return FileType::png;
    if (bytes.starts_with("\xFF\xD8\xFF")) return FileType::jpeg;
    if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return FileType::doc;
    if (bytes.starts_with(local_header)) return zip_kind(bytes);
    if (bytes.starts_with(end_header)) return FileType::zip;
    if (bytes.substr(0, junk_before_pdf).find("%PDF-") != std::string_view::npos) return FileType::pdf;
    return is_text(bytes) ? FileType::txt : FileType::unknown;
}

Result<FileType> detect_file(const std::string& path) {
    Limits limits;
    limits.input_bytes = std::numeric_limits<std::int64_t>::max();
    const Descriptor file = TRY(open_source(Source::file(path), limits));
    const Mapping mapping = TRY(Mapping::of(file.get()));
    return detect(mapping.bytes());
}

std::string_view media_type(FileType type) {
    switch (type) {
        case FileType::pdf:
            return "application/pdf";
        case FileType::docx:
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        case FileType::xlsx:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        case FileType::odt:
            return "application/vnd.oasis.opendocument.text";
        case FileType::ods:
            return "application/vnd.oasis.opendocument.spreadsheet";
        case FileType::doc:
            return "application/x-ole-storage";
        case FileType::png:
            return "image/png";
        case FileType::jpeg:
            return "image/jpeg";
        case FileType::txt:
            return "text/plain";
        case FileType::zip:
            return "application/zip";
        case FileType::unknown:
            break;
    }
    return "application/octet-stream";
}

}  // namespace paper
