-- Files put on the server to be registered one by one: they wait at the desk of a post until each stands on a record or
-- is put away there.
create table waiting_file (
    file_id integer primary key references file (id),
    post_id integer,                               -- whose desk; null: of who has no post, or from before there were rows
    person_id integer,                             -- who brought it
    since integer not null
) strict;
create index waiting_file_post on waiting_file (post_id);
create index waiting_file_person on waiting_file (person_id) where post_id is null;

-- What was brought and never stood on a record is found again by who brought it.
insert into waiting_file (file_id, person_id, since)
select id, uploaded_by_person_id, uploaded_at from file
where state <> 'destroyed' and not exists (select 1 from record_file where record_file.file_id = file.id);
