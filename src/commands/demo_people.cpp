#include "base/resources.h"
#include "base/text.h"
#include "commands/demo.h"
#include "core/accounts/accounts.h"
#include "core/org/org.h"
#include "core/scope/system_scope.h"

namespace commands::sample {

namespace {

using boost::json::object;
using boost::json::value;

std::string text(const object& from, std::string_view key, std::string_view otherwise = "") {
    const auto* found = from.if_contains(key);
    return std::string(found && found->is_string() ? std::string_view(found->as_string()) : otherwise);
}

bool yes(const object& from, std::string_view key) {
    const auto* found = from.if_contains(key);
    return found && found->is_bool() && found->as_bool();
}

std::int64_t number(const object& from, std::string_view key, std::int64_t otherwise) {
    const auto* found = from.if_contains(key);
    return found && found->is_int64() ? found->as_int64() : otherwise;
}

/// Makes units and fills posts inside one closure.
class People {
  public:
    People(Maker& maker, db::Transaction& tx, const object& data, std::string_view hash)
        : maker_(maker),
          tx_(tx),
          data_(data),
          hash_(hash),
          scope_(system_scope(tx.now())),
          since_(LocalDate::of(2024, 1, 1)) {}

    Result<void> make() {
        TRY(ministry(data_.at("ministry").as_object()));
        for (const value& each : data_.at("agencies").as_array()) TRY(agency(each.as_object()));
        return {};
    }

  private:
    Result<UnitId> unit(const object& from, UnitId parent, bool is_agency) {
        const UnitId id = TRY(org::add_unit(scope_, tx_,
                                            {.parent = parent ? std::optional(parent) : std::nullopt,
                                             .kind = text(from, "kind", "department"),
                                             .name = text(from, "name"),
                                             .short_name = text(from, "short_name", text(from, "name")),
                                             .abbreviation = text(from, "abbreviation"),
                                             .is_agency = is_agency,
                                             .valid_from = since_,
                                             .sort = sort_++}));
        if (!text(from, "code").empty()) maker_.units[text(from, "code")] = id;
        return id;
    }

    std::string pick(std::string_view list) {
        const auto& names = data_.at(list).as_array();
        return std::string(names[maker_.random() % names.size()].as_string());
    }

    std::string name() {
        for (;;) {
            const bool woman = maker_.random() % 10 < 4;
            std::string made = pick("family") + " " + pick(woman ? "middle_woman" : "middle_man") + " " +
                               pick(woman ? "given_woman" : "given_man");
            if (taken_.insert(made).second) return made;
        }
    }

    Result<void> member(Agency& agency, UnitId where, const std::string& title, std::vector<std::string> roles,
                        const std::string& login, int rank) {
        const auto& ranks = data_.at("ranks").as_array();
        Member made{{}, {}, where, name(), title, login, roles};
        made.person = TRY(
            org::add_person(scope_, tx_,
                            {.full_name = made.full_name,
                             .rank = std::string(ranks[static_cast<std::size_t>(rank) % ranks.size()].as_string())}));
        made.post = TRY(org::add_post(
            scope_, tx_,
            {.unit = where, .title = title, .roles = std::move(roles), .valid_from = since_, .sort = sort_++}));
        TRY(org::fill_post(scope_, tx_, {.post = made.post, .person = made.person, .valid_from = since_}));
        if (!login.empty())
            TRY(accounts::create_with(scope_, tx_, maker_.serving.host.policy, made.person, login, hash_));
        agency.members.push_back(std::move(made));
        return {};
    }

    /// head, deputy and handlers of a department or section.
    Result<void> staff(Agency& agency, const object& from, UnitId where, const std::string& head, int handlers,
                       const std::string& prefix) {
        const bool main = !prefix.empty();
        const std::string short_code = lower(folded_form(text(from, "abbreviation")));
        TRY(member(agency, where, head, {"head_of_section"}, main ? "truong." + short_code : "", 1));
        TRY(member(agency, where, "Phó " + lower(head.substr(0, 1)) + head.substr(1), {"handler"}, "", 2));
        for (int i = 0; i < handlers; ++i)
            TRY(member(
                agency, where, "Chuyên viên",
                yes(from, "legal") ? std::vector<std::string>{"handler", "legal"} : std::vector<std::string>{"handler"},
                main ? "cv." + short_code + std::to_string(i + 1) : "", 3 + i));
        if (yes(from, "unit_clerk"))
            TRY(member(agency, where, "Văn thư đơn vị", {"unit_clerk", "handler"}, main ? "vanthu." + short_code : "",
                       5));
        if (yes(from, "keeper"))
            TRY(member(agency, where, "Cán bộ quản lý sổ", {"register_keeper", "handler"},
                       main ? "so." + short_code : "", 4));
        if (yes(from, "steering"))
            TRY(member(agency, where, "Thư ký Ban Chỉ đạo", {"steering", "handler"}, main ? "banchidao" : "", 3));
        return {};
    }

    Result<void> leaders(Agency& agency, const object& from, int deputies, const std::string& prefix) {
        const std::string suffix = prefix.empty() ? "" : "." + prefix;
        TRY(member(agency, agency.unit, text(from, "leader"), {"leader"}, "lanhdao" + suffix, 0));
        for (int i = 0; i < deputies; ++i)
            TRY(member(agency, agency.unit, text(from, "deputy"), {"leader"},
                       prefix.empty() ? "lanhdao" + std::to_string(i + 2) : "", 0));
        return {};
    }

