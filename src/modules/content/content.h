#pragma once
#include "core/files/files.h"
#include "core/jobs/jobs.h"
#include "core/records/records.h"
#include "paper/helpers.h"
#include "service/routes.h"

/// Files as they come in and go out: uploads, ranges, page pictures, the stamped copy, the text read out of them.
namespace content {

/// What the module works with.
struct Tools {
    db::Database& database;
    files::Vault& vault;
    const paper::Helpers& helpers;
    const records::Engine& engine;
    std::uint64_t largest_upload = std::uint64_t{4} << 30;
};

/// Reads a file's text and pages in a helper, keeps the text as a rendition and puts it in the content index.
/// A file that can't be read is kept and marked with the reason. Run as a job after each upload.
Result<void> read_file(const Tools&, FileId);
/// Makes a text anew that was damaged on the disk, from the original. Errors: those of the original and of reading it.
Result<std::string> make_text_anew(const Tools&, FileId);

/// The name of the job that calls read_file; its payload is {"file": id}.
constexpr std::string_view read_job = "content.read";

/// Takes the words of a file that is being destroyed out of the index, and has a job purge what the index still keeps.
Result<void> take_words(const Tools&, const Scope&, db::Transaction&, FileId);
/// The name of the job that calls search::purge.
constexpr std::string_view purge_job = "content.purge";

void routes(service::Routes&, const Tools&);

}  // namespace content
