#include "modules/organisation/describe.h"

#include "base/text.h"
#include "core/accounts/accounts.h"

namespace organisation {

namespace {

std::string numbered(std::int64_t id) {
    return "#" + std::to_string(id);
}

std::string with_unit(const Party& post) {
    return post.detail ? post.label + " (" + *post.detail + ")" : post.label;
}

std::string roles_in_words(Language language, const std::vector<std::string>& codes) {
    std::vector<std::string> labels;
    for (const std::string& code : codes) labels.push_back(messages::text(language, "role." + code));
    return labels.empty() ? messages::text(language, "organisation.no_roles") : join(labels, ", ");
}

class Sentence {
  public:
    Sentence(const Scope& scope, db::Reader& reader, const org::Tree& tree)
        : scope_(scope), reader_(reader), tree_(tree) {}

    Result<void> post(std::string name, PostId id) {
        add(std::move(name), with_unit(TRY(party_of(reader_, tree_, id, scope_.today))));
        return {};
    }
    Result<void> person(std::string name, PersonId id) {
        add(std::move(name), TRY(person_name(reader_, id)));
        return {};
    }
    void add(std::string name, std::string value) { arguments_.push_back({std::move(name), std::move(value)}); }
    void date(std::string name, LocalDate value) { add(std::move(name), to_vietnamese(value)); }
    std::string text(std::string_view code) const {
        return messages::text(scope_.language, "organisation.change." + std::string(code), arguments_);
    }

  private:
    const Scope& scope_;
    db::Reader& reader_;
    const org::Tree& tree_;
    std::vector<MessageArgument> arguments_;
};

}  // namespace

Result<std::string> person_name(db::Reader& reader, PersonId id) {
    const auto person = TRY(org::find_person(reader, id, {}));
    return person ? person->full_name : numbered(id.value);
}

Result<Party> party_of(db::Reader& reader, PersonId id) {
    return Party{"person", id.value, TRY(person_name(reader, id)), std::nullopt};
}

Result<Party> party_of(db::Reader& reader, const org::Tree& tree, PostId id, LocalDate today) {
    const auto post = TRY(org::find_post(reader, id, today));
    if (!post) return Party{"post", id.value, numbered(id.value), std::nullopt};
    const org::Unit* unit = tree.find(post->unit);
    return Party{"post", id.value, post->title, unit ? std::optional(unit->name) : std::nullopt};
}

Result<std::string> describe(const Scope& scope, db::Reader& reader, const org::Tree& tree, Kind kind,
                             const boost::json::object& content) {
    Sentence sentence(scope, reader, tree);
    switch (kind) {
        case Kind::post_roles:
            TRY(sentence.post("post", {content.at("post").as_int64()}));
            sentence.add("roles",
                         roles_in_words(scope.language, TRY(decode<std::vector<std::string>>(content.at("roles")))));
            return sentence.text("post_roles");
        case Kind::post_holder: {
            const auto holding = TRY(decode<org::Holding>(content));
            TRY(sentence.post("post", holding.post));
            sentence.date("from", holding.valid_from);
            if (!holding.person) return sentence.text("post_vacated");
            TRY(sentence.person("person", holding.person));
            if (!holding.valid_to) return sentence.text("post_holder");
            sentence.date("to", *holding.valid_to - 1);
            return sentence.text("post_holder_until");
        }
        case Kind::acting: {
            const auto acting = TRY(decode<org::Acting>(content));
            TRY(sentence.post("post", acting.post));
            TRY(sentence.person("person", acting.deputy));
            sentence.date("from", acting.valid_from);
            sentence.date("to", acting.valid_to);
            sentence.add("basis", acting.basis);
            return sentence.text("acting");
        }
        case Kind::signing_authority: {
            const auto authority = TRY(decode<org::SigningAuthority>(content));
            TRY(sentence.post("post", authority.post));
            sentence.add("form", authority.form.empty() ? "" : authority.form + ".");
            sentence.add("scope", authority.scope);
            sentence.add("basis", authority.basis);
            sentence.date("from", authority.valid_from);
            if (!authority.for_post) return sentence.text("signing_own");
            TRY(sentence.post("for_post", *authority.for_post));
            return sentence.text("signing_for");
        }
        case Kind::account_state: {
            const auto account = TRY(accounts::find(scope, reader, AccountId{content.at("account").as_int64()}));
            sentence.add("login", account ? account->login : "");
            sentence.add("person", account ? account->full_name : "");
            sentence.add("reason", std::string(content.at("reason").as_string()));
            return sentence.text(content.at("state").as_string() == "active" ? "account_active" : "account_disabled");
        }
        case Kind::unit_place: {
            const auto version = TRY(decode<org::NewUnit>(content.at("version")));
            const org::Unit* unit = tree.find({content.at("unit").as_int64()});
            const org::Unit* above = version.parent ? tree.find(*version.parent) : nullptr;
            sentence.add("unit", unit ? unit->name : version.name);
            sentence.add("parent", above ? above->name : "");
            sentence.date("from", version.valid_from);
            return sentence.text("unit_place");
        }
        case Kind::setting:
            sentence.add("value", std::string(content.at("value").as_string()));
            return sentence.text("setting");
    }
    return std::string();
}

}  // namespace organisation
