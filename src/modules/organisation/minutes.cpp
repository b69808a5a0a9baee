#include <fmt/format.h>

#include "base/text.h"
#include "core/org/settings.h"
#include "modules/organisation/describe.h"
#include "modules/organisation/hand_overs.h"
#include "paper/canvas.h"

namespace organisation {

namespace {

using paper::Align;
using paper::Box;
using paper::Canvas;
using paper::TextStyle;
using paper::Weight;

// A4 with the margins of NĐ 30/2020/NĐ-CP, Phụ lục I: 20 mm above and below, 30 left, 15 right.
constexpr double sheet_width = 210, sheet_height = 297;
constexpr double left = 30, right = 195, top = 20, bottom = 277;
constexpr double width = right - left;

/// The two people with their posts.
struct Side {
    std::string name;
    std::string posts;
    std::string confirmed;
};

struct Minutes {
    std::string superior;
    std::string agency;
    std::string place;
    LocalDate date;
    Side giver;
    Side taker;
    std::vector<HandedStep> work;
};

/// Fills sheets from the top down; what doesn't fit goes on the next.
class Sheet {
  public:
    explicit Sheet(Canvas& canvas) : canvas_(canvas) {}

    void skip(double millimetres) { at_ += millimetres; }
    double at() const { return at_; }

    void paragraph(const std::string& text, const TextStyle& style, double indent = 0) {
        make_room(canvas_.measure(text, style, width - indent).height);
        at_ += canvas_.text(text, style, {left + indent, at_, width - indent, 0}).height + 1.5;
    }
    void make_room(double height) {
        if (at_ + height <= bottom) return;
        canvas_.next_page();
        ++page_;
        at_ = top;
        // From the second page on the number stands above the text, in the middle.
        canvas_.text(std::to_string(page_), {.points = 13, .align = Align::centre}, {left, top - 9, width, 0});
    }
    void heading(const Minutes& minutes) {
        const Box ours{left - 5, at_, 75, 0}, state{left + 68, at_, width - 68 + 5, 0};
        double own = at_;
        if (!minutes.superior.empty())
            own += canvas_.text(upper(minutes.superior), {.points = 12, .align = Align::centre}, ours).height;
        own += canvas_
                   .text(upper(minutes.agency), {.points = 12, .weight = Weight::bold, .align = Align::centre},
                         {ours.left, own, ours.width, 0})
                   .height;
        canvas_.line(ours.left + ours.width * 0.33, own + 0.8, ours.left + ours.width * 0.67, own + 0.8, 0.25);
        double nation = at_;
        nation += canvas_
                      .text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                            {.points = 12, .weight = Weight::bold, .align = Align::centre}, state)
                      .height;
        const TextStyle motto{.points = 13, .weight = Weight::bold, .align = Align::centre};
        const std::string words = "Độc lập - Tự do - Hạnh phúc";
        const double length = canvas_.measure(words, motto, 0).width;
        nation += canvas_.text(words, motto, {state.left, nation, state.width, 0}).height;
        const double middle = state.left + state.width / 2;
        canvas_.line(middle - length / 2, nation + 1.2, middle + length / 2, nation + 1.2, 0.25);
        at_ = std::max(own, nation) + 4;
        // Days below 10 and the months 1 and 2 carry a nought (Phụ lục I, mục II, 4).
        const std::string month = (minutes.date.month() < 3 ? "0" : "") + std::to_string(minutes.date.month());
        const std::string day =
            fmt::format("{}{:02} tháng {} năm {}", minutes.place.empty() ? "Ngày " : minutes.place + ", ngày ",
                        minutes.date.day(), month, minutes.date.year());
        at_ += canvas_
                   .text(day, {.points = 13, .slant = paper::Slant::italic, .align = Align::centre},
                         {state.left, at_, state.width, 0})
                   .height +
               6;
    }
    /// A row of the table; every cell is wrapped in its column.
    void row(const std::vector<std::string>& cells, Weight weight) {
        static constexpr double columns[] = {12, 83, 30, 40};
        static constexpr double pad = 1.5;
        const TextStyle plain{.points = 12, .weight = weight};
        double height = 0;
        const auto style_of = [&](std::size_t i) {
            TextStyle style = plain;
            if (i != 1 || weight == Weight::bold) style.align = Align::centre;
            return style;
        };
        for (std::size_t i = 0; i < cells.size(); ++i)
            height = std::max(height, canvas_.measure(cells[i], style_of(i), columns[i] - 2 * pad).height);
        height += 2 * pad;
        make_room(height);
        double x = left;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            canvas_.frame({x, at_, columns[i], height}, 0.2);
            canvas_.text(cells[i], style_of(i), {x + pad, at_ + pad, columns[i] - 2 * pad, 0});
            x += columns[i];
        }
        at_ += height;
    }
    void signatures(const Minutes& minutes) {
        make_room(45);
        skip(6);
        const double half = width / 2;
        const auto side = [&](double x, const std::string& title, const Side& who) {
            double y = at_;
            y += canvas_.text(title, {.points = 13, .weight = Weight::bold, .align = Align::centre}, {x, y, half, 0})
                     .height +
                 2;
            y += canvas_
                     .text(who.confirmed, {.points = 12, .slant = paper::Slant::italic, .align = Align::centre},
                           {x, y, half, 0})
                     .height;
            canvas_.text(who.name, {.points = 13, .weight = Weight::bold, .align = Align::centre},
                         {x, y + 14, half, 0});
        };
        side(left, "NGƯỜI GIAO", minutes.giver);
        side(left + half, "NGƯỜI NHẬN", minutes.taker);
    }

