#pragma once
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/registers/declaration.h"
#include "core/scope/scope.h"
#include "core/scope/subject.h"
#include "db/database.h"

// Who may see a record, said a second time, slowly and plainly: from the declaration's `see` rules, the rows of the
// organisation and the rows of the steps. It knows nothing of grants, subjects of a scope or the tree of core/org.
namespace congvu::test {

class SecondPredicate {
  public:
    /// Reads everything as it stands on that day.
    SecondPredicate(db::Reader& reader, const std::vector<std::shared_ptr<const registers::Declaration>>& declarations,
                    LocalDate today)
        : today_(to_string(today)) {
        read_units(reader);
        read_posts(reader);
        read_steps(reader);
        for (const auto& declaration : declarations) read_records(reader, *declaration);
    }

    /// From that post: an acted one counts alone, and only while it is the one acted from.
    bool sees(PersonId person, PostId from, Secrecy clearance, RecordId id) const {
        const Seen& record = records_.at(id.value);
        if (record.secrecy > static_cast<int>(clearance)) return false;
        if (takes_over(person, id)) return true;
        const std::vector<Post> posts = posts_of(person.value, from.value);
        for (const registers::Actor& actor : record.declaration->see)
            if (holds(actor.when, record) && is(actor, person, posts, id, record)) return true;
        return false;
    }

  private:
    struct Unit {
        std::int64_t parent = 0;
        bool is_agency = false;
    };
    struct Post {
        std::int64_t id = 0, unit = 0;
        std::set<std::string> roles;
    };
    struct Step {
        std::int64_t record = 0;
        subject::Kind kind = subject::Kind::post;
        std::int64_t to = 0;
        bool at_clerk = false;  ///< it never came further than the unit's clerk
    };
    struct Clerk {
        std::int64_t unit = 0;
        std::string from, until;
    };
    struct Seen {
        const registers::Declaration* declaration = nullptr;
        std::int64_t agency = 0, unit = 0, creator = 0, creator_post = 0;
        int secrecy = 0;
        std::map<std::string, std::string> texts;
        std::map<std::string, std::int64_t> numbers;
    };

    std::vector<db::Row> rows(db::Reader& reader, const char* sql) const {
        auto read = reader.rows(db::Sql{"test.second", sql});
        EXPECT_TRUE(read) << sql;
        std::vector<db::Row> list;
        if (read)
            for (db::Row& row : *read) list.push_back(std::move(row));
        return list;
    }
    bool is_on(const db::Row& row, int from, int until) const {
        return row.text(from) <= today_ && (row.is_null(until) || row.text(until) > today_);
    }

