#pragma once
#include "core/calendar/calendar.h"
#include "core/steps/steps.h"
#include "service/routes.h"

/// What the routes of steps answer with, for OpenAPI and the web's types; step_json writes it by hand.
namespace documents {

struct Party {
    std::string kind;  ///< post, unit, person
    std::int64_t id = 0;
    std::string label;
    std::string detail;  ///< the unit of a post
    std::optional<std::string> person;
    std::optional<std::string> on_behalf_of;
};
BOOST_DESCRIBE_STRUCT(Party, (), (kind, id, label, detail, person, on_behalf_of))

struct RecordName {
    RecordId id;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(RecordName, (), (id, title))

struct ExtensionShown {
    LocalDate due;
    std::string reason;
    std::string state;
    std::optional<LocalDate> granted_due;
    std::optional<std::string> decision_reason;
};
BOOST_DESCRIBE_STRUCT(ExtensionShown, (), (due, reason, state, granted_due, decision_reason))

struct Urging {
    std::string text;
    Instant at;
    std::string person;
};
BOOST_DESCRIBE_STRUCT(Urging, (), (text, at, person))

struct ReservedNumber {
    std::int64_t number = 0;
    std::string shown, reason;
};
BOOST_DESCRIBE_STRUCT(ReservedNumber, (), (number, shown, reason))

struct UnitBookShown {
    std::string label;
    std::int64_t number = 0;
    bool waiting = false;
    std::optional<std::vector<ReservedNumber>> reserved;
};
BOOST_DESCRIBE_STRUCT(UnitBookShown, (), (label, number, waiting, reserved))

struct Step {
    StepId id;
    steps::Role role = steps::Role::lead;
    std::string role_label;
    Party to;
    std::string instruction;
    Instant opened_at;
    steps::State state = steps::State::open;
    std::string state_label;
    bool waiting_book = false;
    bool seen = false;
    std::optional<Party> from;
    std::optional<LocalDate> due;
    calendar::DueState due_state = calendar::DueState::none;
    std::optional<Instant> seen_at;
    std::optional<Instant> closed_at;
    std::optional<std::string> closed_by;
    std::optional<std::string> outcome, reason, opinion;
    std::optional<RecordName> result;
    std::optional<ExtensionShown> extension;
    std::optional<boost::json::value> proposal;
    std::optional<std::vector<Urging>> urgings;
    std::optional<UnitBookShown> unit_book;
    std::vector<std::string> may;
    std::vector<Step> children;
};
BOOST_DESCRIBE_STRUCT(Step, (),
                      (id, role, role_label, to, instruction, opened_at, state, state_label, waiting_book, seen, from,
                       due, due_state, seen_at, closed_at, closed_by, outcome, reason, opinion, result, extension,
                       proposal, urgings, unit_book, may, children))

/// Says so in the table of routes.
void describe(service::Routes&);

}  // namespace documents
