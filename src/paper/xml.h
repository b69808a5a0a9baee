#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "paper/types.h"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace paper {

/// An XML part of an office file, parsed: no document type (so no entities), at most 256 levels.
class Xml {
  public:
    /// Errors: corrupt damaged.
    static Result<Xml> parse(std::string bytes);
    Xml(Xml&&) noexcept;
    ~Xml();
    const pugi::xml_document& document() const { return *document_; }

  private:
    Xml();
    std::unique_ptr<std::string> bytes_;
    std::unique_ptr<pugi::xml_document> document_;
};

/// The name without its prefix: "w:t" is "t". Producers choose prefixes freely, few choose other than the usual.
std::string_view local_name(std::string_view name);

}  // namespace paper