    void read_units(db::Reader& reader) {
        for (const db::Row& row : rows(reader,
                                       "select v.unit_id, coalesce(v.parent_id, 0), u.is_agency, v.valid_from, "
                                       "v.valid_to from unit_version v join unit u on u.id = v.unit_id"))
            if (is_on(row, 3, 4)) units_[row.integer(0)] = {row.integer(1), row.integer(2) != 0};
    }
    void read_posts(db::Reader& reader) {
        std::map<std::int64_t, Post> posts;
        for (const db::Row& row : rows(reader, "select id, unit_id, valid_from, valid_to from post"))
            if (is_on(row, 2, 3) && units_.contains(row.integer(1)))
                posts[row.integer(0)] = {row.integer(0), row.integer(1), {}};
        for (const db::Row& row :
             rows(reader, "select p.post_id, r.code from post_role p join role r on r.id = p.role_id"))
            if (const auto post = posts.find(row.integer(0)); post != posts.end())
                post->second.roles.insert(row.text(1));
        for (const db::Row& row : rows(reader, "select post_id, person_id, valid_from, valid_to from post_holder"))
            if (const auto post = posts.find(row.integer(0)); post != posts.end() && is_on(row, 2, 3))
                held_[row.integer(1)].push_back(post->second);
        for (const db::Row& row : rows(reader,
                                       "select post_id, deputy_person_id, valid_from, valid_to from acting "
                                       "where ended_at is null"))
            if (const auto post = posts.find(row.integer(0));
                post != posts.end() && row.text(2) <= today_ && row.text(3) >= today_)
                acted_[row.integer(1)].push_back(post->second);
    }
    /// Was there a clerk in the unit on that day? Then a step given to the unit waits there first.
    bool had_clerk(std::int64_t unit, const std::string& day) const {
        return std::ranges::any_of(clerks_, [&](const Clerk& each) {
            return each.unit == unit && each.from <= day && (each.until.empty() || each.until > day);
        });
    }
    void read_steps(db::Reader& reader) {
        for (const db::Row& row :
             rows(reader,
                  "select p.unit_id, h.valid_from, h.valid_to from post_holder h join post p on p.id = h.post_id "
                  "where p.id in (select x.post_id from post_role x join role r on r.id = x.role_id where r.code "
                  "= 'unit_clerk')"))
            clerks_.push_back({row.integer(0), row.text(1), row.text(2)});
        std::set<std::int64_t> booked;
        const std::regex step_number("\"step\":([0-9]+)");
        std::smatch found;
        for (const db::Row& row : rows(reader, "select details from journal_entry where action = 'step.booked'"))
            if (const std::string details = row.text(0); std::regex_search(details, found, step_number))
                booked.insert(std::stoll(found[1]));
        std::map<std::int64_t, std::int64_t> record_of;
        for (const db::Row& row : rows(reader, "select id, record_id, to_subject, state, opened_at from step")) {
            record_of[row.integer(0)] = row.integer(1);
            if (row.text(3) == "taken_back") continue;
            const SubjectId to{row.integer(2)};
            const bool stays = subject::kind(to) == subject::Kind::unit &&
                               had_clerk(subject::id(to), to_string(local_date(row.instant(4)))) &&
                               !booked.contains(row.integer(0));
            steps_.push_back({row.integer(1), subject::kind(to), subject::id(to), stays});
        }
        // Given and not yet taken: whoever takes the work over may look at it.
        for (const db::Row& row :
             rows(reader,
                  "select to_person_id, content from hand_over where given_at is not null and taken_at is null")) {
            const std::string content = row.text(1);
            const std::regex number("[0-9]+");
            for (std::sregex_iterator each(content.begin(), content.end(), number), end; each != end; ++each)
                taking_over_.emplace(row.integer(0), record_of[std::stoll(each->str())]);
        }
    }
    void read_records(db::Reader& reader, const registers::Declaration& declaration) {
        for (const db::Row& row :
             rows(reader,
                  "select id, register_id, agency_id, coalesce(unit_id, 0), coalesce(created_by_person_id, 0), "
                  "coalesce(created_by_post_id, 0), secrecy from record where erased_at is null")) {
            if (row.integer(1) != declaration.id.value) continue;
            records_[row.integer(0)] = {&declaration,
                                        row.integer(2),
                                        row.integer(3),
                                        row.integer(4),
                                        row.integer(5),
                                        static_cast<int>(row.integer(6)),
                                        {},
                                        {}};
        }
        for (const registers::Field& field : declaration.fields) {
            const bool is_number =
                field.type == registers::FieldType::person || field.type == registers::FieldType::post ||
                field.type == registers::FieldType::unit || field.type == registers::FieldType::agency;
            if (!is_number && field.type != registers::FieldType::choice) continue;
            db::Query query("test.second_values");
            query.add("select record_id, ").identifier(field.column).add(" from ").identifier(declaration.table);
            const auto read = reader.rows(query);
            ASSERT_TRUE(read);
            for (const db::Row& row : *read) {
                if (row.is_null(1)) continue;
                Seen& record = records_.at(row.integer(0));
                if (is_number)
                    record.numbers[field.code] = row.integer(1);
                else
                    record.texts[field.code] = row.text(1);
            }
        }
    }

