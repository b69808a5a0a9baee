#include "base/json.h"
#include "base/log.h"
#include "core/files/lost.h"
#include "core/files/waiting.h"
#include "core/scope/subject.h"
#include "modules/content/content.h"
#include "paper/detect.h"
#include "service/repeat.h"

namespace content {

namespace {

using service::Asking;
using service::Object;

constexpr std::uint64_t piece = 256 * 1024;

struct Uploaded {
    FileId id;
    std::string name;
    std::int64_t size = 0;
    std::string media_type;
    std::string sha256;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(Uploaded, (), (id, name, size, media_type, sha256, state))

struct Waiting {
    FileId file;
    std::string name;
    std::string media_type;
    std::string state;
    std::int64_t size = 0;
    Instant since;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (file, name, media_type, state, size, since))

/// What one upload needs until its row is durable.
struct Upload {
    Scope scope;
    std::uint64_t request = 0;
    service::Repeat repeat;
    files::StoredBlob blob;
    std::string name;
    std::string media_type;
    bool waits = false;  ///< at the desk, to be registered
    std::optional<http::Response> answer;
    http::Responder respond;
};

Result<void> add_row(Upload& upload, db::Transaction& tx) {
    upload.answer = TRY(upload.repeat.answered(upload.scope, tx));
    if (upload.answer) return {};
    const FileId id = TRY(files::add(upload.scope, tx, upload.blob, upload.name, upload.media_type));
    TRY(jobs::enqueue(upload.scope, tx, {.kind = read_job, .payload = {{"file", id.value}}}));
    if (upload.waits) TRY(files::wait_at_desk(upload.scope, tx, id));
    const Uploaded made{id,
                        upload.name,
                        static_cast<std::int64_t>(upload.blob.size),
                        upload.media_type,
                        to_hex(std::span<const std::byte>(upload.blob.sha256)),
                        "stored"};
    upload.answer = http::json(encode(made), 201);
    return upload.repeat.keep(upload.scope, tx, *upload.answer);
}

/// Whoever has the desk open sees what came or went.
void tell_desk(http::EventHub& events, const Scope& scope) {
    if (scope.post) events.publish(subject::post(scope.post).value, "files", "{}");
}

/// Disk first, row after: what was answered is there, what was not is swept away.
void upload(const Tools& tools, http::EventHub& events, const Scope& scope, http::Request&& request,
            http::Responder respond) {
    auto coming = std::make_shared<Upload>();
    const auto prepare = [&]() -> Result<void> {
        coming->name = TRY(files::clean_name(TRY(request.file_name())));
        if (!request.file) return fail(ErrorCode::invalid, "content.no_bytes");
        TRY(service::Repeat::of(request, ""));  // a key that can't be is refused before anything is kept
        coming->blob = TRY(tools.vault.keep(request.file->path()));
        coming->repeat = TRY(service::Repeat::of(
            request, coming->name + "\n" + to_hex(std::span<const std::byte>(coming->blob.sha256))));
        return {};
    };
    if (const Result<void> ready = prepare(); !ready)
        return respond(http::failure(ready.error(), scope.language, request.number));
    coming->media_type = paper::media_type(paper::detect_file(request.file->path()).value_or(paper::FileType::unknown));
    coming->waits = request.query.value("waiting") == "1";
    coming->scope = scope;
    coming->request = request.number;
    coming->respond = std::move(respond);
    tools.database.write(
        [coming](db::Transaction& tx) { return add_row(*coming, tx); },
        [coming, &events](Result<void> done) {
            if (done && coming->waits) tell_desk(events, coming->scope);
            coming->respond(done ? *std::move(coming->answer)
                                 : http::failure(done.error(), coming->scope.language, coming->request));
        });
}

http::Pull pull_of(std::shared_ptr<files::FileReader> reader, http::ByteRange range) {
    auto at = std::make_shared<std::uint64_t>(range.offset);
    return [reader = std::move(reader), at, end = range.offset + range.length]() -> Result<std::string> {
        std::string part(std::min(piece, end - *at), '\0');
        if (part.empty()) return part;
        const std::size_t got = TRY(reader->read(*at, std::as_writable_bytes(std::span(part))));
        part.resize(got);
        *at += got;
        return part;
    };
}

/// A labelled record's file is journalled before its bytes are given.
Result<void> note(const Tools& tools, const Scope& scope, db::Reader& reader, FileId file, files::Reading reading) {
    if (!TRY(files::is_labelled(reader, file))) return {};
    return tools.database.write_now([&](db::Transaction& tx) { return files::note_reading(scope, tx, file, reading); });
}

Result<http::Response> give(const Tools& tools, Asking& asking) {
    const FileId id = TRY(asking.id<FileId>("file"));
    auto source = std::make_shared<files::FileReader>(TRY(tools.vault.open_for(asking.scope, asking.reader, id)));
    const files::File file = TRY(files::find(asking.reader, id));
    // What is damaged at its beginning, as every small file is, is told in words and not broken off.
    std::byte first{};
    TRY(source->read(0, std::span(&first, 1)));
    const bool downloads = asking.query("download") == "1";
    TRY(note(tools, asking.scope, asking.reader, id, downloads ? files::Reading::downloaded : files::Reading::opened));
    // Only what a browser shows without running anything is shown; the rest is a download.
    const bool harmless =
        file.media_type == "application/pdf" || file.media_type == "image/png" || file.media_type == "image/jpeg";
    http::Content content{harmless ? file.media_type : "application/octet-stream", file.sha256, file.name,
                          harmless && !downloads ? http::Disposition::show : http::Disposition::download};
    http::Response response = http::content(
        asking.request, content, source->size(),
        [source](http::ByteRange range) -> http::Body { return http::Pulled{pull_of(source, range), range.length}; });
    response.framing = http::Framing::own_pages;
    return response;
}

/// What was derived and is damaged on the disk goes, so that it is made anew from the original. Errors: any other error
/// it came with.
Result<void> throw_away(const Tools& tools, FileId file, std::string_view kind, const Error& error) {
    if (!files::is_lost(error)) return std::unexpected(error);
    logging::warning("content.made_anew", {{"file", std::to_string(file.value)}, {"kind", kind}});
    return tools.database.write_now([&](db::Transaction& tx) { return files::drop_rendition(tx, file, kind); });
}

/// A rendition is made once and kept; when it can't be made, the reason is kept too.
Result<http::Response> page(const Tools& tools, Asking& asking) {
    const FileId id = TRY(asking.id<FileId>("file"));
    if (!TRY(files::may_read(asking.scope, asking.reader, id))) return fail(ErrorCode::not_found, "files.not_found");
    TRY(note(tools, asking.scope, asking.reader, id, files::Reading::opened));
    const std::string place = asking.place("page");
    int number = 0;
    const auto [end, error] = std::from_chars(place.data(), place.data() + place.size(), number);
    if (error != std::errc() || end != place.data() + place.size()) return fail(ErrorCode::not_found, "http.no_route");
    const files::File file = TRY(files::find(asking.reader, id));
    if (file.pages && (number < 1 || number > *file.pages))
        return fail(ErrorCode::not_found, "paper.no_such_page", "page",
                    {{"page", std::to_string(number)}, {"pages", std::to_string(*file.pages)}});
    // A few widths only, so that renditions are shared and nobody fills the disk with sizes.
    const std::int64_t asked = TRY(asking.number("width", 1000, 100, 2400));
    const int width = asked <= 240 ? 240 : asked <= 1000 ? 1000 : 1600;
    const std::string kind = fmt::format("page_png_{}_{}", number, width);
    if (const auto known = TRY(files::rendition(asking.reader, id, kind));
        known && known->state == files::Rendition::State::made) {
        const auto read = [&]() -> Result<std::string> {
            auto reader = TRY(tools.vault.open_rendition(asking.reader, id, kind));
            return reader.read_all(64 << 20);
        };
        const auto png = read();
        if (png) return http::bytes(*png, "image/png");
        TRY(throw_away(tools, id, kind, png.error()));
    }
    auto source = TRY(tools.vault.open(asking.reader, id));
    const auto plain = TRY(tools.vault.plain_copy(source));
    const auto picture =
        TRY(tools.helpers.page_picture(paper::Source::file(plain.path().string()), number, {.pixel_width = width}));
    const auto kept = TRY(tools.vault.keep_bytes(picture.png));
    TRY(tools.database.write_now([&](db::Transaction& tx) { return files::set_rendition(tx, id, kind, kept); }));
    return http::bytes(picture.png, "image/png");
}

Result<http::Response> text(const Tools& tools, Asking& asking) {
    const FileId id = TRY(asking.id<FileId>("file"));
    if (!TRY(files::may_read(asking.scope, asking.reader, id))) return fail(ErrorCode::not_found, "files.not_found");
    TRY(note(tools, asking.scope, asking.reader, id, files::Reading::opened));
    const auto kept = files::text_of(tools.vault, asking.reader, id);
    if (kept) return http::text(kept->value_or(""));
    TRY(throw_away(tools, id, "text", kept.error()));
    return http::text(TRY(make_text_anew(tools, id)));
}

/// The ĐẾN stamp over page 1 (NĐ 30/2020/NĐ-CP, Điều 22, Phụ lục IV), made from the record as it is now.
Result<http::Response> stamped(const Tools& tools, Asking& asking) {
    const FileId id = TRY(asking.id<FileId>("file"));
    const RecordId record_id{TRY(asking.number("record", 0, 1, INT64_MAX))};
    const auto record = TRY(records::open(asking.scope, asking.reader, tools.engine, record_id));
    const auto on = TRY(files::records_of(asking.reader, id));
    if (std::ranges::find(on, record_id) == on.end()) return fail(ErrorCode::not_found, "files.not_found");
    if (record.text("arrival_number").empty()) return fail(ErrorCode::conflict, "content.not_registered");
    TRY(note(tools, asking.scope, asking.reader, id, files::Reading::opened));
    records::Shown shown(asking.scope, asking.reader);
    const auto arrived = parse_date(record.text("arrived_on"));
    const paper::StampText stamp{TRY(shown.unit(record.agency.value)), record.text("arrival_number"),
                                 arrived ? to_vietnamese(*arrived) : "", record.text("pass_to"), ""};
    auto source = TRY(tools.vault.open(asking.reader, id));
    const auto plain = TRY(tools.vault.plain_copy(source));
    const std::string output = plain.path().string() + ".stamped";
    const auto made =
        tools.helpers.stamped_copy(paper::Source::file(plain.path().string()), stamp, {}, {.path = output});
    if (!made) return std::unexpected(made.error());
    // The answer is read whole before the copy goes: it is small beside the file it was made from.
    std::string bytes;
    if (std::FILE* opened = std::fopen(output.c_str(), "rb")) {
        char buffer[65'536];
        for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, opened)) > 0;) bytes.append(buffer, got);
        std::fclose(opened);
    }
    std::error_code ignored;
    std::filesystem::remove(output, ignored);
    http::Response answer = http::bytes(std::move(bytes), "application/pdf");
    answer.framing = http::Framing::own_pages;
    return answer;
}

Result<std::vector<Waiting>> waiting(Asking& asking) {
    std::vector<Waiting> list;
    const auto found = TRY(files::waiting(asking.scope, asking.reader));
    for (const files::WaitingFile& each : found)
        list.push_back(
            {each.file, each.name, each.media_type, each.state, static_cast<std::int64_t>(each.size), each.since});
    return list;
}

}  // namespace

