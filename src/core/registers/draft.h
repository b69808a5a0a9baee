#pragma once
#include "core/registers/block.h"

/// Inside the folder: a declaration while it is read, part by part, each checked where its line is known.
namespace registers {

struct Draft {
    Declaration declaration;
    Faults faults;
    const Surroundings& surroundings;
};

/// What an expression must give, and where it will run.
struct Wanted {
    expression::Type type = expression::Type::boolean;
    int scale = 0;
    /// kept: what it gives is stored, so it may not move with the day, with who asks or with other records.
    enum class Use { one_record, filter, kept } use = Use::one_record;
};

/// The text of an expression, checked; empty when it is absent or wrong.
std::string read_expression(Draft&, const yaml::Node&, const std::string& path, const expression::Environment&,
                            Wanted = {});
std::string read_expression(Draft&, const Block&, std::string_view key, const expression::Environment&, Wanted = {});

/// It looks at the day, at who asks or at other records.
bool moves(const expression::Expression&);

void read_fields(Draft&, const yaml::Node*);
/// After the list, the order and the book are known: which texts get keys, what computed fields stand on.
void finish_fields(Draft&, const yaml::Node*);
void read_form(Draft&, const yaml::Node*);
void read_book(Draft&, const yaml::Node*);
void read_states(Draft&, const yaml::Node*);
void read_actions(Draft&, const yaml::Node*);
/// Every state can be reached from the initial one.
void check_reachable(Draft&, const yaml::Node* states);
void read_access(Draft&, const Block& top);
void read_checks(Draft&, const yaml::Node*);
void read_warnings(Draft&, const yaml::Node*);
void read_sealed(Draft&, const yaml::Node*);
void read_deadline(Draft&, const yaml::Node*);
/// The states named in `changed_in` are the register's.
void check_changed_in(Draft&, const yaml::Node* fields);
void read_queues(Draft&, const yaml::Node*);
void read_counters(Draft&, const yaml::Node*);
void read_list(Draft&, const yaml::Node*);
void read_order(Draft&, const yaml::Node*);

/// "clerk in agency", "field owner", {who: …, when: …}.
std::optional<Actor> read_actor(Draft&, const yaml::Node&, const std::string& path, const expression::Environment&,
                                Wanted::Use = Wanted::Use::one_record);
std::vector<Actor> read_actors(Draft&, const yaml::Node*, const std::string& path, const expression::Environment&,
                               Wanted::Use = Wanted::Use::one_record);
/// A role code of the organisation: clerk, leader …
bool is_role(std::string_view word);
const std::vector<std::string>& roles();
/// lead, support, inform, consult, initial, approve, sign.
const std::vector<std::string>& step_roles();

/// Whether a value of this type can be put in the field.
Wanted wanted_for(const Field&);
std::vector<std::string> field_codes(const Declaration&);
/// Faults a name that is no field.
const Field* require_field(Draft&, std::string_view code, int line, std::string_view path);
/// The label every register uses for this state or action, when there is one (messages.json).
Label usual_label(std::string_view kind, std::string_view code);

}  // namespace registers