    Result<void> ministry(const object& from) {
        Agency agency{
            TRY(unit(from, {}, true)), text(from, "code"), text(from, "name"), text(from, "abbreviation"), {}, {}};
        TRY(leaders(agency, from, static_cast<int>(number(from, "deputies", 2)), ""));
        TRY(member(agency, agency.unit, "Thư ký Bộ trưởng", {"secretary", "handler"}, "thuky", 4));
        for (const value& each : from.at("units").as_array()) {
            const object& department = each.as_object();
            const UnitId id = TRY(unit(department, agency.unit, false));
            agency.units.push_back(id);
            if (yes(department, "office")) {
                TRY(member(agency, id, text(department, "head"), {"chief_of_office"}, "chanhvp", 1));
                TRY(member(agency, id, "Phó Chánh Văn phòng", {"chief_of_office"}, "phochanhvp", 1));
                TRY(member(agency, id, "Quản trị hệ thống", {"administrator"}, "quantri", 4));
                TRY(member(agency, id, "Quản trị hệ thống", {"administrator"}, "quantri2", 4));
                TRY(member(agency, id, "Kiểm toán nội bộ", {"auditor"}, "kiemtoan", 3));
                // Draws no luck of the others: their names and letters stay those of the manual.
                const auto luck = maker_.random;
                TRY(member(agency, id, "Cán bộ bảo mật", {"security_keeper"}, "baomat", 4));
                maker_.random = luck;
            } else {
                TRY(staff(agency, department, id, text(department, "head", "Vụ trưởng"), 4, "bm"));
            }
            const auto* sections = department.if_contains("units");
            if (!sections) continue;
            for (const value& inner : sections->as_array()) {
                const object& section = inner.as_object();
                const UnitId inside = TRY(unit(section, id, false));
                agency.units.push_back(inside);
                const auto clerks = number(section, "clerks", 0);
                for (std::int64_t i = 0; i < clerks; ++i)
                    TRY(member(agency, inside, "Văn thư cơ quan", {"clerk"},
                               i == 0 ? "vanthu" : "vanthu" + std::to_string(i + 1), 5));
                TRY(staff(agency, section, inside, "Trưởng phòng", 3, "bm"));
            }
        }
        maker_.agencies.push_back(std::move(agency));
        return {};
    }

    Result<void> agency(const object& from) {
        Agency made{TRY(unit(from, maker_.agencies.front().unit, true)),
                    text(from, "code"),
                    text(from, "name"),
                    text(from, "abbreviation"),
                    {},
                    {}};
        const std::string prefix = lower(folded_form(made.code));
        TRY(leaders(made, from, 1, prefix));
        const UnitId office = TRY(unit({{"kind", "office"},
                                        {"name", "Văn phòng " + made.name},
                                        {"short_name", "Văn phòng"},
                                        {"abbreviation", "VP"}},
                                       made.unit, false));
        made.units.push_back(office);
        TRY(member(made, office, "Chánh Văn phòng", {"chief_of_office"}, "chanhvp." + prefix, 1));
        TRY(member(made, office, "Văn thư cơ quan", {"clerk"}, "vanthu." + prefix, 5));
        TRY(member(made, office, "Quản trị hệ thống", {"administrator", "register_keeper"}, "quantri." + prefix, 4));
        for (const value& each : from.at("units").as_array()) {
            const object section{{"kind", "section"},
                                 {"name", each.as_array()[0]},
                                 {"short_name", each.as_array()[0]},
                                 {"abbreviation", each.as_array()[1]}};
            const UnitId id = TRY(unit(section, made.unit, false));
            made.units.push_back(id);
            TRY(staff(made, section, id, "Trưởng phòng", 2, ""));
        }
        maker_.agencies.push_back(std::move(made));
        return {};
    }

    Maker& maker_;
    db::Transaction& tx_;
    const object& data_;
    std::string_view hash_;
    Scope scope_;
    LocalDate since_;
    int sort_ = 1;
    std::set<std::string> taken_;
};

}  // namespace

const Member* Agency::with(std::string_view role) const {
    for (const Member& member : members)
        if (std::ranges::find(member.roles, role) != member.roles.end()) return &member;
    return nullptr;
}

std::vector<const Member*> Agency::all_with(std::string_view role) const {
    std::vector<const Member*> found;
    for (const Member& member : members)
        if (std::ranges::find(member.roles, role) != member.roles.end()) found.push_back(&member);
    return found;
}

Result<Scope> Maker::scope_of(const Member& member) {
    const auto reader = TRY(office.database->read());
    return org::scope_of(*reader, member.person, member.post, clock.now());
}

Result<value> read_sample(std::string_view file) {
    const auto bytes = resources::find("rules/sample/" + std::string(file));
    if (!bytes) return fail_internal("no sample " + std::string(file));
    boost::system::error_code error;
    value read = boost::json::parse(*bytes, error);
    if (error) return fail_internal("sample " + std::string(file) + " is no JSON: " + error.message());
    return read;
}

Result<void> make_people(Maker& maker, std::string_view password_hash) {
    const value data = TRY(read_sample("ministry.json"));
    return maker.office.database->write_now([&](db::Transaction& tx) -> Result<void> {
        maker.agencies.clear();
        maker.units.clear();
        return People(maker, tx, data.as_object(), password_hash).make();
    });
}

}  // namespace commands::sample
