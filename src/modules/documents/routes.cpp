#include "base/json.h"
#include "core/files/files.h"
#include "modules/documents/documents.h"
#include "modules/documents/shapes.h"
#include "modules/documents/step_json.h"

namespace documents {

namespace {

using records::Engine;
using service::Asking;
using service::Changing;
using service::Object;

struct Reason {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (reason))

struct Text {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Text, (), (text))

struct Extension {
    LocalDate due;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Extension, (), (due, reason))

struct Decision {
    bool granted = false;
    std::optional<LocalDate> due;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (granted, due, reason))

struct HandOn {
    PartyRef to;
    std::optional<std::string> instruction;
};
BOOST_DESCRIBE_STRUCT(HandOn, (), (to, instruction))

struct BookEntry {
    std::optional<std::int64_t> number;  ///< one reserved in the unit's book; the next one when absent
};
BOOST_DESCRIBE_STRUCT(BookEntry, (), (number))

using Tree = std::vector<Object>;

Result<StepId> step(Changing& changing) {
    return changing.id<StepId>("step");
}
Result<RecordId> record(Changing& changing) {
    return changing.id<RecordId>("record");
}

/// A text that may not be on this server was refused: that it was tried stands in the journal.
template <class Done>
Done traced(Changing& changing, RecordId id, Done done) {
    if (!done && done.error().message == "records.text_above_ceiling")
        changing.if_refused([id, field = done.error().field](const Scope& scope, db::Transaction& tx) {
            return records::journal_refused_text(scope, tx, id, field);
        });
    return done;
}

/// The same of a text given with a step.
Result<void> refuse_text(Changing& changing, const Engine& engine, StepId id, std::string_view field,
                         std::string_view text) {
    const steps::Step found = TRY(steps::find(changing.scope, changing.tx, id));
    const auto on = TRY(records::open(changing.scope, changing.tx, engine, found.record));
    return traced(changing, on.id, records::refuse_text(engine, on, field, text));
}

/// Every change of a step answers with the tree it stands in, as the page shows it.
Result<Tree> tree_of(Changing& changing, const Engine& engine, StepId id) {
    const steps::Step found = TRY(steps::find(changing.scope, changing.tx, id));
    return steps_json(changing.scope, changing.tx, engine, found.record);
}

}  // namespace

void routes(service::Routes& routes, const Engine& engine) {
    constexpr auto use = service::may("use");
    routes.get<Tree>(
        "/api/records/{record}/steps", use,
        [&engine](Asking& a) -> Result<Tree> {
            return steps_json(a.scope, a.reader, engine, TRY(a.id<RecordId>("record")));
        },
        "The tree of steps of a record");
    routes.post<Assignment, Tree>(
        "/api/records/{record}/assignments", use,
        [&engine](Changing& c, const Assignment& sent) -> Result<Tree> {
            const auto id = TRY(record(c));
            TRY(traced(c, id, assign(c.scope, c.tx, engine, id, sent)));
            return steps_json(c.scope, c.tx, engine, id);
        },
        "Assign, or split one's own step further");
    routes.post<Proposal, Tree>(
        "/api/records/{record}/proposal", use,
        [&engine](Changing& c, const Proposal& sent) -> Result<Tree> {
            const auto id = TRY(record(c));
            TRY(traced(c, id, propose(c.scope, c.tx, engine, id, sent)));
            return steps_json(c.scope, c.tx, engine, id);
        },
        "Propose to a leader whom it goes to");
    routes.post<Consultation, Tree>(
        "/api/records/{record}/opinions", use,
        [&engine](Changing& c, const Consultation& sent) -> Result<Tree> {
            const auto id = TRY(record(c));
            TRY(traced(c, id, consult(c.scope, c.tx, engine, id, sent)));
            return steps_json(c.scope, c.tx, engine, id);
        },
        "Ask posts, units or persons for their opinion");
    routes.put<Text, Tree>(
        "/api/steps/{step}/opinion", use,
        [&engine](Changing& c, const Text& sent) -> Result<Tree> {
            const auto id = TRY(step(c));
            TRY(refuse_text(c, engine, id, "text", sent.text));
            TRY(steps::give_opinion(c.scope, c.tx, id, sent.text));
            return tree_of(c, engine, id);
        },
        "Give the opinion asked for");
    routes.put<Reason, Tree>(
        "/api/steps/{step}/return", use,
        [&engine](Changing& c, const Reason& sent) -> Result<Tree> {
            const auto id = TRY(step(c));
            TRY(steps::return_to_giver(c.scope, c.tx, id, sent.reason));
            return tree_of(c, engine, id);
        },
        "Give a step back to its giver");
    routes.put<service::Nothing, Tree>(
        "/api/steps/{step}/taking-back", use,
        [&engine](Changing& c, const service::Nothing&) -> Result<Tree> {
            const auto id = TRY(step(c));
            TRY(steps::take_back(c.scope, c.tx, id));
            return tree_of(c, engine, id);
        },
        "Take back what nobody has acted on");
    routes.put<Finish, Tree>(
        "/api/steps/{step}/finish", use,
        [&engine](Changing& c, const Finish& sent) -> Result<Tree> {
            const auto id = TRY(step(c));
            const auto finished = finish(c.scope, c.tx, engine, id, sent);
            if (!finished && finished.error().message == "documents.above_ceiling")
                c.if_refused([on = TRY(steps::find(c.scope, c.tx, id)).record, file = *sent.file](const Scope& scope,
                                                                                                  db::Transaction& tx) {
                    return files::refuse(scope, tx, on, file, "above_ceiling");
                });
            TRY(finished);
            return tree_of(c, engine, id);
        },
        "Finish a step with its product, result or reason");
    routes.put<service::Nothing, void>(
        "/api/steps/{step}/seen", use,
        [](Changing& c, const service::Nothing&) -> Result<void> { return steps::seen(c.scope, c.tx, TRY(step(c))); },
        "The receiver opened it");
    routes.put<BookEntry, Tree>(
        "/api/steps/{step}/book-entry", use,
        [&engine](Changing& c, const BookEntry& sent) -> Result<Tree> {
            const auto id = TRY(step(c));
            TRY(enter_in_book(c.scope, c.tx, engine, id, sent.number));
            return tree_of(c, engine, id);
        },
        "The unit's clerk has entered it in the unit's book");
    routes.put<HandOn, Tree>(
        "/api/steps/{step}/hand-on", use,
        [&engine](Changing& c, const HandOn& sent) -> Result<Tree> {
            const auto id = TRY(step(c));
            TRY(refuse_text(c, engine, id, "instruction", sent.instruction.value_or("")));
            TRY(steps::hand_on(c.scope, c.tx, id, TRY(subject_of(sent.to, "to")), sent.instruction.value_or("")));
            return tree_of(c, engine, id);
        },
        "Hand one's step to another");
    routes.put<Extension, Tree>(
        "/api/steps/{step}/extension", use,
        [&engine](Changing& c, const Extension& sent) -> Result<Tree> {
            const auto id = TRY(step(c));
            TRY(steps::ask_extension(c.scope, c.tx, id, sent.due, sent.reason));
            return tree_of(c, engine, id);
        },
        "Ask for more time");
    routes.put<Decision, Tree>(
        "/api/steps/{step}/extension/decision", use,
        [&engine](Changing& c, const Decision& sent) -> Result<Tree> {
            const auto id = TRY(step(c));
            TRY(decide_extension(c.scope, c.tx, engine, id, {sent.granted, sent.due, sent.reason.value_or("")}));
            return tree_of(c, engine, id);
        },
        "Decide about more time");
    routes.post<Text, Tree>(
        "/api/steps/{step}/urgings", use,
        [&engine](Changing& c, const Text& sent) -> Result<Tree> {
            const auto id = TRY(step(c));
            TRY(refuse_text(c, engine, id, "text", sent.text));
            TRY(steps::urge(c.scope, c.tx, id, sent.text));
            return tree_of(c, engine, id);
        },
        "Urge (đôn đốc)");
    describe(routes);
}

}  // namespace documents
