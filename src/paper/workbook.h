#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "paper/types.h"
#include "paper/zip.h"

namespace paper {

/// An XLSX workbook opened for reading (ECMA-376 part 1, 18). Call it in a helper only.
class Workbook {
  public:
    enum class Shown { yes, hidden };
    struct Sheet {
        std::string name;
        std::string part;
        Shown shown = Shown::yes;
    };
    using Row = std::vector<std::string>;
    /// Gets each row that is not empty, with its number from 1.
    using OnRow = std::function<Result<void>(int number, Row row)>;

    /// The bytes must outlive it. Errors: those of Zip::open, corrupt damaged.
    static Result<Workbook> open(std::string_view bytes, const Limits&);
    const std::vector<Sheet>& sheets() const { return sheets_; }
    /// Errors: corrupt damaged, too_large (over limits.rows or limits.columns), those of `on_row`.
    Result<void> read(const Sheet&, const OnRow& on_row);

  private:
    Workbook(Zip zip, const Limits& limits) : zip_(std::move(zip)), limits_(limits) {}
    Result<void> read_strings(const std::string& part);
    Result<void> read_styles(const std::string& part);

    Zip zip_;
    Limits limits_;
    std::vector<Sheet> sheets_;
    std::vector<std::string> strings_;
    std::vector<bool> dates_;  ///< by style number: its numbers are dates
    int epoch_shift_ = 0;      ///< days to add to serial numbers: 1462 in the calendar of 1904
};

/// "2026-08-25", "2026-08-25 09:30", or "09:30" for a serial number of the calendar of 1900; the number itself outside
/// it.
std::string date_of_serial(double serial);
/// A number as a person writes it: 15 digits, no exponent, a point.
std::string plain_number(std::string_view number);
/// True when a format code shows days, hours or minutes ("dd/mm/yyyy", "[$-42A]h:mm").
bool is_date_format(std::string_view code);

}  // namespace paper
