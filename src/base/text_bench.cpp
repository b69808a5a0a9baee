#include <benchmark/benchmark.h>

#include "base/text.h"

namespace {

std::string long_text() {
    std::string text;
    while (text.size() < 1'000'000)
        text += "Quyết định số 12/QĐ-UBND ngày 05 tháng 6 năm 2026 của Ủy ban nhân dân về việc phê duyệt hoà giải. ";
    return text;
}

template <class Work>
void over_long_text(benchmark::State& state, Work work) {
    const std::string text = long_text();
    for (auto _ : state) benchmark::DoNotOptimize(work(text));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void copied(benchmark::State& state) {
    over_long_text(state, [](std::string_view text) { return std::string(text); });
}
void cleaned(benchmark::State& state) {
    over_long_text(state, [](std::string_view text) { return clean_text(text); });
}
void exact(benchmark::State& state) {
    over_long_text(state, exact_form);
}
void folded(benchmark::State& state) {
    over_long_text(state, folded_form);
}
void counted(benchmark::State& state) {
    over_long_text(state, length);
}
void in_words(benchmark::State& state) {
    over_long_text(state, [](std::string_view text) {
        WordReader reader(text);
        std::size_t count = 0;
        while (reader.next() != nullptr) ++count;
        return count;
    });
}
void collated(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(collation_key("Về việc phê duyệt kế hoạch cải cách hành chính"));
}

BENCHMARK(copied);
BENCHMARK(cleaned);
BENCHMARK(exact);
BENCHMARK(folded);
BENCHMARK(counted);
BENCHMARK(in_words);
BENCHMARK(collated);

}  // namespace
