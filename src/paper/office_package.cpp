#include <pugixml.hpp>

#include "paper/office.h"
#include "paper/xml.h"

namespace paper::office {

namespace {

std::string relations_of(std::string_view part) {
    const std::size_t slash = part.rfind('/');
    const std::string_view folder = slash == std::string_view::npos ? "" : part.substr(0, slash + 1);
    return std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
}

/// "worksheets/sheet1.xml" beside "xl/workbook.xml" is "xl/worksheets/sheet1.xml". A way upwards leads nowhere:
/// no entry has such a name.
std::string resolve(std::string_view part, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    const std::size_t slash = part.rfind('/');
    return std::string(slash == std::string_view::npos ? "" : part.substr(0, slash + 1)) + std::string(target);
}

}  // namespace

Result<std::string> related_part(Zip& zip, std::string_view part, std::string_view type) {
    const std::string name = relations_of(part);
    if (!zip.has(name)) return std::string();
    const Xml xml = TRY(Xml::parse(TRY(zip.read(name))));
    for (const pugi::xml_node& relation : xml.document().document_element().children())
        if (std::string_view(relation.attribute("Type").value()).ends_with(type))
            return resolve(part, relation.attribute("Target").value());
    return std::string();
}

Result<std::map<std::string, std::string>> related_parts(Zip& zip, std::string_view part) {
    std::map<std::string, std::string> targets;
    const std::string name = relations_of(part);
    if (!zip.has(name)) return targets;
    const Xml xml = TRY(Xml::parse(TRY(zip.read(name))));
    for (const pugi::xml_node& relation : xml.document().document_element().children())
        targets[relation.attribute("Id").value()] = resolve(part, relation.attribute("Target").value());
    return targets;
}

Result<ExtractedText> ole_text(std::string_view bytes) {
    // Names of streams are UTF-16; an encrypted office file keeps its package in a stream of this name
    // (MS-OFFCRYPTO 2.3).
    std::string name;
    for (const char letter : std::string_view("EncryptedPackage")) name.append({letter, '\0'});
    if (bytes.find(name) != std::string_view::npos) return unreadable(Reason::encrypted, "an encrypted office file");
    return unreadable(Reason::unsupported, "an OLE file");
}

}  // namespace paper::office
