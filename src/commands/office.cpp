#include "commands/office.h"

#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "base/uuid.h"
#include "commands/making.h"
#include "core/calendar/calendar.h"
#include "core/org/org.h"
#include "crypto/sign.h"
#include "modules/documents/documents.h"

namespace commands {

namespace {

namespace fs = std::filesystem;

Result<boost::json::object> read_settings(const fs::path& file) {
    std::ifstream in(file);
    const fs::path folder = file.parent_path();
    if (!in && is_half_made(folder))
        return fail(ErrorCode::conflict, "commands.half_made", {}, {{"folder", folder.string()}});
    if (!in) return fail(ErrorCode::not_found, "commands.no_office", {}, {{"folder", folder.string()}});
    std::stringstream text;
    text << in.rdbuf();
    boost::system::error_code error;
    const auto value = boost::json::parse(text.str(), error);
    if (error || !value.is_object())
        return fail(ErrorCode::corrupt, "commands.bad_settings", {}, {{"file", file.string()}});
    return value.as_object();
}

}  // namespace

Result<::journal::Signer> Office::signer() const {
    return ::journal::Signer{TRY(crypto::SigningKey::load_or_create(data / "keys" / "journal.key")), uuid};
}

Result<void> require_office(const fs::path& data) {
    TRY(read_settings(data / "congvu.json"));
    return {};
}

Result<void> refresh(Office& office) {
    const auto reader = TRY(office.database->read());
    TRY(office.engine.catalogue.load(*reader));
    office.engine.set_calendar(TRY(calendar::Calendar::load(*reader)));
    return {};
}

namespace {

Result<std::unique_ptr<Office>> open_with(const fs::path& data, const boost::json::object& settings,
                                          std::unique_ptr<Clock> clock) {
    auto office = std::make_unique<Office>();
    office->data = data;
    office->clock = std::move(clock);
    const auto text = [&](const char* key) {
        const auto* value = settings.if_contains(key);
        return value && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    office->uuid = text("server");
    const std::string address = text("database").empty() ? (data / "congvu.db").string() : text("database");
    office->database = TRY(db::Database::open({.address = address, .clock = office->clock.get()}));
    TRY(db::migrate(*office->database));
    office->vault = TRY(files::Vault::open(data, *office->database));
    TRY(org::load_roles(*office->database));
    TRY(::registers::load_choices(*office->database));
    TRY(calendar::load_shipped(*office->database));
    TRY(::registers::publish_shipped(*office->database, records::place_again));
    documents::handlers(office->engine);
    TRY(refresh(*office));
    return office;
}

}  // namespace

Result<std::unique_ptr<Office>> open_office(const fs::path& data, Opening opening, const std::string& database,
                                            std::unique_ptr<Clock> clock) {
    if (opening == Opening::fresh) return make_office({.data = data, .database = database, .clock = std::move(clock)});
    const auto settings = TRY(read_settings(data / "congvu.json"));
    return open_with(data, settings, clock ? std::move(clock) : std::make_unique<SystemClock>());
}

Result<std::unique_ptr<Office>> make_office(Plan plan, const Furnish& furnish) {
    if (!plan.clock) plan.clock = std::make_unique<SystemClock>();
    Making making = TRY(Making::begin(plan.data, plan.database));
    if (making.has_cleared() && plan.on_cleared) plan.on_cleared();
    const boost::json::object settings{{"server", new_uuid(plan.clock->now())}, {"database", plan.database}};
    auto office = TRY(open_with(plan.data, settings, std::move(plan.clock)));
    if (furnish) TRY(furnish(*office));
    TRY(making.finish(settings));
    return office;
}

}  // namespace commands
