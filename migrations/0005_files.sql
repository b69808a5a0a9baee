-- Contents lie under data/blobs, sealed with a key of their own each; the key stands here, wrapped by the server's master key.
-- Without its key a content is gone, in backups too (docs/protocols/blobs.md).
create table file_blob (
    id integer primary key,
    sha256 blob not null unique,                   -- of the whole content
    size integer not null,                         -- of the whole content
    base_id integer references file_blob (id),     -- the content it goes on from: only the rest lies in its own file
    hash_state blob not null,                      -- SHA-256 after the last byte, to go on from
    wrapped_key blob,                              -- null: destroyed
    tag text not null,                             -- its file is called <sha256>.<tag>
    stored_at integer not null,
    destroyed_at integer
) strict;
create index file_blob_base on file_blob (base_id) where base_id is not null;

create table file (
    id integer primary key,
    uuid text not null unique,
    blob_id integer not null references file_blob (id),
    name text not null,
    media_type text not null,                      -- as detected, not as declared
    pages integer,
    state text not null,                           -- stored, readable, unreadable, destroyed
    reason text,                                   -- message code: why it is unreadable or destroyed
    agency_id integer,
    uploaded_by_account_id integer,
    uploaded_by_person_id integer,
    uploaded_at integer not null,
    entry_id integer not null                      -- its journal entry file.added
) strict;
create index file_blob_id on file (blob_id);

create table record_file (
    id integer primary key,
    record_id integer not null references record (id),
    file_id integer not null references file (id),
    role text not null,                            -- main, appendix, evidence …
    field text,                                    -- code of the register's field, when it belongs to one
    position integer not null default 0,
    title text not null default '',
    added_at integer not null,
    added_by_person_id integer,
    removed_at integer,
    removed_by_person_id integer
) strict;
create index record_file_record on record_file (record_id);
create index record_file_file on record_file (file_id);

-- What is derived from a file can be thrown away and made again.
create table rendition (
    file_id integer not null references file (id),
    kind text not null,                            -- text, thumbnail, page_png_<n>_<width>, stamped_<record> …
    blob_id integer references file_blob (id),
    state text not null,                           -- made, empty, failed
    reason text,                                   -- message code: why it failed
    made_at integer not null,
    primary key (file_id, kind)
) strict, without rowid;
create index rendition_blob on rendition (blob_id) where blob_id is not null;
