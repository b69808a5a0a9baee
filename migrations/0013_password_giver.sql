-- Who gave the account its password last: made it or reset it. Empty: nobody of the office, but the command line.
alter table account add column password_given_by integer;
