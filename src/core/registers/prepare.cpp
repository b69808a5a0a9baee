#include "core/registers/declaration.h"

namespace registers {
namespace {

class Preparing {
  public:
    explicit Preparing(const Declaration& declaration)
        : declaration_(declaration), environment_(declaration.environment()) {}

    std::map<std::string, expression::Pointer, std::less<>> all() {
        add(declaration_.title_expression);
        for (const Field& field : declaration_.fields)
            for (const std::string& text : {field.default_value, field.computed, field.visible_when}) add(text);
        for (const Action& action : declaration_.actions) add(action);
        for (const Actor& actor : declaration_.create) add(actor.when);
        for (const auto& [actor, states] : declaration_.edit) add(actor.when);
        for (const Actor& actor : declaration_.see) add(actor.when);
        for (const Check& check : declaration_.checks) add(check.when_not);
        for (const Warning& warning : declaration_.warn) add(warning.when);
        if (declaration_.sealed) add(declaration_.sealed->when);
        for (const auto& [code, queue] : declaration_.queues) add(queue.when, declaration_.queue_environment());
        for (const auto& [code, counter] : declaration_.counters) add(counter.second);
        return std::move(parsed_);
    }

  private:
    void add(const std::string& text) { add(text, environment_); }
    void add(const std::string& text, const expression::Environment& environment) {
        if (text.empty() || parsed_.contains(text)) return;
        if (auto parsed = expression::parse(text, environment)) parsed_.emplace(text, std::move(*parsed));
    }
    void add(const Action& action) {
        const expression::Environment environment = declaration_.environment(action);
        add(action.when, environment);
        for (const auto& [field, text] : action.sets) add(text, environment);
        for (const Actor& actor : action.by) add(actor.when, environment);
        for (const OpenedStep& step : action.opens) {
            add(step.to.when, environment);
            add(step.when, environment);
        }
    }

    const Declaration& declaration_;
    expression::Environment environment_;
    std::map<std::string, expression::Pointer, std::less<>> parsed_;
};

}  // namespace

void prepare(Declaration& declaration) {
    declaration.prepared =
        std::make_shared<const std::map<std::string, expression::Pointer, std::less<>>>(Preparing(declaration).all());
}

Result<expression::Pointer> Declaration::parsed(std::string_view text) const {
    if (prepared)
        if (const auto found = prepared->find(text); found != prepared->end()) return found->second;
    return expression::parse(text, environment());
}

}  // namespace registers
