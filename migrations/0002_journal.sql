-- The one journal. docs/protocols/journal.md says how the bytes of an entry, the tree and its head are made.
-- No foreign keys here: the tree proves more than they would, and rows that everyone writes stay cheap.
create table journal_entry (
    id integer primary key,
    at integer not null,
    action text not null,                          -- record.created, step.opened, file.downloaded …
    account_id integer,
    person_id integer,
    post_id integer,
    on_behalf_of_person_id integer,
    agency_id integer,
    register_id integer,
    record_id integer,
    details text,                                  -- JSON, no personal data
    values_hash blob                               -- SHA-256 over the hashes of its values; null: no values
) strict;
create index journal_entry_record on journal_entry (record_id) where record_id is not null;
create index journal_entry_agency on journal_entry (agency_id, at) where agency_id is not null;
create index journal_entry_person on journal_entry (person_id, at) where person_id is not null;

-- Values stand apart, so that they can be erased by law: then the hash alone stays, and the journal still verifies.
create table journal_value (
    entry_id integer not null,
    field text not null,
    salt blob,
    before text,                                   -- JSON; null: no value
    after text,
    hash blob,                                     -- only of what was erased …
    erased_by integer,                             -- … and the entry that says why
    primary key (entry_id, field)
) strict, without rowid;

-- Written but not yet in the tree: with several servers a smaller id may be committed later.
create table journal_pending (
    entry_id integer primary key,
    hash blob not null
) strict;

-- The RFC 6962 tree: its leaves in order, and the inner nodes of every fourth level.
create table journal_leaf (
    position integer primary key,                  -- from 0, without a gap
    entry_id integer not null unique,
    hash blob not null
) strict;

create table journal_node (
    level integer not null,                        -- 4, 8, 12 …: over 16, 256, 4096 … leaves
    position integer not null,                     -- from 0 within the level
    hash blob not null,
    primary key (level, position)
) strict, without rowid;

create table journal_head (
    size integer primary key,
    root blob not null,
    at integer not null,
    server text not null,                          -- uuid
    public_key blob not null,
    signature blob not null,
    time_stamp blob                                -- RFC 3161 token over the signed text
) strict;
