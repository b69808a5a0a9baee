#include "core/registers/yaml.h"

#include <optional>
#include <set>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "core/registers/faults.h"

namespace registers::yaml {
namespace {

class Builder final : public YAML::EventHandler {
  public:
    Faults faults;
    std::optional<Node> root;

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(node(Node::Kind::nothing, mark, "?", anchor));
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { stop(mark, "registers.yaml_extra"); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        Node scalar = node(Node::Kind::text, mark, tag, anchor);
        scalar.quoted = tag == "!";
        scalar.text = value;
        add(std::move(scalar));
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(node(Node::Kind::list, mark, tag, anchor), mark);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(node(Node::Kind::map, mark, tag, anchor), mark);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Open {
        Node node;
        std::optional<std::pair<std::string, int>> key = {};  ///< the key whose value comes next
        std::set<std::string> keys = {};
    };

    /// yaml-cpp reads on, but nothing more is kept.
    void stop(const YAML::Mark& mark, std::string_view message) {
        if (!stopped_) faults.add(mark.line + 1, message);
        stopped_ = true;
    }

    Node node(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != 0 || !(tag.empty() || tag == "?" || tag == "!")) stop(mark, "registers.yaml_extra");
        if (++nodes_ > most_nodes) stop(mark, "registers.yaml_too_deep");
        Node made;
        made.kind = kind;
        made.line = mark.line + 1;
        return made;
    }

    void open(Node made, const YAML::Mark& mark) {
        if (open_.size() >= static_cast<std::size_t>(deepest)) stop(mark, "registers.yaml_too_deep");
        if (!stopped_) open_.push_back({std::move(made)});
    }

    void close() {
        if (stopped_) return;
        Node whole = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(whole));
    }

    void add(Node made) {
        if (stopped_) return;
        if (open_.empty()) {
            root = std::move(made);
            return;
        }
        Open& parent = open_.back();
        if (parent.node.is_list()) {
            parent.node.items.push_back(std::move(made));
        } else if (parent.key) {
            parent.node.entries.push_back({parent.key->first, parent.key->second, std::move(made)});
            parent.key.reset();
        } else {
            if (!made.is_text())
                faults.add(made.line, "registers.bad_key");
            else if (!parent.keys.insert(made.text).second)
                faults.add(made.line, "registers.repeated_key", made.text, {{"key", made.text}});
            parent.key.emplace(made.text, made.line);
        }
    }

    std::vector<Open> open_;
    int nodes_ = 0;
    bool stopped_ = false;
};

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const Entry& entry : entries)
        if (entry.key == key) return &entry.value;
    return nullptr;
}

Result<Node> read(std::string_view text) {
    if (text.size() > largest) return fail(ErrorCode::too_large, "registers.file_too_large", {}, {{"limit", "1 MiB"}});
    std::istringstream stream{std::string(text)};
    Builder builder;
    try {
        YAML::Parser parser(stream);
        parser.HandleNextDocument(builder);
        Builder rest;
        if (builder.root && parser.HandleNextDocument(rest) && rest.root)
            builder.faults.add(rest.root->line, "registers.yaml_extra");
    } catch (const YAML::Exception& problem) {
        builder.faults.add(problem.mark.line + 1, "registers.bad_yaml", {}, {{"detail", problem.msg}});
    }
    TRY(builder.faults.result());
    if (!builder.root) return Node();
    return std::move(*builder.root);
}

}  // namespace registers::yaml
