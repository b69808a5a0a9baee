#pragma once
#include <array>
#include <random>
#include <string>
#include <vector>

#include "core/expression/expression.h"

namespace expression {

/// Writes random expressions that are right by their types, and random values for the names they use.
class RandomExpression {
  public:
    explicit RandomExpression(unsigned seed) : random_(seed) {}

    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
    template <std::size_t N>
    std::string one_of(const std::array<const char*, N>& words) {
        return words[static_cast<std::size_t>(below(N))];
    }

    std::string boolean(int depth) {
        if (depth <= 0) return one_of<5>({"flag", "true", "false", "(flag == null)", "this.flag"});
        switch (below(15)) {
            case 0:
                return "(" + boolean(depth - 1) + " && " + boolean(depth - 1) + ")";
            case 1:
                return "(" + boolean(depth - 1) + " || " + boolean(depth - 1) + ")";
            case 2:
                return "!" + primary(boolean(depth - 1));
            case 3:
                return "(" + number(depth - 1) + comparison() + number(depth - 1) + ")";
            case 4:
                return "(" + number(depth - 1) + equality() + number(depth - 1) + ")";
            case 5:
                return "(" + date(depth - 1) + comparison() + date(depth - 1) + ")";
            case 6:
                return "(" + date(depth - 1) + equality() + date(depth - 1) + ")";
            case 7:
                return "(" + text(depth - 1) + equality() + text(depth - 1) + ")";
            case 8:
                return "(" + sorted_text() + comparison() + sorted_text() + ")";
            case 9:
                return "(" + anything(depth - 1) + equality() + "null)";
            case 10:
                return "(" + text(depth - 1) + " in " +
                       one_of<4>({"[\"a\", \"b\"]", "[]", "[\"Hòa\", \"đơn\"]", "allowed"}) + ")";
            case 11:
                return "(" + one_of<5>({"kind", "plain", "\"a\"", "word", "\"a\\\"\""}) + " in tags)";
            case 12:
                return one_of<4>({"contains(", "starts_with(", "ends_with(", "alike("}) +
                       one_of<2>({"sorted, ", "word, "}) +
                       one_of<7>({"\"hoa\"", "\"\"", "\"Đ\"", "word", "sorted", "\"ơn\"", "\" H òa\""}) + ")";
            case 13:
                return aggregate_condition();
            default:
                return "if(" + boolean(depth - 1) + ", " + boolean(depth - 1) + ", " + boolean(depth - 1) + ")";
        }
    }

    std::string number(int depth) {
        if (depth <= 0)
            return one_of<14>({"whole", "small", "money", "fine", "finer", "0", "1", "7", "2.5", "-3", "0.0001",
                               "limit", "123456789012", "this.small"});
        switch (below(17)) {
            case 0:
                return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
            case 1:
                return "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
            case 2:
                return "(" + number(depth - 1) + " * " + number(depth - 1) + ")";
            case 3:
                return "(" + number(depth - 1) + " / " + number(depth - 1) + ")";
            case 4:
                return "round(" + number(depth - 1) + ", " + std::to_string(below(5)) + ")";
            case 5:
                return "abs(" + number(depth - 1) + ")";
            case 6:
                return "min(" + number(depth - 1) + ", " + number(depth - 1) + ")";
            case 7:
                return "max(" + number(depth - 1) + ", " + number(depth - 1) + ")";
            case 8:
                return "-" + primary(number(depth - 1));
            case 9:
                return one_of<3>({"year(", "month(", "day("}) + date(depth - 1) + ")";
            case 10:
                return "(" + date(depth - 1) + " - " + date(depth - 1) + ")";
            case 11:
                return "length(" + text(depth - 1) + ")";
            case 12:
                return "coalesce(" + number(depth - 1) + ", " + number(depth - 1) + ")";
            case 13:
                return "if(" + boolean(depth - 1) + ", " + number(depth - 1) + ", " + number(depth - 1) + ")";
            case 14:
                return "count(other, " + inner_condition() + ")";
            case 15:
                return "sum(other, " + one_of<4>({"amount", "share", "amount * 2", "abs(amount)"}) + ", " +
                       inner_condition() + ")";
            default:
                return number(0);
        }
    }

    std::string date(int depth) {
        if (depth <= 0)
            return one_of<6>({"begun", "ended", "today", "date(\"2024-02-29\")", "this.begun", "date(created_at)"});
        switch (below(7)) {
            case 0:
                return "(" + date(depth - 1) + " + " + one_of<5>({"1", "small", "365", "-40", "whole"}) + ")";
            case 1:
                return "(" + date(depth - 1) + " - " + one_of<3>({"30", "small", "3650000"}) + ")";
            case 2:
                return "min(" + date(depth - 1) + ", " + date(depth - 1) + ")";
            case 3:
                return "max(" + date(depth - 1) + ", " + date(depth - 1) + ")";
            case 4:
                return "coalesce(" + date(depth - 1) + ", " + date(depth - 1) + ")";
            case 5:
                return "if(" + boolean(depth - 1) + ", " + date(depth - 1) + ", " + date(depth - 1) + ")";
            default:
                return date(0);
        }
    }

    std::string text(int depth) {
        if (depth <= 0)
            return one_of<9>({"sorted", "plain", "kind", "state", "\"a\"", "\"Hòa\"", "\"\"", "word", "this.sorted"});
        switch (below(4)) {
            case 0:
                return "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
            case 1:
                return "coalesce(" + text(depth - 1) + ", " + text(depth - 1) + ")";
            case 2:
                return "if(" + boolean(depth - 1) + ", " + text(depth - 1) + ", " + text(depth - 1) + ")";
            default:
                return text(0);
        }
    }

    std::string anything(int depth) {
        switch (below(5)) {
            case 0:
                return number(depth);
            case 1:
                return date(depth);
            case 2:
                return text(depth);
            case 3:
                return boolean(depth);
            default:
                return one_of<3>({"tags", "created_at", "kind"});
        }
    }

  private:
    /// What may follow a sign: a single word or something in brackets.
    static std::string primary(const std::string& inside) { return "(" + inside + ")"; }
    std::string comparison() { return one_of<4>({" < ", " <= ", " > ", " >= "}); }
    std::string equality() { return one_of<3>({" == ", " != ", " == "}); }
    std::string sorted_text() { return one_of<5>({"sorted", "\"Hoa\"", "\"đơn\"", "word", "this.sorted"}); }
    std::string aggregate_condition() {
        return below(2) == 0 ? "exists(other, " + inner_condition() + ")"
                             : "(count(other, " + inner_condition() + ") > " + std::to_string(below(4)) + ")";
    }
    std::string inner_condition() {
        switch (below(6)) {
            case 0:
                return "label == this.sorted";
            case 1:
                return "label == this.sorted && place == \"open\"";
            case 2:
                return "amount > this.small || this.flag";
            case 3:
                return "year(day_of) == year(this.begun)";
            case 4:
                return "day_of + 30 < today";
            default:
                return "!(share > 1.5) && place != this.state";
        }
    }

    std::mt19937 random_;
};

}  // namespace expression
