-- Full text: each word twice at one place, as it is and folded (tokenizer congvu). The texts stand elsewhere; the index alone
-- is kept. `tags` holds r<register> and a<agency>, so that a narrower search is still one walk through the index.
create virtual table search_title using fts5 (words, tags, content = '', columnsize = 0, tokenize = 'congvu');
create virtual table search_content using fts5 (words, content = '', columnsize = 0, tokenize = 'congvu');
-- Merging happens in small steps in idle moments, not in a writer's way.
insert into search_title (search_title, rank) values ('automerge', 0);
insert into search_title (search_title, rank) values ('crisismerge', 1000);
insert into search_content (search_content, rank) values ('automerge', 0);
insert into search_content (search_content, rank) values ('crisismerge', 1000);
