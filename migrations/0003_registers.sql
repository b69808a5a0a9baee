-- Published declarations live here; the shipped ones are their first version. A record keeps the version of its form.
create table register (
    id integer primary key,
    code text not null unique,
    current_version integer not null default 0,
    shipped integer not null default 1
) strict;

create table register_version (
    register_id integer not null references register (id),
    version integer not null,
    declaration text not null,                     -- the YAML as published
    hash text not null,
    published_at integer not null,
    published_by integer,
    primary key (register_id, version)
) strict;

-- Fields have permanent numbers; a changed type is a new column, columns are only ever added.
create table register_field (
    register_id integer not null references register (id),
    field_id integer not null,
    code text not null,
    type text not null,
    column_name text not null,
    since_version integer not null,
    until_version integer,
    locked integer not null default 0,             -- C++ relies on it
    primary key (register_id, field_id)
) strict;

-- Choice lists shared by registers: document_kinds, urgencies … dated, with the text they come from.
create table choice (
    list text not null,
    code text not null,
    title_vi text not null,
    title_en text not null,
    abbreviation text,
    sort integer not null,
    valid_from text,
    valid_to text,
    basis text,
    primary key (list, code)
) strict;
