#include <cstdlib>

#include "base/decimal.h"
#include "base/text.h"
#include "base/time.h"

namespace {
void require(bool holds) {
    if (!holds) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::string exact = exact_form(text);
    require(is_utf8(exact) && exact_form(exact) == exact);
    require(folded_form(exact) == folded_form(text));
    std::size_t end = 0;
    for (const Word& word : words(text)) {
        require(end <= word.begin && word.begin < word.end && word.end <= size);
        end = word.end;
    }
    if (const auto clean = clean_text(text)) require(clean_text(*clean) == *clean && length(shorten(*clean, 3)) <= 4);
    collation_key(text);
    if (const auto number = parse_decimal(text)) require(compare(*parse_decimal(to_string(*number)), *number) == 0);
    if (const auto date = parse_date(text)) require(to_string(*date) == text);
    if (const auto instant = parse_instant(text)) require(parse_instant(to_string(*instant)) == *instant);
    return 0;
}
