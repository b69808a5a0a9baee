#pragma once
#include "paper/pdf.h"

namespace paper {

/// Millimetres from the left and top of the shown page.
struct Spot {
    double left = 0;
    double top = 0;
};

/// The place near `wanted`, in the upper half of the page, where a rectangle of `width` x `height` millimetres covers
/// the least: empty paper when there is some, else where it hides little. `wanted` when nothing is better.
Spot empty_paper(const pdf::Ink& ink, const Spot& wanted, double width, double height);

}  // namespace paper