  private:
    Canvas& canvas_;
    double at_ = top;
    int page_ = 1;
};

std::string due_in_words(const HandedStep& step) {
    return step.due ? to_vietnamese(*step.due) : "Không đặt hạn";
}

Result<std::string> drawn(const Minutes& minutes) {
    Canvas canvas = TRY(Canvas::pdf(sheet_width, sheet_height, {}));
    canvas.title("Biên bản bàn giao công việc");
    Sheet sheet(canvas);
    sheet.heading(minutes);
    sheet.paragraph("BIÊN BẢN", {.points = 14, .weight = Weight::bold, .align = Align::centre});
    sheet.paragraph("Bàn giao công việc", {.points = 14, .weight = Weight::bold, .align = Align::centre});
    sheet.skip(5);
    const TextStyle body{.points = 14, .align = Align::justify, .line_spacing = 1.15};
    for (const auto& [title, side] :
         {std::pair{"Người giao: ", &minutes.giver}, std::pair{"Người nhận: ", &minutes.taker}})
        sheet.paragraph(title + side->name + (side->posts.empty() ? "." : ", " + side->posts + "."), body, 10);
    sheet.paragraph(fmt::format("Hai bên bàn giao {} việc được giao đích danh sau đây:", minutes.work.size()), body,
                    10);
    sheet.skip(2);
    sheet.row({"TT", "Nội dung", "Vai trò", "Hạn xử lý"}, Weight::bold);
    int number = 0;
    for (const HandedStep& step : minutes.work) {
        std::string content = step.title;
        if (!step.instruction.empty()) content += "\n" + shorten(step.instruction, 300);
        sheet.row({std::to_string(++number), content, step.role_label, due_in_words(step)}, Weight::normal);
    }
    sheet.skip(4);
    sheet.paragraph(
        "Việc giao cho vị trí công tác không ghi ở đây: việc đó ở lại với vị trí, người giữ vị trí tiếp tục giải "
        "quyết.",
        body, 10);
    sheet.signatures(minutes);
    return canvas.finish();
}

std::string in_stead(const std::string& who, Instant at) {
    return "(Người giao đã thôi việc; quản trị " + who + " xác nhận thay lúc " + to_string(local_time(at)) + " ngày " +
           to_vietnamese(local_date(at)) + ")";
}

Result<Side> side_of(db::Reader& reader, const Party& who, const std::optional<Instant>& confirmed,
                     const org::Tree& tree, LocalDate on) {
    Side side;
    side.name = who.label;
    const auto person = TRY(org::find_person(reader, {who.id}, on));
    if (!person) return side;
    std::vector<std::string> posts;
    for (const org::Place& place : person->places) {
        if (place.acting) continue;
        const org::Unit* unit = tree.find(place.unit);
        posts.push_back(unit ? place.title + ", " + unit->name : place.title);
    }
    side.posts = join(posts, "; ");
    if (confirmed) {
        side.confirmed = "(Đã xác nhận lúc " + to_string(local_time(*confirmed)) + " ngày " +
                         to_vietnamese(local_date(*confirmed)) + ")";
    } else {
        side.confirmed = "(Chưa xác nhận)";
    }
    return side;
}

}  // namespace

Result<std::string> minutes(const Scope& scope, db::Reader& reader, std::int64_t id) {
    // A paper of the office is in Vietnamese, whoever prints it.
    Scope reading = scope;
    reading.language = Language::vi;
    const HandOver shown = TRY(hand_over(reading, reader, id));
    Minutes minutes;
    minutes.date =
        local_date(shown.taken_at && shown.given_at ? std::max(*shown.taken_at, *shown.given_at) : shown.created_at);
    const auto tree = TRY(org::Tree::load(reader, minutes.date));
    const auto taker = TRY(org::find_person(reader, {shown.to.id}, minutes.date));
    const org::Unit* agency = taker && !taker->places.empty() ? tree->agency_of(taker->places.front().unit) : nullptr;
    if (!agency) agency = tree->find({scope.agency.value});
    if (agency) {
        minutes.agency = agency->name;
        if (const org::Unit* above = agency->parent ? tree->agency_of(agency->parent) : nullptr)
            minutes.superior = above->name;
        minutes.place = TRY(org::setting(reader, {agency->id.value}, "agency_place")).value_or("");
    }
    minutes.giver = TRY(side_of(reader, shown.from, shown.given_at, *tree, minutes.date));
    if (shown.given_by && shown.given_at) minutes.giver.confirmed = in_stead(shown.given_by->label, *shown.given_at);
    minutes.taker = TRY(side_of(reader, shown.to, shown.taken_at, *tree, minutes.date));
    const bool done = shown.state == "done";
    for (const HandedStep& step : *shown.work)
        if (!done || step.moved) minutes.work.push_back(step);
    return drawn(minutes);
}

}  // namespace organisation
