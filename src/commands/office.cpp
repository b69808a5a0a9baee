#include "commands/office.h"

#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "base/uuid.h"
#include "core/calendar/calendar.h"
#include "core/org/org.h"
#include "crypto/sign.h"
#include "modules/documents/documents.h"

namespace commands {

namespace {

namespace fs = std::filesystem;

Result<boost::json::object> read_settings(const fs::path& file) {
    std::ifstream in(file);
    if (!in) return fail(ErrorCode::not_found, "commands.no_office", {}, {{"folder", file.parent_path().string()}});
    std::stringstream text;
    text << in.rdbuf();
    boost::system::error_code error;
    const auto value = boost::json::parse(text.str(), error);
    if (error || !value.is_object())
        return fail(ErrorCode::corrupt, "commands.bad_settings", {}, {{"file", file.string()}});
    return value.as_object();
}

Result<void> write_settings(const fs::path& file, const boost::json::object& settings) {
    // The address may hold a password: for the owner's eyes only.
    const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (opened < 0) return fail(ErrorCode::conflict, "commands.in_use", {}, {{"folder", file.parent_path().string()}});
    const std::string text = boost::json::serialize(settings) + "\n";
    const bool written =
        ::write(opened, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(opened) == 0;
    ::close(opened);
    return written ? Result<void>() : fail(ErrorCode::unavailable, "files.disk");
}

}  // namespace

Result<::journal::Signer> Office::signer() const {
    return ::journal::Signer{TRY(crypto::SigningKey::load_or_create(data / "keys" / "journal.key")), uuid};
}

Result<void> refresh(Office& office) {
    const auto reader = TRY(office.database->read());
    TRY(office.engine.catalogue.load(*reader));
    office.engine.set_calendar(TRY(calendar::Calendar::load(*reader)));
    return {};
}

Result<std::unique_ptr<Office>> open_office(const fs::path& data, Opening opening, const std::string& database,
                                            std::unique_ptr<Clock> clock) {
    auto office = std::make_unique<Office>();
    office->data = data;
    office->clock = clock ? std::move(clock) : std::make_unique<SystemClock>();
    const fs::path file = data / "congvu.json";
    boost::json::object settings;
    if (opening == Opening::fresh) {
        std::error_code error;
        fs::create_directories(data, error);
        if (error || fs::exists(file))
            return fail(ErrorCode::conflict, "commands.in_use", {}, {{"folder", data.string()}});
        settings["server"] = new_uuid(office->clock->now());
        settings["database"] = database;
        TRY(write_settings(file, settings));
    } else {
        settings = TRY(read_settings(file));
    }
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
    TRY(::registers::publish_shipped(*office->database));
    documents::handlers(office->engine);
    TRY(refresh(*office));
    return office;
}

}  // namespace commands
