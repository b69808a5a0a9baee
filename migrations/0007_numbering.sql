-- Number books. A number is a legal fact: each has a row that says what became of it, and there is no gap.
create table number_book (
    id integer primary key,
    register_id integer not null references register (id),
    agency_id integer not null references unit (id),
    year integer not null,                         -- of the legal date in Asia/Ho_Chi_Minh; 0: a book that never restarts
    part text not null,                            -- what else has numbers of its own: "kind=QĐ", "unit=17"; empty: nothing
    label text not null,
    first integer not null default 1,              -- above 1: the book was kept on paper up to there
    last integer not null default 0,
    closed_at integer,
    closed_by_person_id integer,
    unique (register_id, agency_id, year, part)
) strict;

create table number_taken (
    book_id integer not null references number_book (id),
    number integer not null,
    state text not null,                           -- used, held, reserved, cancelled
    record_id integer,                             -- of used and held; of cancelled the one that gave it up
    reason text,                                   -- of reserved and cancelled, printed in the register
    changed_at integer not null,
    person_id integer,
    primary key (book_id, number)
) strict, without rowid;
create index number_taken_record on number_taken (record_id) where record_id is not null;
