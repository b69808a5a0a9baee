#include <cstdlib>

#include "paper/office.h"
#include "paper/spreadsheet.h"
#include "paper/tables.h"
#include "paper/tidy.h"

namespace {

/// A table read once and written as CSV is read as the same rows.
void read_again(const paper::Table& table) {
    std::size_t columns = 1;
    for (const auto& row : table.rows) columns = std::max(columns, row.size());
    const paper::CsvWriter writer{std::vector<paper::Column>(columns)};
    std::string file = "\xEF\xBB\xBF";
    for (const auto& row : table.rows) file += writer.line(std::vector<paper::Cell>(row.begin(), row.end()));
    const auto again = paper::read_csv(file, {});
    if (!again || again->rows != table.rows) std::abort();
}

}  // namespace

/// Whatever the bytes are, they are a table or there is a reason.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    paper::Limits limits;
    limits.unpacked_bytes = 1 << 20;
    if (const auto table = paper::read_csv(bytes, limits)) read_again(*table);
    if (const auto table = paper::read_xlsx(bytes, "", limits))
        for (const auto& row : table->rows)
            for (const std::string& cell : row)
                if (!paper::is_utf8(cell)) std::abort();
    return 0;
}
