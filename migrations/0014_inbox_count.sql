-- What the counts beside the boxes walk: a narrow row each, not the row of the list with its title.
create index inbox_count on inbox (to_subject, box, secrecy, due);
