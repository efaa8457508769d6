// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <optional>
#include <sstream>
#include <unordered_map>

#include "config/problems.hpp"
#include "config/yaml_text.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

constexpr std::size_t kDeepest = 64;

/// Turns the parser's marks, which count bytes from 0, into lines and code points from 1. Marks mostly come in order,
/// so that each is counted on from the one before.
class Places {
 public:
  Places(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  base::SourceSpot spot(YAML::Mark const& mark) {
    if (mark.pos < 0 || mark.line < 0 || mark.column < 0) return {file_, 0, 0};
    auto const offset = std::min(static_cast<std::size_t>(mark.pos), text_.size());
    if (mark.line != line_ || offset < offset_) {
      line_ = mark.line;
      offset_ = offset - std::min(offset, static_cast<std::size_t>(mark.column));
      column_ = 1;
    }
    column_ += static_cast<std::int64_t>(base::code_points(text_.substr(offset_, offset - offset_)));
    offset_ = offset;
    return {file_, mark.line + 1, column_};
  }
  char at(YAML::Mark const& mark) const {
    return mark.pos >= 0 && static_cast<std::size_t>(mark.pos) < text_.size()
               ? text_[static_cast<std::size_t>(mark.pos)]
               : '\0';
  }

 private:
  std::string_view text_;
  std::string file_;
  int line_ = -1;
  std::size_t offset_ = 0;
  std::int64_t column_ = 1;
};

base::Error refused(base::SourceSpot const& spot, std::string problem) {
  base::Error error(base::errors::yaml_invalid, {{"problem", std::move(problem)}});
  return error.at(spot);
}

/// Builds the tree from the parser's events and refuses, as they come, what the strict subset leaves out.
class Builder final : public YAML::EventHandler {
 public:
  Builder(std::string_view text, std::string_view file, std::size_t max_nodes)
      : places_(text, file), max_nodes_(max_nodes) {
    root_.spot = {std::string(file), 1, 1};
  }

  Node take() { return std::move(root_); }
  base::SourceSpot spot(YAML::Mark const& mark) { return places_.spot(mark); }

  void OnDocumentStart(YAML::Mark const& mark) override {
    if (begun_) throw refused(spot(mark), "text after the end of the document: one file holds one document");
    begun_ = true;
  }
  void OnDocumentEnd() override {}
  void OnNull(YAML::Mark const& mark, YAML::anchor_t) override {
    Node node = make(Node::Kind::null, mark, "?");
    // A value that is left out has its mark at the next word, lines below.
    if (!open_.empty() && open_.back().key && node.spot.line != open_.back().key->spot.line) {
      node.spot = open_.back().key->spot;
    }
    leaf(std::move(node));
  }
  void OnAlias(YAML::Mark const& mark, YAML::anchor_t) override {
    throw refused(spot(mark), "aliases (*name) are not supported; write the value out");
  }
  void OnAnchor(YAML::Mark const& mark, std::string const&) override {
    throw refused(spot(mark), "anchors (&name) are not supported; write the value out where it is needed");
  }
  void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t, std::string const& value) override {
    Node node = make(Node::Kind::scalar, mark, tag);
    node.scalar = value;
    node.quoted = tag == "!";
    if (node.quoted) check_escapes(node);
    leaf(std::move(node));
  }
  void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    push(make(Node::Kind::list, mark, tag));
  }
  void OnSequenceEnd() override { pop(); }
  void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    push(make(Node::Kind::map, mark, tag));
  }
  void OnMapEnd() override { pop(); }

 private:
  struct Open {
    Node node;
    std::optional<Node> key;
    std::unordered_map<std::string, std::int64_t> lines;  ///< of the keys so far
  };

  Node make(Node::Kind kind, YAML::Mark const& mark, std::string const& tag) {
    Node node;
    node.kind = kind;
    node.spot = spot(mark);
    if (node.spot.line == 0 && !open_.empty()) node.spot = open_.back().node.spot;
    if (++nodes_ > max_nodes_) throw refused(node.spot, fmt::format("more than {} nodes", max_nodes_));
    bool const tagged = !tag.empty() && tag != "?" && (tag != "!" || places_.at(mark) == '!');
    if (tagged) throw refused(node.spot, "tags (!name) are not supported; the program knows the types itself");
    return node;
  }
  bool wants_key() const {
    return !open_.empty() && open_.back().node.kind == Node::Kind::map && !open_.back().key.has_value();
  }
  void push(Node node) {
    if (wants_key()) throw refused(node.spot, "a key must be one text, not a list or a map");
    if (open_.size() >= kDeepest) throw refused(node.spot, fmt::format("nested deeper than {} levels", kDeepest));
    open_.push_back({std::move(node), std::nullopt, {}});
  }
  void pop() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    leaf(std::move(node));
  }
  /// Puts a finished node where it belongs.
  void leaf(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (wants_key()) {
      take_key(std::move(node));
    } else if (Open& parent = open_.back(); parent.node.kind == Node::Kind::map) {
      parent.node.members.emplace_back(std::move(*parent.key), std::move(node));
      parent.key.reset();
    } else {
      parent.node.items.push_back(std::move(node));
    }
  }
  void take_key(Node key) {
    Open& parent = open_.back();
    if (key.kind == Node::Kind::null) throw refused(key.spot, "a key must be a text, not null; quote it if it is one");
    if (key.scalar == "<<" && !key.quoted)
      throw refused(key.spot, "merge keys (<<) are not supported; write the members");
    auto const [first, fresh] = parent.lines.emplace(key.scalar, key.spot.line);
    if (!fresh) {
      throw refused(key.spot, fmt::format("duplicate key {}, first at line {}", echo(key.scalar), first->second));
    }
    parent.key = std::move(key);
  }
  static void check_escapes(Node const& node) {
    if (auto const problem = base::check_text(node.scalar, base::TextShape::block)) {
      throw refused(node.spot, fmt::format("{} in a quoted text", problem->what));
    }
  }

  Places places_;
  std::size_t max_nodes_, nodes_ = 0;
  bool begun_ = false;
  std::vector<Open> open_;
  Node root_;
};

