-- The one inbox: assigning, asking, approving, signing, a task. The inbox, the reminders, the late list and the on-time
-- figures are four questions to this table.
create table step (
    id integer primary key,
    record_id integer not null references record (id),
    agency_id integer not null,
    parent_id integer,                             -- the step it was split from
    role text not null,                            -- lead, support, inform, consult, initial, approve, sign, task
    to_subject integer not null,                   -- a person, a post or a unit (core/scope/subject.h)
    box integer not null,                          -- 1 todo, 2 support, 3 inform, 4 done, 5 waiting for the unit's clerk, 0 nowhere
    urgency integer not null default 9,            -- 9 ordinary, smaller is more urgent: sorts ascending
    due text not null default '9999-12-31',        -- that day: none
    state text not null,                           -- open, done, returned, taken_back
    from_subject integer,                          -- the giver's post, or the person without one; null: the server
    from_person_id integer,
    from_post_id integer,
    on_behalf_of_person_id integer,
    instruction text,
    opened_at integer not null,
    seen_at integer,
    acted_at integer,                              -- the receiver's first act: from then on it can't be taken back
    closed_at integer,
    closed_by_person_id integer,
    closed_by_post_id integer,
    outcome text,
    reason text,
    opinion text,
    result_record_id integer,
    reminded integer not null default 0            -- bits: 1 two days before, 2 on the day, 4 late
) strict;
create index step_of_record on step (record_id);
create index step_given on step (from_subject, urgency, due, id, role) where state = 'open';
create index step_done on step (to_subject, closed_at, id) where box = 4;
create index step_due on step (due) where state = 'open';

-- What the inbox shows of a record beside its title; kept once, whatever the number of steps.
create table step_record (
    record_id integer primary key references record (id),
    urgency integer not null default 0,            -- 0 ordinary, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc, 4 hỏa tốc hẹn giờ
    notation text,
    author text
) strict;

-- The open steps as their addressees' lists show them, in the order of the lists: a page is one walk. A row stands here while
-- its step is open, and so while the addressee's grant step:<id> stands; what the record shows is copied when it changes.
create table inbox (
    to_subject integer not null,
    box integer not null,
    urgency integer not null,
    due text not null,
    step_id integer not null,
    role text not null,
    record_id integer not null,
    register_id integer not null,
    record_state text not null,
    secrecy integer not null,
    notation text,
    title text not null,
    author text,
    asked text,
    from_person_id integer,
    from_post_id integer,
    on_behalf_of_person_id integer,
    opened_at integer not null,
    seen integer not null,
    primary key (to_subject, box, urgency, due, step_id)
) strict, without rowid;

create table step_extension (
    id integer primary key,
    step_id integer not null references step (id),
    due text not null,                             -- the day asked for
    reason text not null,
    asked_at integer not null,
    asked_by_person_id integer,
    state text not null,                           -- waiting, granted, refused
    granted_due text,
    decided_at integer,
    decided_by_person_id integer,
    decision_reason text
) strict;
create index step_extension_step on step_extension (step_id);

create table step_urging (
    id integer primary key,
    step_id integer not null references step (id),
    content text not null,
    urged_at integer not null,
    person_id integer,
    post_id integer
) strict;
create index step_urging_step on step_urging (step_id);

-- What the bell shows.
create table notice (
    id integer primary key,
    to_subject integer not null,
    code text not null,                            -- of a text in messages.json
    arguments text not null,                       -- JSON; never a title, that is read with the right to the record
    kind text not null,                            -- returned, urged, opinion, extension, reminder, late, closed
    record_id integer,
    step_id integer,
    noticed_at integer not null,
    seen_at integer
) strict;
create index notice_subject on notice (to_subject, id);
create index notice_unseen on notice (to_subject) where seen_at is null;

-- Quick phrases of a bút phê.
create table phrase (
    id integer primary key,
    agency_id integer not null,
    person_id integer,                             -- null: of the agency
    content text not null,
    sort integer not null default 0,
    created_at integer not null
) strict;
create index phrase_agency on phrase (agency_id);