void routes(service::Routes& routes, const Tools& tools) {
    constexpr auto use = service::may("use");
    http::EventHub& events = routes.host().events;
    routes.raw(
        http::Method::post, "/api/files", use,
        [&tools, &events](const Scope& scope, http::Request&& r, http::Responder respond) {
            upload(tools, events, scope, std::move(r), std::move(respond));
        },
        "Upload a file; it is attached to a record afterwards. With ?waiting=1 it waits at the desk until then",
        http::BodyKind::file, tools.largest_upload, http::RepeatKey::required);
    routes.answers<Uploaded>(http::Method::post, "/api/files");
    routes.get<std::vector<Waiting>>("/api/files/waiting", use, waiting, "The files that wait at one's desk");
    routes.del<void>(
        "/api/files/waiting/{file}", use,
        [&events](service::Changing& changing, const service::Nothing&) -> Result<void> {
            TRY(files::put_away(changing.scope, changing.tx, TRY(changing.id<FileId>("file"))));
            changing.tx.after_commit([&events, scope = changing.scope] { tell_desk(events, scope); });
            return {};
        },
        "Take a file off one's desk");
    routes.get<http::Response>(
        "/api/files/{file}/content", use, [&tools](Asking& a) { return give(tools, a); },
        "A file's bytes, with ranges");
    routes.get<http::Response>(
        "/api/files/{file}/pages/{page}", use, [&tools](Asking& a) { return page(tools, a); },
        "A page of a PDF as a picture");
    routes.get<http::Response>(
        "/api/files/{file}/stamped", use, [&tools](Asking& a) { return stamped(tools, a); },
        "A copy with the ĐẾN stamp");
    routes.get<http::Response>(
        "/api/files/{file}/text", use, [&tools](Asking& a) { return text(tools, a); }, "The text read out of a file");
    routes.gives(http::Method::post, "/api/files", 201);
    namespace query = service::query;
    routes.asks(http::Method::post, "/api/files", {query::flag("waiting", "To wait at the desk until it is entered")});
    routes.asks("/api/files/{file}/content", {query::flag("download", "To keep it, not to show it")});
    routes.asks("/api/files/{file}/pages/{page}", {query::number("width", "In pixels, 100 to 2400", 100)});
    routes.asks("/api/files/{file}/stamped", {query::number("record", "Whose arrival number and day it bears")});
}

}  // namespace content
