// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/yaml.hpp"

#include <fmt/format.h>
#include <yaml.h>

#include <new>
#include <optional>
#include <unordered_map>

#include "config/problems.hpp"
#include "config/yaml_text.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

constexpr std::size_t kDeepest = 64;

base::Error refused(base::SourceSpot const& spot, std::string problem) {
  base::Error error(base::errors::yaml_invalid, {{"problem", std::move(problem)}});
  return error.at(spot);
}

/// An event of the parser's; freed with it.
struct Event {
  Event() = default;
  Event(Event const&) = delete;
  ~Event() { yaml_event_delete(&data); }
  yaml_event_t data{};
};

std::string_view view(yaml_char_t const* text, std::size_t size) { return {reinterpret_cast<char const*>(text), size}; }

bool means_null(std::string_view word) {
  return word.empty() || word == "~" || word == "null" || word == "Null" || word == "NULL";
}

/// Builds the tree from the parser's events and refuses, as they come, what the strict subset leaves out.
class Builder {
 public:
  Builder(std::string_view file, std::size_t max_nodes, ItemTaker const& taker)
      : file_(std::make_shared<std::string const>(file)), max_nodes_(max_nodes), taker_(taker) {
    root_.spot = {file_, 1, 1};
  }

  Node take() { return std::move(root_); }
  NodeSpot spot(yaml_mark_t const& mark) const {
    return {file_, static_cast<std::int32_t>(mark.line) + 1, static_cast<std::int32_t>(mark.column) + 1};
  }

  void take(yaml_event_t const& event) {
    auto const& data = event.data;
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        return begin(event);
      case YAML_ALIAS_EVENT:
        throw refused(spot(event.start_mark), "aliases (*name) are not supported; write the value out");
      case YAML_SCALAR_EVENT:
        return take_scalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return push(make(Node::Kind::list, event, data.sequence_start.anchor, data.sequence_start.tag));
      case YAML_MAPPING_START_EVENT:
        return push(make(Node::Kind::map, event, data.mapping_start.anchor, data.mapping_start.tag));
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        return pop();
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT:
      case YAML_DOCUMENT_END_EVENT:
        return;
    }
  }

 private:
  struct Open {
    Node node;
    std::optional<Node> key;
    std::unordered_map<std::string, std::int64_t> lines;  ///< of the keys so far, once they are many
  };

  void begin(yaml_event_t const& event) {
    if (begun_)
      throw refused(spot(event.start_mark), "text after the end of the document: one file holds one document");
    begun_ = true;
  }
  void take_scalar(yaml_event_t const& event) {
    auto const& data = event.data.scalar;
    std::string_view const text = view(data.value, data.length);
    bool const quoted = data.style != YAML_PLAIN_SCALAR_STYLE;
    Node node = make(quoted || !means_null(text) ? Node::Kind::scalar : Node::Kind::null, event, data.anchor, data.tag);
    node.scalar = node.kind == Node::Kind::null ? std::string_view() : text;
    node.quoted = quoted;
    if (quoted) check_escapes(node);
    bool const left_out = node.kind == Node::Kind::null && text.empty();
    if (left_out && !open_.empty() && open_.back().key) node.spot = open_.back().key->spot;
    leaf(std::move(node));
  }
  Node make(Node::Kind kind, yaml_event_t const& event, yaml_char_t const* anchor, yaml_char_t const* tag) {
    Node node;
    node.kind = kind;
    node.spot = spot(event.start_mark);
    if (anchor) {
      throw refused(node.spot, "anchors (&name) are not supported; write the value out where it is needed");
    }
    if (tag) throw refused(node.spot, "tags (!name) are not supported; the program knows the types itself");
    if (++nodes_ > max_nodes_) throw refused(node.spot, fmt::format("more than {} nodes", max_nodes_));
    return node;
  }
  bool wants_key() const {
    return !open_.empty() && open_.back().node.kind == Node::Kind::map && !open_.back().key.has_value();
  }
  void push(Node&& node) {
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
  void leaf(Node&& node) {
    if (open_.empty()) {
      root_ = std::move(node);
    } else if (wants_key()) {
      take_key(std::move(node));
    } else if (Open& parent = open_.back(); parent.node.kind == Node::Kind::map) {
      if (parent.node.members.empty()) parent.node.members.reserve(2);
      parent.node.members.push_back({std::move(*parent.key), std::move(node)});
      parent.key.reset();
    } else if (is_taken()) {
      taker_.take(node);
    } else {
      parent.node.items.push_back(std::move(node));
    }
  }
  /// Whether the list that is open belongs to the taker.
  bool is_taken() const {
    return open_.size() == 2 && open_[0].key && taker_.take && open_[0].key->scalar == taker_.key;
  }
  void take_key(Node&& key) {
    Open& parent = open_.back();
    if (key.kind == Node::Kind::null) throw refused(key.spot, "a key must be a text, not null; quote it if it is one");
    if (key.scalar == "<<" && !key.quoted)
      throw refused(key.spot, "merge keys (<<) are not supported; write the members");
    if (auto const first = line_of(parent, key)) {
      throw refused(key.spot, fmt::format("duplicate key {}, first at line {}", echo(key.scalar), first));
    }
    parent.key = std::move(key);
  }
  /// Where the map has the key already; 0: nowhere. A few keys are looked through, many are looked up.
  static std::int64_t line_of(Open& map, Node const& key) {
    constexpr std::size_t kFew = 16;
    auto const& members = map.node.members;
    if (members.size() < kFew) {
      for (auto const& member : members) {
        if (member.first.scalar == key.scalar) return member.first.spot.line;
      }
      return 0;
    }
    if (map.lines.empty()) {
      for (auto const& member : members) map.lines.emplace(member.first.scalar, member.first.spot.line);
    }
    auto const [first, fresh] = map.lines.emplace(key.scalar, key.spot.line);
    return fresh ? 0 : first->second;
  }
  static void check_escapes(Node const& node) {
    if (auto const problem = base::check_text(node.scalar, base::TextShape::block)) {
      throw refused(node.spot, fmt::format("{} in a quoted text", problem->what));
    }
  }

  std::shared_ptr<std::string const> file_;
  std::size_t max_nodes_, nodes_ = 0;
  ItemTaker const& taker_;
  bool begun_ = false;
  std::vector<Open> open_;
  Node root_;
};

