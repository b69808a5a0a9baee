-- Long work: visible, repeated when it fails, taken over when its server stops.
create table job (
    id integer primary key,
    kind text not null,
    key text,                                      -- of a kind there is one job with a key: "2026-08-25"
    payload text not null,                         -- JSON
    state text not null,                           -- waiting, running, done, failed (to be tried again), given_up
    tries integer not null default 0,              -- the present try also says whose the lease is
    forgiven integer not null default 0,           -- tries before somebody asked for a new start
    due_at integer not null,                       -- when it may be taken: the first or next try, or the end of the lease
    error text,                                    -- code of the last failure
    detail text,
    progress_done integer not null default 0,
    progress_total integer not null default 0,
    agency_id integer,
    created_by_person_id integer,
    created_at integer not null,
    finished_at integer,
    unique (kind, key)
) strict;
create index job_due on job (due_at) where finished_at is null;
create index job_finished on job (finished_at) where finished_at is not null;
