#include "core/registers/choices.h"

#include "base/resources.h"
#include "core/registers/block.h"
#include "core/registers/registers.h"

namespace registers {
namespace {

constexpr db::Sql put_choice{"registers.put_choice", R"(
    insert into choice (list, code, title_vi, title_en, abbreviation, sort, valid_from, valid_to, basis)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
    on conflict (list, code) do update set title_vi = excluded.title_vi, title_en = excluded.title_en,
        abbreviation = excluded.abbreviation, sort = excluded.sort, valid_from = excluded.valid_from,
        valid_to = excluded.valid_to, basis = excluded.basis)"};
constexpr db::Sql select_choices{"registers.choices", R"(
    select code, title_vi, title_en, abbreviation, valid_from, valid_to, basis from choice
    where list = ?1 and (valid_from is null or valid_from <= ?2) and (valid_to is null or valid_to > ?2)
    order by sort, code)"};

std::optional<LocalDate> date_at(const Block& block, std::string_view key) {
    if (!block.has(key)) return std::nullopt;
    const auto date = parse_date(block.text(key, 10));
    if (!date) block.fault(key, "registers.not_a_date", {{"key", std::string(key)}});
    return date ? std::optional(*date) : std::nullopt;
}

Choice read_choice(Faults& faults, const yaml::Entry& entry, const Choice& usual) {
    const std::string path = "choices." + entry.key;
    if (!is_code(entry.key, 40))
        faults.add(entry.line, "registers.bad_code", path, {{"word", entry.key}, {"limit", "40"}});
    const Block block(faults, entry.value, path, {"vi", "en", "abbreviation", "valid_from", "valid_to", "basis"});
    Choice choice = usual;
    choice.code = entry.key;
    choice.label = block.label();
    choice.abbreviation = block.text("abbreviation", 20);
    if (block.has("valid_from")) choice.valid_from = date_at(block, "valid_from");
    choice.valid_to = date_at(block, "valid_to");
    if (block.has("basis")) choice.basis = block.text("basis", 500);
    if (choice.valid_from && choice.valid_to && *choice.valid_to <= *choice.valid_from)
        block.fault("valid_to", "registers.never_valid");
    return choice;
}

}  // namespace

Result<ChoiceList> read_choices(std::string_view text) {
    const yaml::Node root = TRY(yaml::read(text));
    Faults faults;
    if (!root.is_map()) faults.add(root.line, "registers.not_a_map");
    const Block top(faults, root, "", {"list", "vi", "en", "basis", "valid_from", "choices"});
    ChoiceList list;
    list.code = top.text("list", 40);
    if (!is_code(list.code, 40)) top.fault("list", "registers.bad_code", {{"word", list.code}, {"limit", "40"}});
    list.label = top.label();
    Choice usual;
    usual.basis = top.text("basis", 500);
    usual.valid_from = date_at(top, "valid_from");
    // The law is data with dates: a list says since when it holds and where it comes from.
    for (const std::string_view key : {"basis", "valid_from"})
        if (!top.has(key)) faults.add(root.line, "registers.undated_list", key, {{"key", std::string(key)}});
    const yaml::Node* choices = top.find("choices");
    if (choices == nullptr || !choices->is_map() || choices->entries.empty())
        top.fault("choices", "registers.not_a_map");
    else
        for (const yaml::Entry& entry : choices->entries) list.choices.push_back(read_choice(faults, entry, usual));
    TRY(faults.result());
    return list;
}

Result<std::vector<Choice>> choices(db::Reader& reader, std::string_view list, LocalDate on) {
    std::vector<Choice> found;
    for (const db::Row& row : TRY(reader.rows(select_choices, list, on)))
        found.push_back({row.text(0), {row.text(1), row.text(2)}, row.text(3), row.date(4), row.date(5), row.text(6)});
    return found;
}

Result<void> load_choices(db::Database& database) {
    std::vector<ChoiceList> lists;
    for (const Resource& file : resources::under("rules/choices/")) {
        if (!file.path.ends_with(".yaml")) continue;
        lists.push_back(TRY(read_choices(file.bytes)));
    }
    return database.write_now([&](db::Transaction& tx) -> Result<void> {
        for (const ChoiceList& list : lists) {
            int sort = 0;
            for (const Choice& choice : list.choices) {
                const db::Value abbreviation =
                    choice.abbreviation.empty() ? db::Value() : db::Value(choice.abbreviation);
                TRY(tx.execute(put_choice, list.code, choice.code, choice.label.vi, choice.label.in(Language::en),
                               abbreviation, sort++, choice.valid_from, choice.valid_to, choice.basis));
            }
        }
        return {};
    });
}

}  // namespace registers
