#pragma once
#include "core/accounts/accounts.h"
#include "modules/organisation/organisation.h"

namespace organisation {

struct PersonPost {
    PostId id;
    std::string title;
    std::optional<UnitName> unit;
    bool acting = false;
};
BOOST_DESCRIBE_STRUCT(PersonPost, (), (id, title, unit, acting))

struct PersonAccount {
    AccountId id;
    std::string login;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(PersonAccount, (), (id, login, state))

struct Person {
    PersonId id;
    std::string full_name;
    std::optional<std::string> rank;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::vector<PersonPost> posts;
    std::optional<PersonAccount> account;  ///< for administrators who reach the person
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, full_name, rank, phone, email, posts, account))

struct PersonPage {
    std::vector<Person> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PersonPage, (), (items, next))

/// By given name; `unit`: those with a post there or beneath it.
Result<PersonPage> persons(const Scope&, db::Reader&, std::string_view text, UnitId unit, PersonId after, int limit);
Result<Person> make_person(const Scope&, db::Transaction&, const org::NewPerson&);
Result<Person> edit_person(const Scope&, db::Transaction&, PersonId, const org::NewPerson&);

struct Account {
    AccountId id;
    PersonName person;
    std::string login;
    std::string state;  ///< active, disabled, locked
    std::string state_label;
    std::optional<Instant> last_seen_at;
};
BOOST_DESCRIBE_STRUCT(Account, (), (id, person, login, state, state_label, last_seen_at))

struct AccountPage {
    std::vector<Account> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(AccountPage, (), (items, next))

struct NewAccount {
    PersonId person;
    std::string login;
};
BOOST_DESCRIBE_STRUCT(NewAccount, (), (person, login))

struct FirstPassword {
    AccountId id;
    std::string first_password;
};
BOOST_DESCRIBE_STRUCT(FirstPassword, (), (id, first_password))

struct AccountState {
    std::string state;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AccountState, (), (state, reason))

/// Of the persons an administrator reaches.
Result<AccountPage> account_list(const Scope&, db::Reader&, std::string_view text, AccountId after, int limit);
/// Errors: not_found for others' persons; those of accounts::create.
Result<AccountId> add_account(const Scope&, db::Transaction&, const accounts::FirstPassword&, const NewAccount&);
/// The person is told of it. Errors: not_found for others' accounts.
Result<void> give_new_password(const Scope&, db::Transaction&, const accounts::FirstPassword&, AccountId);
/// Errors: not_found, forbidden "organisation.own_account", invalid.
Result<Proposed> set_account_state(const Scope&, db::Transaction&, AccountId, const AccountState&);

}  // namespace organisation
