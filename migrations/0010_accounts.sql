create table account (
    id integer primary key,
    person_id integer not null unique references person (id),
    login text not null unique,
    password_hash text not null,                   -- argon2id
    state text not null,                           -- active, disabled
    must_change_password integer not null default 1,
    failed integer not null default 0,
    locked_until integer,
    language text not null default 'vi',
    preferences text not null default '{}',
    created_at integer not null,
    password_changed_at integer not null
) strict;

create table session (
    id integer primary key,
    token_hash text not null unique,               -- SHA-256 of the cookie; the cookie itself is nowhere
    csrf text not null,
    account_id integer not null references account (id),
    post_id integer,
    created_at integer not null,
    last_seen_at integer not null,
    expires_at integer not null,
    address text not null,
    agent text not null,
    ended_at integer
) strict;
create index session_account on session (account_id);
