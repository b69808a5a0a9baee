-- Full text: each word twice at one place, as it is and folded. The vectors are made by the program, the same on both engines.
create table search_title (
    record_id bigint primary key,
    words tsvector not null                        -- with r:<register> and a:<agency>
);
create index search_title_words on search_title using gin (words);
create table search_content (
    file_id bigint primary key,
    words tsvector not null
);
create index search_content_words on search_content using gin (words);
