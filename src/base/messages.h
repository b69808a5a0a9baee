#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/resources.h"
#include "base/result.h"

/// The languages a person can choose. Vietnamese is the source, English the second.
enum class Language { vi, en };

namespace messages {
/// The text of a message code with its {arguments} filled. Texts stand in messages.json of each source folder.
/// An unknown code is shown as itself, so that nothing is hidden; `./dev check` finds it first.
std::string text(Language, std::string_view code, const std::vector<MessageArgument>& arguments = {});
std::string text(Language, const Error&);
/// Adds an argument in both languages, "left" and "left.en", as `in(Language)` gives it.
template <class In>
void add_in_both(std::vector<MessageArgument>& arguments, std::string_view name, In in) {
    arguments.push_back({std::string(name), in(Language::vi)});
    arguments.push_back({std::string(name) + ".en", in(Language::en)});
}
/// The same of a text by its code.
inline void add_text(std::vector<MessageArgument>& arguments, std::string_view name, std::string_view code) {
    add_in_both(arguments, name, [&](Language language) { return text(language, code); });
}
/// Codes that lack a language, or whose languages differ in their arguments: empty when all is well.
std::vector<std::string> faults();
/// The same of other files than those built in.
std::vector<std::string> faults(std::span<const Resource> files);
}  // namespace messages
