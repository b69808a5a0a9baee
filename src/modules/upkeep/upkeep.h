#pragma once
#include "core/jobs/jobs.h"
#include "core/records/records.h"
#include "service/routes.h"

/// What an administrator looks after beside people: the registers and lists that are there, the backups, and the jobs.
namespace upkeep {

/// A register as it is declared now.
struct Register {
    std::string code, title;
    std::optional<std::string> basis;
    std::int64_t version = 0;
    Instant published_at;
    bool shipped = false;  ///< came with the program; else an office declared it (congvu register add)
    std::int64_t fields = 0, states = 0;
    std::vector<std::string> lists;  ///< codes of the shared lists its fields choose from
};
BOOST_DESCRIBE_STRUCT(Register, (), (code, title, basis, version, published_at, shipped, fields, states, lists))

/// A list of choices shared by registers.
struct List {
    std::string code, label;
    std::int64_t in_force = 0, items = 0;
    std::vector<std::string> used_by;  ///< titles of registers
};
BOOST_DESCRIBE_STRUCT(List, (), (code, label, in_force, items, used_by))

struct Catalogue {
    std::vector<Register> registers;
    std::vector<List> lists;
};
BOOST_DESCRIBE_STRUCT(Catalogue, (), (registers, lists))

struct Item {
    std::string code, label;
    std::optional<std::string> abbreviation;
    std::optional<LocalDate> valid_from, valid_to;  ///< valid_to: the first day it no longer holds
    std::optional<std::string> basis;
    bool in_force = false;
};
BOOST_DESCRIBE_STRUCT(Item, (), (code, label, abbreviation, valid_from, valid_to, basis, in_force))

struct ListItems {
    std::string code, label;
    std::vector<Item> items;
};
BOOST_DESCRIBE_STRUCT(ListItems, (), (code, label, items))

/// A backup that was made, as the journal has it.
struct Backup {
    Instant at;
    std::string file;  ///< its name, without the folder
    std::int64_t bytes = 0, contents = 0;
};
BOOST_DESCRIBE_STRUCT(Backup, (), (at, file, bytes, contents))

/// The newest twenty, and what has come since the last one or, without one, since the beginning.
struct Backups {
    std::vector<Backup> made;
    std::int64_t entries_since = 0;  ///< of the journal, 100,001 for more than 100,000
    std::int64_t contents_since = 0, bytes_since = 0;
    std::int64_t contents = 0, bytes = 0;  ///< all that is kept now
    std::string folder;                    ///< of the data, on the server
};
BOOST_DESCRIBE_STRUCT(Backups, (), (made, entries_since, contents_since, bytes_since, contents, bytes, folder))

/// The file a job is about; its name and a record it is on only where the reader may see them.
struct JobFile {
    FileId id;
    std::optional<std::string> name;
    std::optional<RecordId> record;
};
BOOST_DESCRIBE_STRUCT(JobFile, (), (id, name, record))

struct Job {
    JobId id;
    std::string kind, label;
    jobs::State state = jobs::State::waiting;
    std::int64_t tries = 0;
    std::optional<std::string> error;  ///< of the last try, in words
    Instant due_at;                    ///< failed: when it is tried again by itself
    Instant created_at;
    std::optional<JobFile> file;
};
BOOST_DESCRIBE_STRUCT(Job, (), (id, kind, label, state, tries, error, due_at, created_at, file))

/// Counts stop at 1,000.
struct Count {
    std::int64_t number = 0;
    bool more = false;
};
BOOST_DESCRIBE_STRUCT(Count, (), (number, more))

/// Up to a hundred of each: the newest that failed, and the next that are due.
struct Jobs {
    std::vector<Job> failed, waiting;
    Count failed_count, waiting_count;
};
BOOST_DESCRIBE_STRUCT(Jobs, (), (failed, waiting, failed_count, waiting_count))

/// How many are tried again.
struct Retried {
    std::int64_t jobs = 0;
};
BOOST_DESCRIBE_STRUCT(Retried, (), (jobs))

Result<Catalogue> catalogue(const Scope&, db::Reader&, const records::Engine&);
/// Errors: not_found "upkeep.no_list".
Result<ListItems> list_items(const Scope&, db::Reader&, std::string_view code);
Result<Backups> backups(db::Reader&, const std::string& folder);
Result<Jobs> jobs_there(const Scope&, db::Reader&);

void routes(service::Routes&, const records::Engine&, const std::string& folder);

}  // namespace upkeep