/// The parser's words, put so that they name the way out.
std::string explain(std::string_view message, std::string_view context) {
  if (message == "did not find expected node content") {
    return context.find("flow") != std::string_view::npos
               ? "a value is missing: a list opened with [ is not closed with ], or a map opened with { not with }"
               : "no text can begin with this character; quote the text";
  }
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"mapping values are not allowed in this context",
       "':' is not expected here; quote a text that holds ': ', and keep keys under 1,024 characters"},
      {"could not find expected ':'", "a key without ':'; quote a text that goes over several lines"},
      {"found unexpected end of stream", "the file ends inside a quoted text: a quote is never closed"},
      {"did not find expected ',' or ']'", "a list opened with [ is not closed with ]"},
      {"did not find expected ',' or '}'", "a map opened with { is not closed with }"},
      {"did not find expected key", "this line does not fit the map before it; check its indentation"},
      {"did not find expected '-' indicator", "this line does not fit the list before it; check its indentation"},
      {"found character that cannot start any token", "this character cannot begin a text; quote the text"},
      {"did not find expected <document start>", "text after the end of the document: one file holds one document"},
      {"block sequence entries are not allowed in this context", "'- ' is not expected here; check the indentation"},
      {"found unknown escape character", "unknown escape in a \"...\" text; use '...' to keep backslashes as they are"},
  };
  for (auto const& [theirs, ours] : kWords) {
    if (message == theirs) return std::string(ours);
  }
  return "not readable YAML: " + std::string(message);
}

/// The parser over a text, which must outlive it.
class Parser {
 public:
  explicit Parser(std::string_view text) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_input_string(&parser_, reinterpret_cast<unsigned char const*>(text.data()), text.size());
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  }
  Parser(Parser const&) = delete;
  ~Parser() { yaml_parser_delete(&parser_); }

  /// Hands every event to the builder.
  void run(Builder& builder) {
    for (bool more = true; more;) {
      Event event;
      if (yaml_parser_parse(&parser_, &event.data) == 0) fail(builder);
      builder.take(event.data);
      more = event.data.type != YAML_STREAM_END_EVENT;
    }
  }

 private:
  [[noreturn]] void fail(Builder const& builder) const {
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    throw refused(builder.spot(parser_.problem_mark), explain(text_of(parser_.problem), text_of(parser_.context)));
  }

  static std::string_view text_of(char const* text) { return text ? text : "unknown error"; }

  yaml_parser_t parser_{};
};

}  // namespace

Node const* Node::find(std::string_view key) const {
  for (auto const& [name, value] : members) {
    if (name.scalar == key) return &value;
  }
  return nullptr;
}

Node parse_yaml(std::string_view text, std::string_view file, YamlLimits limits, ItemTaker const& taker) {
  std::string const clean = clean_yaml(text, file, limits.bytes);
  Builder builder(file, limits.nodes, taker);
  Parser(clean).run(builder);
  return builder.take();
}

}  // namespace umsops::config
