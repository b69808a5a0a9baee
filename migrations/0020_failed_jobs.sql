-- The failed ones are listed and counted for administrators; those done, which are kept a while, are passed over.
create index job_failed on job (id) where state in ('failed', 'given_up');
