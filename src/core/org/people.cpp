#include "core/org/people.h"

#include "base/text.h"
#include "core/org/store.h"
#include "core/org/store_people.h"

namespace org {

namespace {

constexpr int batch = 500;

Post read_post(const db::Row& row) {
    Post post;
    post.id = row.id<struct PostNoun>(0);
    post.unit = row.id<struct UnitNoun>(1);
    post.title = row.text(2);
    post.sort = static_cast<int>(row.integer(3));
    post.valid_from = row.date(4).value_or(LocalDate{});
    post.valid_to = row.date(5);
    return post;
}

Result<void> add_roles_and_holders(db::Reader& reader, std::vector<Post>& posts, LocalDate on) {
    for (Post& post : posts) {
        for (const db::Row& row : TRY(reader.rows(store::roles_of_post, post.id))) post.roles.push_back(row.text(0));
        for (const db::Row& row : TRY(reader.rows(store::holders_from, post.id, on)))
            post.holders.push_back(
                {row.id<struct PersonNoun>(0), row.text(1), row.date(2).value_or(LocalDate{}), row.date(3)});
    }
    return {};
}

Person read_person(const db::Row& row) {
    return {row.id<struct PersonNoun>(0), row.text(1), row.text(2), row.text(3), row.text(4), {}};
}

/// Every word typed begins a word of the name.
bool fits(const std::vector<Word>& wanted, std::string_view name) {
    const std::vector<Word> own = words(name);
    return std::ranges::all_of(wanted, [&](const Word& each) {
        return std::ranges::any_of(own, [&](const Word& word) { return word.folded.starts_with(each.folded); });
    });
}

db::Query next_persons(const PersonQuery& asked, PersonId after, int rows, LocalDate on) {
    db::Query sql("org.find_persons");
    sql.add("select x.id, x.full_name, x.rank, x.phone, x.email from person x where 1 = 1");
    if (after) {
        sql.add(" and (x.name_key, x.id) > (select y.name_key, y.id from person y where y.id = ").value(after).add(")");
    }
    if (asked.units) {
        std::vector<db::Value> units(asked.units->begin(), asked.units->end());
        sql.add(" and exists (select 1 from post_holder h join post p on p.id = h.post_id where h.person_id = x.id");
        sql.add(" and h.valid_from <= ").value(on).add(" and (h.valid_to is null or h.valid_to > ").value(on);
        sql.add(") and p.unit_id in ").list(units).add(")");
    }
    sql.add(" order by x.name_key, x.id limit ").value(rows);
    return sql;
}

Result<void> add_places(db::Reader& reader, std::vector<Person>& persons, LocalDate on) {
    for (Person& person : persons)
        for (const db::Row& row : TRY(reader.rows(store::places_of, person.id, on)))
            person.places.push_back(
                {row.id<struct PostNoun>(0), row.text(1), row.id<struct UnitNoun>(2), row.boolean(3)});
    return {};
}

ActingRow read_acting(const db::Row& row) {
    return {row.integer(0),
            {row.id<struct PostNoun>(1), row.id<struct PersonNoun>(2), row.date(3).value_or(LocalDate{}),
             row.date(4).value_or(LocalDate{}), row.text(5)},
            !row.is_null(6)};
}

SigningRow read_signing(const db::Row& row) {
    SigningRow read{row.integer(0), row.id<struct AgencyNoun>(1), {}};
    read.authority.post = row.id<struct PostNoun>(2);
    read.authority.form = row.text(3);
    if (!row.is_null(4)) read.authority.for_post = row.id<struct PostNoun>(4);
    read.authority.scope = row.text(5);
    read.authority.basis = row.text(6);
    read.authority.valid_from = row.date(7).value_or(LocalDate{});
    read.authority.valid_to = row.date(8);
    return read;
}

}  // namespace

Result<std::vector<Post>> posts_of(db::Reader& reader, UnitId unit, LocalDate on) {
    std::vector<Post> posts;
    for (const db::Row& row : TRY(reader.rows(store::posts_of_unit, unit, on))) posts.push_back(read_post(row));
    TRY(add_roles_and_holders(reader, posts, on));
    return posts;
}

Result<std::optional<Post>> find_post(db::Reader& reader, PostId id, LocalDate on) {
    const auto row = TRY(reader.row(store::post, id));
    if (!row) return std::optional<Post>();
    std::vector<Post> one{read_post(*row)};
    TRY(add_roles_and_holders(reader, one, on));
    return std::optional(std::move(one.front()));
}

Result<std::vector<Person>> find_persons(db::Reader& reader, const PersonQuery& asked, LocalDate on) {
    const std::vector<Word> wanted = words(asked.text);
    const auto limit = static_cast<std::size_t>(asked.limit);
    const int rows = wanted.empty() ? asked.limit : batch;
    std::vector<Person> found;
    PersonId after = asked.after;
    // Some thousands of people at the most: what is typed is compared here, folded as everywhere.
    for (bool more = true; more && found.size() < limit;) {
        const db::Rows read = TRY(reader.rows(next_persons(asked, after, rows, on)));
        more = read.size() == static_cast<std::size_t>(rows);
        for (const db::Row& row : read) {
            after = row.id<struct PersonNoun>(0);
            if (found.size() < limit && fits(wanted, row.text(1))) found.push_back(read_person(row));
        }
    }
    TRY(add_places(reader, found, on));
    return found;
}

Result<std::optional<Person>> find_person(db::Reader& reader, PersonId id, LocalDate on) {
    const auto row = TRY(reader.row(store::one_person, id));
    if (!row) return std::optional<Person>();
    std::vector<Person> one{read_person(*row)};
    TRY(add_places(reader, one, on));
    return std::optional(std::move(one.front()));
}

Result<std::vector<RoleInfo>> roles(db::Reader& reader) {
    std::vector<RoleInfo> list;
    for (const db::Row& row : TRY(reader.rows(store::roles))) {
        if (list.empty() || list.back().code != row.text(0))
            list.push_back({row.text(0), row.text(1), row.text(2), {}});
        if (!row.is_null(3)) list.back().permissions.push_back(row.text(3));
    }
    return list;
}

Result<std::vector<Permitted>> permitted(db::Reader& reader, std::string_view permission, LocalDate on) {
    std::vector<Permitted> list;
    for (const db::Row& row : TRY(reader.rows(store::permitted, permission, on)))
        list.push_back({row.id<struct PostNoun>(0), row.id<struct UnitNoun>(1), row.id<struct PersonNoun>(2)});
    return list;
}

Result<std::vector<ActingRow>> acting_list(db::Reader& reader, LocalDate today, Time time) {
    std::vector<ActingRow> list;
    for (const db::Row& row : TRY(reader.rows(store::acting_list, today, time == Time::ever)))
        list.push_back(read_acting(row));
    return list;
}

Result<std::vector<SigningRow>> signing_list(db::Reader& reader, LocalDate today, Time time) {
    std::vector<SigningRow> list;
    for (const db::Row& row : TRY(reader.rows(store::signing_list, today, time == Time::ever)))
        list.push_back(read_signing(row));
    return list;
}

Result<std::optional<ActingRow>> find_acting(db::Reader& reader, std::int64_t id) {
    const auto row = TRY(reader.row(store::one_acting, id));
    return row ? std::optional(read_acting(*row)) : std::nullopt;
}

Result<std::optional<SigningRow>> find_signing(db::Reader& reader, std::int64_t id) {
    const auto row = TRY(reader.row(store::one_signing, id));
    return row ? std::optional(read_signing(*row)) : std::nullopt;
}

}  // namespace org
