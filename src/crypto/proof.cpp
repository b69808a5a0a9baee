#include "crypto/proof.h"

#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/hex.h"
#include "base/text.h"
#include "crypto/merkle.h"

namespace crypto::proof {
namespace {

namespace json = boost::json;

std::unexpected<Error> bad(std::string_view what) {
    auto failure = fail(ErrorCode::corrupt, "crypto.bad_proof");
    failure.error().detail = what;
    return failure;
}

template <std::size_t N>
Result<std::array<std::byte, N>> fixed(BytesView bytes) {
    std::array<std::byte, N> fixed;
    if (bytes.size() != N) return bad("a field has the wrong length");
    std::ranges::copy(bytes, fixed.begin());
    return fixed;
}

template <std::size_t N>
Result<std::array<std::byte, N>> fixed_base64(std::string_view text) {
    const auto bytes = from_base64(text);
    if (!bytes) return bad("a field is not base64");
    return fixed<N>(*bytes);
}

// A member that must be there, once, of that kind. Every one taken is counted: nothing else may stand in the file.
class Members {
  public:
    explicit Members(const json::object& object) : object_(object) {}

    Result<std::string_view> text(std::string_view name) {
        const json::value* value = object_.if_contains(name);
        if (!value || !value->is_string()) return bad(name);
        ++taken_;
        return std::string_view(value->get_string());
    }
    Result<std::uint64_t> number(std::string_view name) {
        const json::value* value = object_.if_contains(name);
        if (!value || !value->is_int64() || value->get_int64() < 0) return bad(name);
        ++taken_;
        return static_cast<std::uint64_t>(value->get_int64());
    }
    Result<const json::array*> array(std::string_view name) {
        const json::value* value = object_.if_contains(name);
        if (!value || !value->is_array()) return bad(name);
        ++taken_;
        return &value->get_array();
    }
    bool has(std::string_view name) const { return object_.contains(name); }
    bool all_taken() const { return taken_ == object_.size(); }

  private:
    const json::object& object_;
    std::size_t taken_ = 0;
};

Result<Value> read_value(const json::value& from) {
    if (!from.is_object()) return bad("values");
    Members members(from.get_object());
    Value value;
    value.field = TRY(members.text("field"));
    if (members.has("hash")) {
        value.hash = TRY(fixed_base64<32>(TRY(members.text("hash"))));
    } else {
        auto salt = from_base64(TRY(members.text("salt")));
        if (!salt) return bad("salt");
        value.salt = std::move(*salt);
        value.before = TRY(members.text("before"));
        value.after = TRY(members.text("after"));
    }
    if (!members.all_taken()) return bad("values");
    return value;
}

std::size_t members_in(const json::value& value) {
    std::size_t count = 0;
    if (const json::array* array = value.if_array())
        for (const json::value& each : *array) count += members_in(each);
    if (const json::object* object = value.if_object())
        for (const auto& member : *object) count += 1 + members_in(member.value());
    return count;
}

// Of two members of one name the parser keeps the last and another reader the first. In sound JSON each member has one
// colon outside the strings, so a dropped one shows.
bool has_equal_names(std::string_view text, const json::value& parsed) {
    std::size_t colons = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (in_string && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            in_string = !in_string;
        } else if (!in_string && text[i] == ':') {
            ++colons;
        }
    }
    return colons != members_in(parsed);
}

json::object object_of(const Value& value) {
    if (value.hash) return {{"field", value.field}, {"hash", base64(*value.hash)}};
    return {{"field", value.field}, {"salt", base64(value.salt)}, {"before", value.before}, {"after", value.after}};
}

// The "values" line of the entry, when it has one.
std::optional<std::string_view> values_line(std::string_view entry) {
    const std::size_t last = entry.rfind("\nvalues ");
    if (last == std::string_view::npos || !entry.ends_with('\n')) return std::nullopt;
    return entry.substr(last + 8, entry.size() - last - 9);
}

Result<void> check_values(const Proof& proof) {
    if (proof.values.empty()) return {};
    std::map<std::string, Digest, std::less<>> by_field;
    for (const Value& value : proof.values)
        by_field.emplace(value.field,
                         value.hash ? *value.hash : value_hash(value.salt, value.field, value.before, value.after));
    const auto line = values_line(proof.entry);
    if (by_field.size() != proof.values.size() || !line || *line != to_hex(values_hash(by_field)))
        return fail(ErrorCode::invalid, "crypto.proof_values");
    return {};
}

}  // namespace

