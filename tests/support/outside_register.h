#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

// A register that no part of the program knows: orders to drive a car, written to a folder as an office would.
namespace congvu::test {

inline constexpr std::string_view driving_orders = R"yaml(register: driving_order
title: {vi: Lệnh điều xe, en: Driving orders}
group: equipment
icon: car
called: purpose + " (" + coalesce(number, "") + ")"

fields:
  number: {type: text, vi: Số lệnh}
  purpose: {type: text, required: true, search: true, max: 80, vi: Mục đích}
  car: {type: choice, required: true, vi: Xe, choices: {seven: {vi: Xe 7 chỗ}, bus: {vi: Xe 29 chỗ}}}
  passengers: {type: integer, required: true, min: 1, max: 29, vi: Số người}
  leaves_on: {type: date, required: true, vi: Ngày đi}
  returned_on: {type: date, vi: Ngày về}
  distance: {type: decimal, scale: 1, min: 0, vi: Quãng đường (km)}
  fuel: {type: computed, value: distance * 0.1, vi: Định mức nhiên liệu}
  remark: {type: text, visible_to: [leader], vi: Nhận xét của lãnh đạo}

form:
  main: {vi: Chuyến đi, columns: 3, fields: [number, purpose, car, passengers, leaves_on]}
  after: {vi: Sau chuyến đi, fields: [returned_on, distance, fuel, remark]}

book: {field: number, pattern: "{n:03}/{year}/LĐX", per: [agency, year], at: action}

states:
  asked: {kind: initial, vi: Đề nghị}
  approved: {vi: Đã duyệt, colour: green}
  over: {kind: final, vi: Đã xong}

actions:
  approve: {from: asked, to: approved, by: leader, when: car == "bus" || passengers <= 7, refused: {vi: Xe 7 chỗ không chở quá 7 người.}, number: true, primary: true}
  finish: {from: approved, to: over, by: creator, needs: [returned_on, distance]}

create: [handler, clerk]
edit: [creator, {who: leader, in: [asked]}]
see: [creator, leader in agency, unit]

checks:
  - {must: returned_on == null || returned_on >= leaves_on, field: returned_on, vi: Ngày về trước ngày đi.}

list: [number, purpose, car, passengers, leaves_on, state]
order: [-leaves_on]
queues:
  to_approve: {vi: Chờ duyệt, when: state == "asked"}
counters:
  away: {vi: Đang đi, when: leaves_on <= today && (returned_on == null || returned_on > today)}
  praised: {vi: Có nhận xét, when: remark != null && leaves_on <= today}
)yaml";

inline constexpr std::string_view driving_samples =
    R"yaml(- {purpose: Đi cơ sở, car: seven, passengers: 4, leaves_on: 2026-08-20}
- {purpose: Đưa đoàn kiểm tra, car: bus, passengers: 20, leaves_on: 2026-08-21, returned_on: 2026-08-22, distance: 310.5, state: over}
)yaml";

inline std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string whole(text);
    const std::size_t at = whole.find(from);
    return at == std::string::npos ? std::string() : whole.replace(at, from.size(), to);
}

/// The same a year later: fuel is called otherwise, a driver is asked for, the leader's remark is gone.
inline std::string driving_orders_later() {
    std::string text = replaced(driving_orders, "vi: Định mức nhiên liệu", "vi: Nhiên liệu (lít)");
    text = replaced(text, "  remark: {type: text, visible_to: [leader], vi: Nhận xét của lãnh đạo}\n",
                    "  driver: {type: text, required: true, max: 60, vi: Lái xe}\n");
    text = replaced(text, "fields: [returned_on, distance, fuel, remark]", "fields: [returned_on, distance, fuel]");
    text = replaced(text, "passengers, leaves_on]}", "passengers, leaves_on, driver]}");
    return replaced(text, "  praised: {vi: Có nhận xét, when: remark != null && leaves_on <= today}\n", "");
}

/// The same with half passengers and a remark in marks: types that changed; without the bus and the state approved.
inline std::string driving_orders_retyped() {
    std::string text = replaced(driving_orders, "passengers: {type: integer, required: true, min: 1, max: 29",
                                "passengers: {type: decimal, scale: 1, required: true, min: 1, max: 29");
    text = replaced(text, "purpose: {type: text, required: true, search: true, max: 80",
                    "purpose: {type: text, required: true, search: true, max: 90");
    text = replaced(text, "remark: {type: text,", "remark: {type: integer,");
    text = replaced(text, ", bus: {vi: Xe 29 chỗ}", "");
    text = replaced(text, "  approved: {vi: Đã duyệt, colour: green}\n", "");
    text = replaced(text, "from: asked, to: approved, by: leader, when: car == \"bus\" || passengers <= 7",
                    "from: asked, by: leader, when: passengers <= 7");
    text = replaced(text, "from: approved, to: over", "from: asked, to: over");
    return replaced(text, "to_approve: {vi: Chờ duyệt, when: state == \"asked\"}",
                    "many: {vi: Đông người, when: passengers >= 4.5}");
}

inline void write_register(const std::filesystem::path& folder, std::string_view yaml,
                           std::string_view samples = driving_samples) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "register.yaml") << yaml;
    std::ofstream(folder / "samples.yaml") << samples;
    std::ofstream(folder / "README.md") << "# Lệnh điều xe\n\nMỗi chuyến xe một lệnh.\n";
}

}  // namespace congvu::test
