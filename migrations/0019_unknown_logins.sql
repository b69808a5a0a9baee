-- Wrong passwords of logins that nobody has, counted as those of accounts are: a login that waits tells nothing of whether
-- it exists. The login itself is not kept, nor more of them than Policy::unknown_logins.
create table unknown_login (
    id integer primary key,
    login_hash text not null unique,               -- SHA-256
    failed integer not null default 1,
    locked_until integer
) strict;
