#include <algorithm>
#include <cstdlib>
#include <pugixml.hpp>

#include "paper/office.h"
#include "paper/tidy.h"
#include "paper/xml.h"

namespace paper::office {

namespace {

using namespace std::string_view_literals;

/// Properties, deleted and moved-away text, field codes, and the second telling of a drawing.
constexpr std::string_view passed_over[] = {"pPr",     "rPr",          "tblPr",   "tcPr",     "trPr",
                                            "sectPr",  "tblGrid",      "del",     "moveFrom", "instrText",
                                            "delText", "delInstrText", "Fallback"};

/// Walks a part and collects what a reader would see. The depth is bounded by Xml::parse.
class Reader {
  public:
    void read(const pugi::xml_node& node) {
        for (const pugi::xml_node& child : node.children()) element(child);
    }
    std::string take() { return std::move(text_); }

  private:
    void element(const pugi::xml_node& node) {
        const std::string_view name = local_name(node.name());
        if (std::ranges::find(passed_over, name) != std::end(passed_over)) return;
        if (name == "t") {
            text_ += node.child_value();
        } else if (name == "tab" || name == "ptab") {
            text_ += '\t';
        } else if (name == "br" || name == "cr") {
            text_ += '\n';
        } else if (name == "noBreakHyphen") {
            text_ += '-';
        } else if (name == "sym") {
            text_ += ' ';
        } else {
            read(node);
            if (name == "p") text_ += '\n';
        }
    }

    std::string text_;
};

Result<std::string> read_part(Zip& zip, const std::string& name) {
    const Xml xml = TRY(Xml::parse(TRY(zip.read(name))));
    Reader reader;
    reader.read(xml.document());
    return reader.take();
}

/// The text of a property; broken properties don't matter.
std::string property(Zip& zip, const char* part, std::string_view name) {
    if (!zip.has(part)) return {};
    const Result<std::string> bytes = zip.read(part);
    const Result<Xml> xml = bytes ? Xml::parse(*bytes) : std::unexpected(bytes.error());
    if (!xml) return {};
    for (const pugi::xml_node& node : xml->document().document_element().children())
        if (local_name(node.name()) == name) return node.child_value();
    return {};
}

}  // namespace

Result<ExtractedText> docx_text(std::string_view bytes, const Limits& limits) {
    Zip zip = TRY(Zip::open(bytes, limits));
    std::string main = TRY(related_part(zip, "", "/officeDocument"));
    if (main.empty()) main = "word/document.xml";
    std::string raw = TRY(read_part(zip, main));
    for (const std::string_view kind : {"footnotes"sv, "endnotes"sv, "header"sv, "footer"sv}) {
        const std::string beginning = "word/" + std::string(kind);
        for (const std::string& name : zip.names())
            if (name.starts_with(beginning) && name.ends_with(".xml")) raw += '\n' + TRY(read_part(zip, name));
    }
    ExtractedText result = tidy_text(raw, limits);
    result.title = tidy(property(zip, "docProps/core.xml", "title"));
    result.pages = std::max(0, std::atoi(property(zip, "docProps/app.xml", "Pages").c_str()));
    return result;
}

}  // namespace paper::office
