#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "db/ddl.h"
#include "db/lexer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::size_t length = 0;
    for (const db::Token& token : db::tokens(text)) {
        if (token.text.data() != text.data() + length || token.text.empty()) std::abort();
        length += token.text.size();
    }
    if (length != text.size()) std::abort();
    for (const std::string& statement : db::statements(text)) (void)db::postgresql_ddl(statement);
    (void)db::dollar_parameters(text);
    (void)db::shift_parameters(text, 3);
    (void)db::without_quoted(text);
    return 0;
}
