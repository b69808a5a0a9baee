#include "paper/empty_paper.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace paper {

namespace {

/// How many square millimetres of a rectangle are inked, in four look-ups whatever its size.
class InkCount {
  public:
    explicit InkCount(const pdf::Ink& ink) : width_(ink.width + 1), sums_(index(0, ink.height + 1)) {
        for (int y = 0; y < ink.height; ++y)
            for (int x = 0; x < ink.width; ++x)
                sums_[index(x + 1, y + 1)] =
                    sums_[index(x, y + 1)] + sums_[index(x + 1, y)] - sums_[index(x, y)] + (ink.at(x, y) ? 1 : 0);
    }
    /// The rectangle lies on the page.
    int in(int left, int top, int right, int bottom) const {
        return sums_[index(right, bottom)] - sums_[index(left, bottom)] - sums_[index(right, top)] +
               sums_[index(left, top)];
    }

  private:
    std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
    }
    int width_;
    std::vector<int> sums_;
};

}  // namespace

Spot empty_paper(const pdf::Ink& ink, const Spot& wanted, double width, double height) {
    constexpr int air = 1;        // around the stamp
    constexpr int edge = 3;       // of the sheet, where no printer prints
    constexpr int specks = 3;     // a scan is never quite clean
    constexpr int highest = -10;  // millimetres to go up, down and aside
    constexpr int lowest = 80;
    constexpr int sideways = 30;
    constexpr int price = 4;  // of a covered square millimetre, in millimetres of way
    const int across = static_cast<int>(std::ceil(width)) + 2 * air;
    const int down = static_cast<int>(std::ceil(height)) + 2 * air;
    const InkCount count(ink);
    Spot best = wanted;
    int least = std::numeric_limits<int>::max();
    for (int step = highest; step <= lowest; ++step)
        for (int aside = -sideways; aside <= sideways; ++aside) {
            const int left = static_cast<int>(wanted.left) + aside - air;
            const int top = static_cast<int>(wanted.top) + step - air;
            if (left < edge || top < edge || left + across > ink.width - edge || top + down > ink.height / 2) continue;
            const int covered = count.in(left, top, left + across, top + down);
            const int cost = std::abs(step) + 2 * std::abs(aside) + price * std::max(0, covered - specks);
            if (cost >= least) continue;
            least = cost;
            best = {static_cast<double>(left + air), static_cast<double>(top + air)};
        }
    return best;
}

}  // namespace paper
