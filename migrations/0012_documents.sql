-- What the chief of office proposed to the leader: fills the assign dialog in.
create table document_proposal (
    step_id integer primary key references step (id),
    content text not null,
    created_at integer not null
) strict;
