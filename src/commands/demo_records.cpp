#include "base/log.h"
#include "base/resources.h"
#include "commands/demo.h"
#include "core/registers/samples.h"

namespace commands::sample {

namespace {

/// Samples name units, people and records by text.
Result<void> resolve(Maker& maker, db::Reader& reader, const ::registers::Declaration& declaration,
                     boost::json::object& values) {
    constexpr db::Sql unit_named{"commands.unit_named",
                                 R"(select unit_id from unit_version where name = ?1 order by id limit 1)"};
    constexpr db::Sql person_named{"commands.person_named",
                                   R"(select id from person where full_name = ?1 order by id limit 1)"};
    constexpr db::Sql record_titled{"commands.record_titled", R"(
        select c.id from record c join register r on r.id = c.register_id where r.code = ?1 and c.title = ?2 order by c.id limit 1)"};
    using Type = ::registers::FieldType;
    for (auto& [code, value] : values) {
        const ::registers::Field* field = declaration.field(std::string_view(code));
        if (!field || !value.is_string()) continue;
        const std::string named(value.as_string());
        std::optional<db::Row> row;
        if (field->type == Type::unit || field->type == Type::agency) {
            if (const auto known = maker.units.find(named); known != maker.units.end()) {
                value = known->second.value;
                continue;
            }
            row = TRY(reader.row(unit_named, named));
        } else if (field->type == Type::person) {
            row = TRY(reader.row(person_named, named));
        } else if (field->type == Type::record) {
            row = TRY(reader.row(record_titled, field->record_of, named));
        } else {
            continue;
        }
        if (!row) return fail_internal("sample " + declaration.code + " names what is not there: " + named);
        value = row->integer(0);
    }
    return {};
}

/// Every register after those its fields point at, so that a sample finds what it names.
std::vector<::registers::DeclarationPointer> in_order(std::vector<::registers::DeclarationPointer> waiting) {
    std::vector<::registers::DeclarationPointer> ordered;
    while (!waiting.empty()) {
        const auto is_waiting = [&](const ::registers::Field& field, const std::string& of) {
            return field.record_of != of &&
                   std::ranges::any_of(waiting, [&](const auto& each) { return each->code == field.record_of; });
        };
        auto next = std::ranges::find_if(waiting, [&](const auto& declaration) {
            return std::ranges::none_of(declaration->fields,
                                        [&](const auto& field) { return is_waiting(field, declaration->code); });
        });
        if (next == waiting.end()) next = waiting.begin();  // they point at each other
        ordered.push_back(*next);
        waiting.erase(next);
    }
    return ordered;
}

}  // namespace

Result<void> make_records(Maker& maker) {
    const Agency& ministry = maker.agencies.front();
    for (const auto& declaration : in_order(maker.office.engine.catalogue.all())) {
        if (declaration->code == "incoming") continue;  // documents have a way of their own: demo_documents.cpp
        const auto yaml = resources::find("registers/" + declaration->code + "/samples.yaml");
        if (!yaml) continue;
        // Whoever may make one keeps this register in the sample.
        const Member* keeper = nullptr;
        for (const ::registers::Actor& actor : declaration->create)
            if (!keeper) keeper = ministry.with(actor.role);
        if (!keeper) keeper = ministry.with("register_keeper");
        const Scope scope = TRY(maker.scope_of(*keeper));
        for (::registers::Sample& each : TRY(::registers::read_samples(*declaration, *yaml)))
            TRY(maker.office.database->write_now([&](db::Transaction& tx) -> Result<void> {
                TRY(resolve(maker, tx, *declaration, each.values));
                records::NewRecord record{each.values,
                                          each.unit.empty() ? std::nullopt : std::optional(maker.units[each.unit]),
                                          true, each.state};
                TRY(records::create(scope, tx, maker.office.engine, declaration->code, record));
                return {};
            }));
    }
    return {};
}

}  // namespace commands::sample