/// The parser's words, put so that they name the way out.
std::string explain(std::string const& message) {
  static constexpr std::pair<char const*, char const*> kWords[] = {
      {YAML::ErrorMsg::MAP_VALUE,
       "':' is not expected here; quote a text that holds ': ', and keep keys under 1,024 characters"},
      {YAML::ErrorMsg::EOF_IN_SCALAR, "the file ends inside a quoted text: a quote is never closed"},
      {YAML::ErrorMsg::END_OF_SEQ_FLOW, "a list opened with [ is not closed with ]"},
      {YAML::ErrorMsg::END_OF_MAP_FLOW, "a map opened with { is not closed with }"},
      {YAML::ErrorMsg::END_OF_MAP, "this line does not fit the map before it; check its indentation"},
      {YAML::ErrorMsg::END_OF_SEQ, "this line does not fit the list before it; check its indentation"},
      {YAML::ErrorMsg::UNKNOWN_TOKEN, "this character cannot begin a text; quote the text"},
      {YAML::ErrorMsg::UNKNOWN_ANCHOR, "aliases (*name) are not supported; write the value out"},
      {YAML::ErrorMsg::BLOCK_ENTRY, "'- ' is not expected here; check the indentation"},
      {YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab in the indentation; indent with blanks"},
      {YAML::ErrorMsg::FLOW_END, "this bracket closes nothing"},
      {YAML::ErrorMsg::INVALID_ESCAPE, "unknown escape in a \"...\" text; use '...' to keep backslashes as they are"},
  };
  for (auto const& [theirs, ours] : kWords) {
    if (message.starts_with(theirs)) return ours;
  }
  return "not readable YAML: " + message;
}

}  // namespace

Node const* Node::find(std::string_view key) const {
  for (auto const& [name, value] : members) {
    if (name.scalar == key) return &value;
  }
  return nullptr;
}

Node parse_yaml(std::string_view text, std::string_view file, YamlLimits limits) {
  std::string const clean = clean_yaml(text, file, limits.bytes);
  Builder builder(clean, file, limits.nodes);
  try {
    std::istringstream in(clean);
    YAML::Parser parser(in);
    // Asked for a second document, the parser says no, or the builder refuses it; text behind the root hides there.
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
  } catch (YAML::Exception const& error) {
    auto const spot = error.mark.is_null() ? base::SourceSpot{std::string(file), 0, 0} : builder.spot(error.mark);
    throw refused(spot, explain(error.msg));
  }
  return builder.take();
}

}  // namespace umsops::config
