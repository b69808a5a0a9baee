#include "modules/organisation/people.h"

#include "core/steps/notices.h"
#include "modules/organisation/describe.h"
#include "modules/organisation/right_changes.h"
#include "modules/organisation/store.h"

namespace organisation {

namespace {

std::optional<std::string> given(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Result<Person> shown(const Scope& scope, db::Reader& reader, const org::Reach& reach, const org::Person& person) {
    Person json;
    json.id = person.id;
    json.full_name = person.full_name;
    json.rank = given(person.rank);
    json.phone = given(person.phone);
    json.email = given(person.email);
    for (const org::Place& place : person.places) {
        PersonPost post{place.post, place.title, std::nullopt, place.acting};
        if (const org::Unit* unit = reach.tree().find(place.unit)) post.unit = UnitName{unit->id, unit->name};
        json.posts.push_back(std::move(post));
    }
    if (scope.may("administer") && TRY(reach.has(person.id)))
        if (const auto account = TRY(accounts::of_person(scope, reader, person.id)))
            json.account = PersonAccount{account->id, account->login, account->state};
    return json;
}

Result<Person> one(const Scope& scope, db::Reader& reader, PersonId id) {
    const auto person = TRY(org::find_person(reader, id, scope.today));
    if (!person) return fail(ErrorCode::not_found, "org.no_person");
    return shown(scope, reader, TRY(org::Reach::of(scope, reader)), *person);
}

/// The account, when its person is the administrator's to look after.
Result<PersonId> reached(const Scope& scope, db::Reader& reader, const org::Reach& reach, AccountId account) {
    const auto found = TRY(accounts::find(scope, reader, account));
    if (!found || !TRY(reach.has(found->person))) return fail(ErrorCode::not_found, "accounts.no_account");
    return found->person;
}

}  // namespace

Result<PersonPage> persons(const Scope& scope, db::Reader& reader, std::string_view text, UnitId unit, PersonId after,
                           int limit) {
    const org::Reach reach = TRY(org::Reach::of(scope, reader));
    org::PersonQuery query{.text = std::string(text), .after = after, .limit = limit + 1};
    if (unit) query.units = reach.tree().subtree(unit);
    const auto found = TRY(org::find_persons(reader, query, scope.today));
    PersonPage page;
    for (const org::Person& each : found) {
        if (page.items.size() == static_cast<std::size_t>(limit)) {
            page.next = std::to_string(page.items.back().id.value);
            break;
        }
        page.items.push_back(TRY(shown(scope, reader, reach, each)));
    }
    return page;
}

Result<Person> make_person(const Scope& scope, db::Transaction& tx, const org::NewPerson& sent) {
    return one(scope, tx, TRY(org::add_person(scope, tx, sent)));
}

Result<Person> edit_person(const Scope& scope, db::Transaction& tx, PersonId id, const org::NewPerson& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(id));
    TRY(org::change_person(scope, tx, id, sent));
    return one(scope, tx, id);
}

Result<AccountPage> account_list(const Scope& scope, db::Reader& reader, std::string_view text, AccountId after,
                                 int limit) {
    const org::Reach reach = TRY(org::Reach::of(scope, reader));
    AccountPage page;
    for (bool more = true; more;) {
        const auto found = TRY(accounts::find(scope, reader, text, after, 200));
        more = found.size() == 200;
        for (const accounts::Account& each : found) {
            after = each.id;
            if (!TRY(reach.has(each.person))) continue;
            if (page.items.size() == static_cast<std::size_t>(limit)) {
                page.next = std::to_string(page.items.back().id.value);
                return page;
            }
            page.items.push_back({each.id,
                                  {each.person, each.full_name},
                                  each.login,
                                  each.state,
                                  messages::text(scope.language, "organisation.account." + each.state),
                                  each.last_seen_at});
        }
    }
    return page;
}

Result<AccountId> add_account(const Scope& scope, db::Transaction& tx, const accounts::FirstPassword& password,
                              const NewAccount& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    TRY(reach.require(sent.person, "person"));
    return accounts::create(scope, tx, password, sent.person, sent.login);
}

Result<void> give_new_password(const Scope& scope, db::Transaction& tx, const accounts::FirstPassword& password,
                               AccountId account) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    const PersonId person = TRY(reached(scope, tx, reach, account));
    TRY(accounts::reset_password(scope, tx, password, account));
    return steps::notify(tx, {.to = subject::person(person),
                              .code = "organisation.notice.password_reset",
                              .arguments = {{"by", TRY(person_name(tx, scope.person))}},
                              .kind = "account"});
}

Result<Proposed> set_account_state(const Scope& scope, db::Transaction& tx, AccountId account,
                                   const AccountState& sent) {
    const org::Reach reach = TRY(org::Reach::of(scope, tx));
    const PersonId person = TRY(reached(scope, tx, reach, account));
    if (account == scope.account) return fail(ErrorCode::forbidden, "organisation.own_account");
    const auto found = TRY(org::find_person(tx, person, scope.today));
    const AgencyId agency =
        found && !found->places.empty() ? TRY(reach.agency_of(found->places.front().post)) : scope.agency;
    return change_rights(scope, tx, agency, Kind::account_state,
                         {{"account", account.value}, {"state", sent.state}, {"reason", sent.reason}});
}

}  // namespace organisation