std::string checkpoint_text(const Checkpoint& head) {
    return fmt::format("congvu/{}\n{}\n{}\n{}\n", head.server, head.size, base64(head.root), to_string(head.at));
}

Result<Checkpoint> read_checkpoint(std::string_view text) {
    const std::vector<std::string> lines = split(text, '\n');
    if (lines.size() != 5 || !lines[0].starts_with("congvu/") || !lines[4].empty()) return bad("head");
    Checkpoint head{.server = lines[0].substr(7)};
    const std::string& size = lines[1];
    if (const auto read = std::from_chars(size.data(), size.data() + size.size(), head.size);
        read.ec != std::errc() || read.ptr != size.data() + size.size())
        return bad("head");
    head.root = TRY(fixed_base64<32>(lines[2]));
    const auto at = parse_instant(lines[3]);
    if (!at) return bad("head");
    head.at = *at;
    if (checkpoint_text(head) != text) return bad("head");  // one way of writing it, no other
    return head;
}

Digest value_hash(BytesView salt, std::string_view field, std::string_view before, std::string_view after) {
    return sha256(fmt::format("congvu value 1\n{}\n{}\n{}\n{}\n", to_hex(salt), field, before, after));
}

Digest values_hash(const std::map<std::string, Digest, std::less<>>& by_field) {
    std::string text = "congvu values 1\n";
    for (const auto& [field, hash] : by_field) text += fmt::format("{} {}\n", to_hex(hash), field);
    return sha256(text);
}

std::string write(const Proof& proof) {
    json::array path, values;
    for (const Digest& hash : proof.path) path.emplace_back(base64(hash));
    for (const Value& value : proof.values) values.emplace_back(object_of(value));
    const std::pair<std::string_view, json::value> members[] = {
        {"entry", json::value(std::string_view(proof.entry))},
        {"values", std::move(values)},
        {"position", proof.position},
        {"path", std::move(path)},
        {"head", json::value(std::string_view(proof.head))},
        {"signature", json::value(std::string_view(base64(proof.signature)))},
        {"public_key", json::value(std::string_view(to_hex(proof.public_key)))}};
    std::string text = "{\n\"congvu_proof\": 1";
    for (const auto& [name, value] : members) text += fmt::format(",\n\"{}\": {}", name, json::serialize(value));
    return text + "\n}\n";
}

Result<Proof> read(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return bad("not a JSON object");
    if (has_equal_names(text, value)) return bad("two members of one name");
    Members members(value.get_object());
    if (TRY(members.number("congvu_proof")) != 1) return bad("of another version");
    Proof proof;
    proof.entry = TRY(members.text("entry"));
    proof.position = TRY(members.number("position"));
    proof.head = TRY(members.text("head"));
    for (const json::value& one : *TRY(members.array("values"))) proof.values.push_back(TRY(read_value(one)));
    for (const json::value& one : *TRY(members.array("path"))) {
        if (!one.is_string()) return bad("path");
        proof.path.push_back(TRY(fixed_base64<32>(one.get_string())));
    }
    proof.signature = TRY(fixed_base64<64>(TRY(members.text("signature"))));
    const auto key = from_hex(TRY(members.text("public_key")));
    if (!key) return bad("public_key");
    proof.public_key = TRY(fixed<32>(bytes_of(*key)));
    if (!members.all_taken()) return bad("unknown members");
    return proof;
}

Result<Checkpoint> check(const Proof& proof, const std::optional<PublicKey>& pinned) {
    const Checkpoint head = TRY(read_checkpoint(proof.head));
    if (pinned && *pinned != proof.public_key) return fail(ErrorCode::invalid, "crypto.proof_other_key");
    if (!signature_matches(proof.public_key, proof.head, proof.signature))
        return fail(ErrorCode::invalid, "crypto.proof_signature");
    if (merkle::root_of(merkle::leaf_hash(proof.entry), proof.position, head.size, proof.path) != head.root)
        return fail(ErrorCode::invalid, "crypto.proof_not_in_tree");
    TRY(check_values(proof));
    return head;
}

}  // namespace crypto::proof
