-- Whom a grant names and why stand in several rows of every document: small numbers instead of eight bytes and a text.
-- The number of a subject has its kind in the low end now (core/scope/subject.h).
create table record_grant_small (
    record_id integer not null references record (id),
    subject_id integer not null,                   -- core/scope/subject.h
    rule integer not null,                         -- where it came from, core/rights/rights.h: 0 see, 1 step, 2 hand-over in the low two bits
    primary key (record_id, subject_id, rule)
) strict, without rowid;
insert into record_grant_small (record_id, subject_id, rule)
    select record_id,
        case when subject_id >> 56 in (5, 6, 7)
            then (((subject_id & 1099511627775) << 12 | (subject_id >> 40 & 4095)) << 4) | (subject_id >> 56)
            else ((subject_id & 1099511627775) << 4) | (subject_id >> 56) end,
        case when reason like 'see:%' then cast(substr(reason, 5) as bigint) * 4
            when reason like 'step:%' then cast(substr(reason, 6) as bigint) * 4 + 1
            else cast(substr(reason, 11) as bigint) * 4 + 2 end
    from record_grant order by record_id, subject_id;
drop table record_grant;
alter table record_grant_small rename to record_grant;
create index record_grant_subject on record_grant (subject_id, record_id);

-- Steps, their inbox and notices name persons, posts and units only: kinds without a role.
update step set to_subject = ((to_subject & 1099511627775) << 4) | (to_subject >> 56);
update step set from_subject = ((from_subject & 1099511627775) << 4) | (from_subject >> 56) where from_subject is not null;
update inbox set to_subject = ((to_subject & 1099511627775) << 4) | (to_subject >> 56);
update notice set to_subject = ((to_subject & 1099511627775) << 4) | (to_subject >> 56);

-- One person's entries are few enough to be read in their own order; the time stood in every one of them.
drop index journal_entry_person;
create index journal_entry_person on journal_entry (person_id) where person_id is not null;
