#include <algorithm>
#include <cstdlib>
#include <pugixml.hpp>

#include "paper/office.h"
#include "paper/tidy.h"
#include "paper/xml.h"

namespace paper::office {

namespace {

constexpr std::string_view passed_over[] = {
    "tracked-changes", "annotation", "forms", "automatic-styles", "font-face-decls", "scripts", "variable-decls",
    "sequence-decls",  "desc",       "title"};
constexpr int most_repeats = 1000;

/// Walks content.xml. Text outside paragraphs is layout, not content.
class Reader {
  public:
    void read(const pugi::xml_node& node) {
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_element) element(child);
            if (paragraphs_ > 0 && (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata))
                characters(child.value());
        }
    }
    std::string take() { return std::move(text_); }

  private:
    /// Runs of blanks are one blank (ODF 1.3 part 3, 6.1.2).
    void characters(std::string_view value) {
        for (const char letter : value) {
            const bool blank = letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
            if (!blank)
                text_ += letter;
            else if (!text_.empty() && text_.back() != ' ' && text_.back() != '\n')
                text_ += ' ';
        }
    }

    void element(const pugi::xml_node& node) {
        const std::string_view name = local_name(node.name());
        if (std::ranges::find(passed_over, name) != std::end(passed_over)) return;
        if (name == "s") {
            text_.append(static_cast<std::size_t>(std::clamp(node.attribute("text:c").as_int(1), 1, most_repeats)),
                         ' ');
        } else if (name == "tab") {
            text_ += '\t';
        } else if (name == "line-break") {
            text_ += '\n';
        } else if (name == "p" || name == "h") {
            ++paragraphs_;
            read(node);
            --paragraphs_;
            text_ += in_cell_ > 0 ? ' ' : '\n';
        } else if (name == "table-cell") {
            ++in_cell_;
            read(node);
            --in_cell_;
            text_ += '\t';
        } else {
            read(node);
            if (name == "table-row") text_ += '\n';
        }
    }

    std::string text_;
    int paragraphs_ = 0;
    int in_cell_ = 0;
};

Result<void> refuse_encrypted(Zip& zip) {
    constexpr const char* manifest = "META-INF/manifest.xml";
    if (!zip.has(manifest)) return {};
    const Xml xml = TRY(Xml::parse(TRY(zip.read(manifest))));
    for (const pugi::xml_node& entry : xml.document().document_element().children())
        for (const pugi::xml_node& part : entry.children())
            if (local_name(part.name()) == "encryption-data")
                return unreadable(Reason::encrypted, "an encrypted OpenDocument file");
    return {};
}

struct Properties {
    std::string title;
    int pages = 0;
};

Properties properties_of(Zip& zip) {
    const Result<std::string> bytes = zip.has("meta.xml") ? zip.read("meta.xml") : Result<std::string>();
    const Result<Xml> xml = bytes ? Xml::parse(*bytes) : std::unexpected(bytes.error());
    Properties properties;
    if (!xml) return properties;
    for (const pugi::xml_node& node : xml->document().document_element().first_child().children()) {
        const std::string_view name = local_name(node.name());
        if (name == "title") properties.title = tidy(node.child_value());
        if (name == "document-statistic") properties.pages = std::max(0, node.attribute("meta:page-count").as_int());
    }
    return properties;
}

}  // namespace

Result<ExtractedText> open_document_text(std::string_view bytes, const Limits& limits) {
    Zip zip = TRY(Zip::open(bytes, limits));
    TRY(refuse_encrypted(zip));
    const Xml xml = TRY(Xml::parse(TRY(zip.read("content.xml"))));
    Reader reader;
    reader.read(xml.document());
    ExtractedText result = tidy_text(reader.take(), limits);
    const Properties properties = properties_of(zip);
    result.title = properties.title;
    result.pages = properties.pages;
    return result;
}

}  // namespace paper::office
