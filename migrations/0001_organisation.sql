-- The tree of units, the people, their posts. Names and places in the tree hold for a time, so that a paper of last year
-- shows the names of last year. Dates are ISO text; valid_to is the first day it no longer holds.
create table unit (
    id integer primary key,
    uuid text not null unique,
    is_agency integer not null default 0,          -- has its own registers, books and clerk
    organ_id text,                                 -- mã định danh, QĐ 20/2020/QĐ-TTg
    created_at integer not null
) strict;

create table unit_version (
    id integer primary key,
    unit_id integer not null references unit (id),
    parent_id integer references unit (id),
    kind text not null,                            -- code of rules/unit_kinds
    name text not null,
    name_key blob not null,
    short_name text not null,
    abbreviation text not null,                    -- stands in notations: 15/QĐ-TCKT
    sort integer not null default 0,
    valid_from text not null,
    valid_to text,
    basis text
) strict;
create index unit_version_unit on unit_version (unit_id, valid_from);
create index unit_version_parent on unit_version (parent_id);

-- Merge, split, rename, move: which unit came out of which.
create table unit_succession (
    id integer primary key,
    kind text not null,                            -- merge, split, rename, move, dissolve
    from_unit_id integer not null references unit (id),
    to_unit_id integer references unit (id),
    happened_on text not null,
    basis text
) strict;

create table person (
    id integer primary key,
    uuid text not null unique,
    full_name text not null,
    name_key blob not null,                        -- sorts by given name first, as lists of people do here
    rank text,                                     -- cấp bậc, shown before the name where the decree allows
    phone text,
    email text,
    created_at integer not null,
    left_on text
) strict;

create table role (
    id integer primary key,
    code text not null unique,
    title_vi text not null,
    title_en text not null
) strict;

create table role_permission (
    role_id integer not null references role (id),
    permission text not null,
    primary key (role_id, permission)
) strict;

create table post (
    id integer primary key,
    uuid text not null unique,
    unit_id integer not null references unit (id),
    title text not null,
    sort integer not null default 0,
    valid_from text not null,
    valid_to text
) strict;
create index post_unit on post (unit_id);

create table post_role (
    post_id integer not null references post (id),
    role_id integer not null references role (id),
    primary key (post_id, role_id)
) strict;

-- Who fills a post, and when. Work belongs to the post.
create table post_holder (
    id integer primary key,
    post_id integer not null references post (id),
    person_id integer not null references person (id),
    valid_from text not null,
    valid_to text,
    basis text
) strict;
create index post_holder_post on post_holder (post_id);
create index post_holder_person on post_holder (person_id);

-- Xử lý thay: a deputy processes for a post for a period. It gives no right to sign.
create table acting (
    id integer primary key,
    post_id integer not null references post (id),
    deputy_person_id integer not null references person (id),
    valid_from text not null,
    valid_to text not null,
    basis text not null,
    ended_at integer
) strict;
create index acting_deputy on acting (deputy_person_id);

-- TM., KT., TL., TUQ., Q.: who may sign for whom, on what basis, for what, until when.
create table signing_authority (
    id integer primary key,
    agency_id integer not null references unit (id),
    post_id integer not null references post (id),
    form text not null,                            -- TM, KT, TL, TUQ, Q or empty for one's own
    for_post_id integer references post (id),
    scope text not null,
    basis text not null,
    valid_from text not null,
    valid_to text
) strict;

-- A change of rights waits here until a second person confirms it (NĐ 30/2020, Phụ lục VI, 3c).
create table right_change (
    id integer primary key,
    agency_id integer not null references unit (id),
    kind text not null,                            -- post_roles, post_holder, acting, signing_authority, account_state, role_permissions
    content text not null,                         -- JSON of the change
    proposed_by_account_id integer not null,
    proposed_at integer not null,
    state text not null,                           -- waiting, confirmed, refused
    decided_by_account_id integer,
    decided_at integer,
    reason text
) strict;

-- Work handed over from one person to another, confirmed by both.
create table hand_over (
    id integer primary key,
    from_person_id integer not null references person (id),
    to_person_id integer not null references person (id),
    content text not null,                         -- JSON: the steps handed over
    created_at integer not null,
    given_at integer,
    taken_at integer
) strict;

create table setting (
    agency_id integer not null,                    -- 0: the whole server
    code text not null,
    value text not null,
    changed_at integer not null,
    primary key (agency_id, code)
) strict;
