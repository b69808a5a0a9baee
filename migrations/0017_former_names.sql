-- What persons and posts were called before, each name until the moment it was changed: what was done then is shown with
-- it. Units have their versions.
create table former_name (
    subject_id integer not null,                   -- a person or a post, core/scope/subject.h
    until integer not null,
    name text not null,
    primary key (subject_id, until)
) strict, without rowid;
