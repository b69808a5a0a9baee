#include "paper/xml.h"

#include <pugixml.hpp>

#include <fmt/format.h>

namespace paper {

namespace {

constexpr int deepest = 256;

/// Walks without recursion, however deep the file is.
class DepthCheck : public pugi::xml_tree_walker {
  public:
    bool for_each(pugi::xml_node&) override { return depth() < deepest; }
};

}  // namespace

Xml::Xml() : bytes_(std::make_unique<std::string>()), document_(std::make_unique<pugi::xml_document>()) {}
Xml::Xml(Xml&&) noexcept = default;
Xml::~Xml() = default;

Result<Xml> Xml::parse(std::string bytes) {
    Xml xml;
    *xml.bytes_ = std::move(bytes);
    constexpr unsigned options = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype;
    const pugi::xml_parse_result result =
        xml.document_->load_buffer_inplace(xml.bytes_->data(), xml.bytes_->size(), options);
    if (result.status == pugi::status_out_of_memory) return unreadable(Reason::too_large, "xml: out of memory");
    if (!result) return unreadable(Reason::damaged, fmt::format("xml: {} at {}", result.description(), result.offset));
    for (const pugi::xml_node& node : xml.document_->children())
        if (node.type() == pugi::node_doctype)
            return unreadable(Reason::damaged, "xml: a document type is not allowed");
    DepthCheck check;
    if (!xml.document_->traverse(check)) return unreadable(Reason::damaged, "xml: too many levels");
    return xml;
}

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace paper