    /// Conditions in `see` compare one choice with one word.
    bool holds(const std::string& when, const Seen& record) const {
        if (when.empty()) return true;
        static const std::regex shape("(\\w+) (==|!=) \"(\\w+)\"");
        std::smatch part;
        const bool known = std::regex_match(when, part, shape);
        EXPECT_TRUE(known) << "the second predicate does not know this condition: " << when;
        if (!known) return false;
        const auto text = record.texts.find(part[1]);
        const bool equal = text != record.texts.end() && text->second == part[3];
        return (part[2] == "==") == equal;
    }
    std::vector<Post> posts_of(std::int64_t person, std::int64_t from) const {
        const auto held = held_.find(person);
        const std::vector<Post> own = held == held_.end() ? std::vector<Post>() : held->second;
        if (std::ranges::find(own, from, &Post::id) != own.end()) return own;
        if (const auto acted = acted_.find(person); acted != acted_.end())
            for (const Post& post : acted->second)
                if (post.id == from) return {post};
        return own;
    }
    std::int64_t agency_of(std::int64_t unit) const {
        while (unit != 0 && units_.contains(unit) && !units_.at(unit).is_agency) unit = units_.at(unit).parent;
        return unit;
    }
    bool is_over(std::int64_t above, std::int64_t unit) const {
        for (; unit != 0 && units_.contains(unit); unit = units_.at(unit).parent)
            if (unit == above) return true;
        return false;
    }
    bool takes_over(PersonId person, RecordId record) const {
        return taking_over_.contains({person.value, record.value});
    }
    bool has_step(PersonId person, const std::vector<Post>& posts, RecordId record) const {
        static const std::set<std::string> clerks{"clerk", "unit_clerk"},
            heads{"head_of_section", "leader", "chief_of_office"};
        const auto any_of = [](const Post& post, const std::set<std::string>& roles) {
            return std::ranges::any_of(post.roles, [&](const std::string& role) { return roles.contains(role); });
        };
        for (const Step& step : steps_) {
            if (step.record != record.value) continue;
            if (step.kind == subject::Kind::person && step.to == person.value) return true;
            for (const Post& post : posts) {
                if (step.kind == subject::Kind::post && step.to == post.id) return true;
                if (step.kind != subject::Kind::unit || step.to != post.unit) continue;
                if (any_of(post, clerks) || (!step.at_clerk && any_of(post, heads))) return true;
            }
        }
        return false;
    }
    bool is(const registers::Actor& actor, PersonId person, const std::vector<Post>& posts, RecordId id,
            const Seen& record) const {
        using Place = registers::Actor::Place;
        if (actor.role == "everyone") return true;
        if (actor.role == "participant") return has_step(person, posts, id);
        if (actor.role == "creator" && record.creator_post == 0) return record.creator == person.value;
        const std::int64_t named =
            actor.role == "field" && record.numbers.contains(actor.field) ? record.numbers.at(actor.field) : 0;
        registers::FieldType type = registers::FieldType::text;
        if (actor.role == "field") {
            type = record.declaration->field(actor.field)->type;
            if (type == registers::FieldType::person) return named == person.value;
        }
        for (const Post& post : posts) {
            if (actor.role == "creator") {
                if (post.id == record.creator_post) return true;
            } else if (actor.role == "agency") {
                if (agency_of(post.unit) == record.agency) return true;
            } else if (actor.role == "unit") {
                if (record.unit != 0 && post.unit == record.unit) return true;
            } else if (actor.role == "field") {
                if (named == 0) continue;
                if (type == registers::FieldType::post && post.id == named) return true;
                if (type == registers::FieldType::unit && post.unit == named) return true;
                if (type == registers::FieldType::agency && agency_of(post.unit) == named) return true;
            } else if (post.roles.contains(actor.role)) {
                const std::int64_t unit = record.unit != 0 ? record.unit : record.agency;
                if (actor.place == Place::unit && record.unit != 0 && post.unit == record.unit) return true;
                if (actor.place == Place::over_unit && is_over(post.unit, unit)) return true;
                if ((actor.place == Place::agency || actor.place == Place::none) &&
                    agency_of(post.unit) == record.agency)
                    return true;
            }
        }
        return false;
    }

    std::string today_;
    std::map<std::int64_t, Unit> units_;
    std::map<std::int64_t, std::vector<Post>> held_, acted_;  ///< by person
    std::vector<Clerk> clerks_;
    std::vector<Step> steps_;
    std::set<std::pair<std::int64_t, std::int64_t>> taking_over_;  ///< person, record
    std::map<std::int64_t, Seen> records_;
};

}  // namespace congvu::test
