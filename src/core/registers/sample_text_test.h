#pragma once
#include <string>
#include <string_view>

#include <gtest/gtest.h>

/// Declarations that tests change one thing of.
namespace registers::test {

inline constexpr std::string_view small = R"yaml(register: small
title: {vi: Nhỏ, en: Small}
group: people
fields:
  name: {type: text, required: true, vi: Tên}
  owner: {type: person, vi: Người giữ}
  due: {type: date, vi: Hạn}
create: clerk
see: everyone
)yaml";

/// Every key that there is.
inline constexpr std::string_view whole = R"yaml(
register: task
title: {vi: Công việc, en: Tasks}
basis: Quy chế làm việc
group: steering
icon: check
called: name + " (" + coalesce(number, "") + ")"
fields:
  number: {type: text, vi: Số, en: Number}
  name:
    type: text
    max: 200
    required: true
    search: true
    unique: true
    locked: true
    vi: Tên việc
    en: Name
    help: {vi: Tên ngắn gọn., en: A short name.}
    pattern: "[^0-9].*"
    pattern_says: {vi: Bắt đầu bằng chữ., en: Begin with a letter.}
  detail: {type: long_text, max: 5000, search: true, vi: Nội dung}
  times: {type: integer, min: 0, max: 99, default: 1, vi: Số lần}
  weight: {type: decimal, scale: 2, min: 0.5, max: 9.75, default: 1, vi: Hệ số}
  cost: {type: money, min: 0, vi: Kinh phí}
  begun: {type: date, default: today, vi: Bắt đầu}
  at: {type: time, vi: Giờ}
  open_to_all: {type: yes_no, default: true, vi: Công khai}
  urgency: {type: choice, of: urgencies, default: normal, vi: Độ khẩn}
  tags: {type: choices, choices: {a: {vi: A, en: A}, b: Bê}, default: [a, b], vi: Nhãn}
  owner: {type: person, default: me, vi: Người chịu trách nhiệm}
  post: {type: post, vi: Vị trí}
  team: {type: unit, default: my_unit, vi: Đơn vị}
  partner: {type: agency, vi: Cơ quan phối hợp}
  source: {type: record, of: task, vi: Việc gốc}
  paper: {type: file, vi: Tệp}
  twice: {type: computed, value: score * 2, vi: Gấp đôi}
  score: {type: computed, value: times * weight, vi: Điểm}
  reward: {type: money, visible_when: weight > 1, visible_to: [leader, auditor], vi: Thưởng}
  due: {type: date, vi: Hạn}
  result: {type: text, vi: Kết quả}
form:
  main: {columns: 3, fields: [number, name, detail, owner, due]}
book: {field: number, pattern: "{n:02}/{year}-{urgency.abbreviation}", per: [agency, year, urgency], secrecy: {express: secret}}
states:
  draft: {kind: initial, draft: true}
  open: {vi: Đang làm, en: Open, colour: cyan}
  done: final
actions:
  start:
    vi: Giao việc
    en: Start
    from: draft
    to: open
    by: [clerk, creator, {who: leader over unit, when: open_to_all}]
    when: owner != null
    refused: {vi: Chưa có người chịu trách nhiệm., en: Nobody is responsible yet.}
    needs: [due, instruction]
    opens:
      - {role: lead, to: field owner, instruction: Thực hiện., days: 5, due: due}
    number: true
    within: next_day
    primary: true
    bulk: true
  finish: {from: any, to: done, by: [lead, field owner], needs: reason, sets: {result: reason, due: today}, closes_steps: true}
  reopen: {from: done, to: open, by: leader, danger: true, handled_by: tasks.reopen}
create: [clerk, leader]
edit:
  - creator
  - {who: field owner, in: open}
see: [participant, creator, field owner, agency]
checks:
  - {must: due == null || due >= begun, field: due, vi: Hạn trước ngày bắt đầu., en: Due before it begins.}
warn:
  - {when: "exists(task, name == this.name)", vi: Trùng tên., en: The same name.}
list: [number, name, state]
order: [-begun, name]
queues:
  mine: {vi: Việc của tôi, en: Mine, when: owner == me && state == "open"}
counters:
  late: {vi: Quá hạn, en: Late, when: state == "open" && due < today}
print: task_sheet
keep: {class: cong_viec, years: 10}
)yaml";

/// The text with its first `from` made `to`.
inline std::string with(std::string_view text, std::string_view from, std::string_view to) {
    std::string whole_text(text);
    const std::size_t at = whole_text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? whole_text : whole_text.replace(at, from.size(), to);
}

}  // namespace registers::test
