#include "base/log.h"
#include "base/resources.h"
#include "commands/demo.h"
#include "core/registers/samples.h"

namespace commands::sample {

Result<void> make_records(Maker& maker) {
    const Agency& ministry = maker.agencies.front();
    for (const auto& declaration : maker.office.engine.catalogue.all()) {
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
                records::NewRecord record{each.values, each.unit.empty() ? std::nullopt : std::optional(maker.units[each.unit]), true, each.state};
                TRY(records::create(scope, tx, maker.office.engine, declaration->code, record));
                return {};
            }));
    }
    return {};
}

}  // namespace commands::sample
