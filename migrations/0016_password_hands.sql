-- Through whose hands an account's password came: who made or reset it last, and, as they were then, those through whose
-- hands that one's own password had come. None: it came with the server or from its command line.
create table password_hand (
    account_id integer not null references account (id),
    hand_account_id integer not null references account (id),
    primary key (account_id, hand_account_id)
) strict, without rowid;
insert into password_hand (account_id, hand_account_id)
    with recursive hand (account_id, hand_account_id) as (
        select id, password_given_by from account where password_given_by is not null
        union
        select h.account_id, a.password_given_by from hand h join account a on a.id = h.hand_account_id
        where a.password_given_by is not null)
    select account_id, hand_account_id from hand;
alter table account drop column password_given_by;
