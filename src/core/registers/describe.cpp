#include "core/registers/describe.h"

#include <boost/json.hpp>

#include "base/messages.h"

namespace registers {
namespace {

using boost::json::array;
using boost::json::object;

std::string_view word(expression::Type type) {
    using expression::Type;
    switch (type) {
        case Type::boolean:
            return "yes_no";
        case Type::integer:
            return "integer";
        case Type::decimal:
            return "decimal";
        case Type::date:
            return "date";
        default:
            return "text";
    }
}

void put(object& into, std::string_view key, const std::string& text) {
    if (!text.empty()) into[key] = text;
}

array texts(const std::vector<std::string>& list) {
    return array(list.begin(), list.end());
}

class Describer {
  public:
    Describer(const Declaration& declaration, Language language, const ChoiceLists& lists)
        : declaration_(declaration), language_(language), lists_(lists) {}

    object whole() const {
        object json{{"code", declaration_.code},
                    {"title", text(declaration_.title)},
                    {"version", declaration_.version},
                    {"group", declaration_.group}};
        put(json, "basis", text(declaration_.basis));
        put(json, "icon", declaration_.icon);
        json["fields"] = each(declaration_.fields, [this](const Field& each) { return field(each); });
        json["form"] = each(declaration_.form, [this](const Section& section) {
            return object{{"code", section.code},
                          {"label", text(section.label)},
                          {"columns", section.columns},
                          {"fields", texts(section.fields)}};
        });
        if (const auto& book = declaration_.book)
            json["book"] = {{"field", book->field},
                            {"pattern", book->pattern},
                            {"per", texts(book->per)},
                            {"at_create", book->at_create}};
        json["states"] = each(declaration_.states, [this](const State& each) { return state(each); });
        json["actions"] = each(declaration_.actions, [this](const Action& each) { return action(each); });
        json["list"] = texts(declaration_.list);
        json["order"] = each(declaration_.order, [](const auto& order) {
            return boost::json::string((order.second ? "-" : "") + order.first);
        });
        json["queues"] = each(declaration_.queues, [this](const auto& item) {
            return object{{"code", item.first}, {"label", text(item.second.label)}};
        });
        json["counters"] = each(declaration_.counters, [this](const auto& item) {
            return object{{"code", item.first}, {"label", text(item.second.first)}};
        });
        json["print"] = texts(declaration_.print);
        json["keep"] = keep();
        return json;
    }

  private:
    const std::string& text(const Label& label) const { return label.in(language_); }

    template <class Items, class Visit>
    static array each(const Items& items, const Visit& visit) {
        array list;
        for (const auto& item : items) list.emplace_back(visit(item));
        return list;
    }

    object field(const Field& field) const {
        object json{{"code", field.code},
                    {"type", name_of(field.type)},
                    {"label", text(field.label)},
                    {"required", field.required},
                    {"search", field.search}};
        put(json, "help", text(field.help));
        if (field.locked) json["locked"] = true;
        if (field.unique) json["unique"] = true;
        if (field.max_length > 0) json["max_length"] = field.max_length;
        if (field.type == FieldType::decimal) json["scale"] = field.scale;
        if (field.pattern) json["pattern"] = *field.pattern;
        put(json, "pattern_message", text(field.pattern_message));
        if (field.minimum && field.minimum->units != -unbounded) json["minimum"] = to_string(*field.minimum);
        if (field.maximum && field.maximum->units != unbounded) json["maximum"] = to_string(*field.maximum);
        put(json, "choices_of", field.choices_of);
        if (field.type == FieldType::choice || field.type == FieldType::choices) json["choices"] = choices_of(field);
        put(json, "record_of", field.record_of);
        put(json, "visible_when", field.visible_when);
        if (field.changed_in) json["changed_in"] = texts(*field.changed_in);
        if (field.type != FieldType::computed) return json;
        if (!field.choices.empty()) json["choices"] = choices_of(field);
        json["computed_type"] = word(field.computed_type);
        if (field.computed_type == expression::Type::decimal) json["scale"] = field.scale;
        return json;
    }

    array choices_of(const Field& field) const {
        if (field.choices_of.empty())
            return each(field.choices, [this](const auto& choice) {
                return object{{"code", choice.first}, {"label", text(choice.second)}};
            });
        const auto found = lists_.find(field.choices_of);
        if (found == lists_.end()) return {};
        return each(found->second, [this](const Choice& choice) {
            object json{{"code", choice.code}, {"label", text(choice.label)}};
            put(json, "abbreviation", choice.abbreviation);
            return json;
        });
    }

    object state(const State& state) const {
        const std::string_view kind = state.kind == State::Kind::initial ? "initial"
                                      : state.kind == State::Kind::final ? "final"
                                                                         : "middle";
        object json{{"code", state.code}, {"label", text(state.label)}, {"kind", kind}, {"colour", state.colour}};
        if (state.draft) json["draft"] = true;
        return json;
    }

    object action(const Action& action) const {
        object json{{"code", action.code}, {"label", text(action.label)}, {"from", texts(action.from)}};
        put(json, "to", action.to);
        json["needs"] = each(action.needs, [this](const std::string& need) {
            const Field* field = declaration_.field(need);
            const std::string label =
                field == nullptr ? messages::text(language_, "registers.argument." + need) : text(field->label);
            return object{{"code", need}, {"label", label}, {"is_field", field != nullptr}};
        });
        if (action.number) json["number"] = true;
        if (action.primary) json["primary"] = true;
        if (action.bulk) json["bulk"] = true;
        if (action.danger) json["danger"] = true;
        if (action.within) json["within"] = *action.within;
        put(json, "handled_by", action.handled_by);
        return json;
    }

    object keep() const {
        object json{{"years", declaration_.keep_years}};
        put(json, "class", declaration_.keep_class);
        return json;
    }

    const Declaration& declaration_;
    Language language_;
    const ChoiceLists& lists_;
};

}  // namespace

object describe(const Declaration& declaration, Language language, const ChoiceLists& lists) {
    return Describer(declaration, language, lists).whole();
}

Result<object> describe(db::Reader& reader, const Declaration& declaration, Language language, LocalDate today) {
    ChoiceLists lists;
    for (const Field& field : declaration.fields)
        if (!field.choices_of.empty() && !lists.contains(field.choices_of))
            lists[field.choices_of] = TRY(choices(reader, field.choices_of, today));
    return describe(declaration, language, lists);
}

}  // namespace registers
