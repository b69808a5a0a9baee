-- What a day is where it is not what the week says: holidays, days off swapped with working days. A change supersedes the
-- row before it and keeps it, so that a term counted last year is counted again as the calendar stood then.
create table calendar_day (
    id integer primary key,
    agency_id integer not null,                    -- 0: every agency; an agency's own row wins
    day text not null,
    kind text not null,                            -- working, weekend, holiday, swapped_off, swapped_working
    note text not null,
    basis text not null,                           -- the text that says so
    origin text not null,                          -- shipped, or edited by a person: never overwritten by an update
    since integer not null,
    until integer,
    person_id integer
) strict;
create unique index calendar_day_current on calendar_day (agency_id, day) where until is null;
