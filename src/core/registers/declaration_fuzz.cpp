#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/registers/choices.h"
#include "core/registers/describe.h"
#include "core/registers/samples.h"

/// Whatever the text: it is refused with a line, or it gives a declaration that can be described and asked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)registers::read_choices(text);
    const auto read = registers::read_declaration(text);
    if (!read) {
        if (read.error().code == ErrorCode::internal) std::abort();
        return 0;
    }
    for (const Language language : {Language::vi, Language::en}) (void)registers::describe(*read, language, {});
    if (read->states.empty() || read->title_expression.empty()) std::abort();
    (void)read->initial_state();
    (void)registers::read_samples(*read, text);
    return 0;
}
