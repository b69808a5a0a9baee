-- Everything kept is a record: a row here and a row in the table of its register.
create table record (
    id integer primary key,
    uuid text not null unique,
    register_id integer not null references register (id),
    agency_id integer not null references unit (id),
    unit_id integer references unit (id),          -- where in the tree it belongs, for "leader over unit"
    form_version integer not null,
    state text not null,
    title text not null,
    secrecy integer not null default 0,
    home text,                                     -- uuid of the server it came from; null: this one
    created_at integer not null,
    created_by_person_id integer,
    created_by_post_id integer,
    updated_at integer not null,
    version integer not null default 1,            -- what an edit must have seen
    erased_at integer
) strict;
create index record_register on record (register_id, agency_id, id);

create table record_link (
    id integer primary key,
    from_record_id integer not null references record (id),
    to_record_id integer not null references record (id),
    kind text not null,                            -- answers, replaces, corrects, result_of, related …
    created_at integer not null,
    created_by_person_id integer,
    removed_at integer
) strict;
create index record_link_from on record_link (from_record_id);
create index record_link_to on record_link (to_record_id);

-- Who may see a record: materialised in the transaction that changes it; the one access predicate reads it.
create table record_grant (
    record_id integer not null references record (id),
    subject_id integer not null,                   -- core/org/subject.h
    reason text not null,                          -- the rule it came from: see:0, step:17, field:owner
    primary key (record_id, subject_id, reason)
) strict, without rowid;
create index record_grant_subject on record_grant (subject_id, record_id);

-- A saved filter is a named queue with a count.
create table saved_filter (
    id integer primary key,
    agency_id integer not null,
    owner_person_id integer,                       -- null: of the agency
    register_code text not null,
    name text not null,
    content text not null,                         -- JSON: filter expression, columns, order
    sort integer not null default 0,
    created_at integer not null
) strict;

-- A POST repeated with its key gets the first answer again.
create table idempotency (
    account_id integer not null,
    key text not null,
    request_hash text not null,
    status integer not null,
    answer text not null,
    created_at integer not null,
    primary key (account_id, key)
) strict, without rowid;
