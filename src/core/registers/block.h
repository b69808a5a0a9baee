#pragma once
#include <initializer_list>
#include <optional>

#include "base/decimal.h"
#include "core/registers/declaration.h"
#include "core/registers/faults.h"
#include "core/registers/yaml.h"

namespace registers {

/// A number with a point: 1.5 is one and a half in a declaration, never one thousand five hundred.
std::optional<Decimal> plain_number(std::string_view text);
bool is_code(std::string_view text, std::size_t longest);
/// Adds "registers.unknown_…" with the nearest of `known`, when there is one near.
void add_unknown(Faults&, int line, std::string_view message, std::string_view where, std::string_view word,
                 const std::vector<std::string>& known);

/// A map of a declaration with the keys it may have. Whatever else stands there is a fault.
class Block {
  public:
    using Keys = std::initializer_list<std::string_view>;
    Block(Faults&, const yaml::Node&, std::string path, Keys keys);

    const yaml::Node* find(std::string_view key) const;
    std::string path(std::string_view key) const;
    int line(std::string_view key) const;
    int line() const { return node_.line; }
    bool has(std::string_view key) const { return find(key) != nullptr; }

    /// A text of at most `longest` characters; empty when absent.
    std::string text(std::string_view key, std::size_t longest = 300) const;
    bool flag(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most) const;
    std::optional<Decimal> number(std::string_view key) const;
    /// One word or a list of words.
    std::vector<std::string> words(std::string_view key) const;
    /// vi and en standing here; vi is required unless `spare` gives a text.
    Label label(const Label& spare = {}) const;
    /// key: {vi: …, en: …} or key: text; empty when absent.
    Label label_at(std::string_view key) const;

    void fault(std::string_view key, std::string_view message, std::vector<MessageArgument> arguments = {}) const;
    Faults& faults() const { return faults_; }

  private:
    Faults& faults_;
    const yaml::Node& node_;
    std::string path_;
};

/// The words of a node that is one word or a list of them, each with its line.
std::vector<std::pair<std::string, int>> words_of(Faults&, const yaml::Node&, std::string_view path);

}  // namespace registers
