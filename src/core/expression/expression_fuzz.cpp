#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/expression/expression.h"

using namespace expression;

/// Whatever the text: it is refused, or it compiles where it says it does, and memory gives a value of its type.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Source other{
        "r_other", {{{"label", {Type::text, "r.label", "r.label_key"}}, {"amount", {Type::integer, "r.amount"}}}, {}}};
    static const Environment environment{{{"a", {Type::integer, "r.a"}},
                                          {"b", {Type::decimal, "r.b", "", 2}},
                                          {"t", {Type::text, "r.t", "r.t_key", 0, "r.t_folded"}},
                                          {"d", {Type::date, "r.d"}},
                                          {"f", {Type::boolean, "r.f"}},
                                          {"l", {Type::list_of_text, "r.l"}},
                                          {"at", {Type::instant, "record.created_at"}},
                                          {"today", {Type::date}}},
                                         [](std::string_view code) { return code == "o" ? &other : nullptr; }};
    static const Values values{{"a", Decimal{999'999'999'999'999, 0}},
                               {"b", Decimal{-1, 2}},
                               {"t", std::string("Hòa")},
                               {"d", LocalDate::of(9999, 12, 31)},
                               {"f", Value()},
                               {"l", std::vector<std::string>{"x"}},
                               {"at", Instant{}},
                               {"today", LocalDate::of(2026, 8, 25)}};
    const auto parsed = parse(std::string_view(reinterpret_cast<const char*>(data), size), environment);
    if (!parsed) return 0;
    db::Query query("fuzz");
    const auto compiled = compile(**parsed, {{"today", LocalDate::of(2026, 8, 25)}}, query);
    if (query.poisoned() || (!compiled && compiled.error().message != "expression.memory_only")) std::abort();
    const auto value = evaluate(**parsed, values, [](const Expression&) -> Result<Value> { return Value(); });
    if (!value && value.error().code == ErrorCode::internal) std::abort();
    return 0;
}
