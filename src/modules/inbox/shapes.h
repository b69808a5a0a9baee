#pragma once
#include "core/calendar/calendar.h"
#include "core/steps/steps.h"
#include "modules/inbox/inbox.h"

/// What the inbox and what stands beside it answer with, for OpenAPI and the web's types; they are written by hand.
namespace inbox {

struct Choice {
    std::string code;
    std::string label;
    std::optional<std::string> abbreviation;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (code, label, abbreviation))

struct Party {
    std::string kind;  ///< post, unit, person
    std::int64_t id = 0;
    std::string label;
    std::optional<std::string> detail;
    std::optional<std::string> person;  ///< who filled the post then
};
BOOST_DESCRIBE_STRUCT(Party, (), (kind, id, label, detail, person))

struct Row {
    StepId step;
    RecordId record;
    std::string register_;
    steps::Role role = steps::Role::lead;
    std::string role_label;
    std::string notation, title, author, asked;
    Instant opened_at;
    steps::State state = steps::State::open;
    bool waiting_book = false;
    bool seen = false;
    Party to;
    std::optional<Choice> urgency;  ///< none for an ordinary one
    std::optional<Party> from;
    std::optional<LocalDate> due;
    calendar::DueState due_state = calendar::DueState::none;
};
BOOST_DESCRIBE_STRUCT(Row, (),
                      (step, record, register_, role, role_label, notation, title, author, asked, opened_at, state,
                       waiting_book, seen, to, urgency, from, due, due_state))

struct Page {
    std::vector<Row> items;
    std::optional<std::string> next;
    std::optional<Count> count;
};
BOOST_DESCRIBE_STRUCT(Page, (), (items, next, count))

struct Notice {
    std::int64_t id = 0;
    Instant at;
    std::string text;
    std::string kind;
    bool seen = false;
    std::optional<RecordId> record;
};
BOOST_DESCRIBE_STRUCT(Notice, (), (id, at, text, kind, seen, record))

struct Notices {
    std::vector<Notice> items;
    std::int64_t unseen = 0;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(Notices, (), (items, unseen, next))

struct Phrase {
    std::int64_t id = 0;
    std::string text;
    bool own = false;
};
BOOST_DESCRIBE_STRUCT(Phrase, (), (id, text, own))

struct MenuItem {
    std::string code, label, path;
    std::optional<std::string> icon;
    std::optional<Count> count;
    std::optional<int> level;  ///< 2 stands under the item before it
};
BOOST_DESCRIBE_STRUCT(MenuItem, (), (code, label, path, icon, count, level))

struct MenuGroup {
    std::string code, label;
    std::vector<MenuItem> items;
};
BOOST_DESCRIBE_STRUCT(MenuGroup, (), (code, label, items))

/// Says so in the table of routes.
void describe(service::Routes&);

}  // namespace inbox
