// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <streambuf>
#include <unordered_map>

#include "base/utf8.hpp"
#include "config/problems.hpp"
#include "config/yaml_text.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::string_view kTooDeep = "nested deeper than 64 levels";
constexpr std::string_view kMissing =
    "a value is missing: a list opened with [ is not closed with ], or a map opened with { not with }";
constexpr std::string_view kNoBeginning = "no text can begin with this character; quote the text";
constexpr std::string_view kNotClosed[] = {"a list opened with [ is not closed with ]",
                                           "a map opened with { is not closed with }"};
constexpr std::string_view kAlias = "aliases (*name) are not supported; write the value out";
constexpr std::string_view kAnchor = "anchors (&name) are not supported; write the value out where it is needed";
constexpr std::string_view kTag = "tags (!name) are not supported; the program knows the types itself";

constexpr std::string_view kNoColon = "a key without ':'; quote a text that goes over several lines";
constexpr std::string_view kTooMuch = "more than a million items in one [ ] or { }; write them as lines";
constexpr std::string_view kBehindTheEnd = "text after the end of the document: one file holds one document";

base::Error refused(base::SourceSpot const& spot, std::string_view problem) {
  base::Error error(base::errors::yaml_invalid, {{"problem", std::string(problem)}});
  return error.at(spot);
}

/// Whether null is written there; if not, the parser means the place of what follows.
bool says_null(std::string_view text) {
  return text.starts_with('~') || text.starts_with("null") || text.starts_with("Null") || text.starts_with("NULL");
}

/// The places of the parser's marks, which count bytes.
class Marks {
 public:
  Marks(std::string_view text, std::string_view file) : text_(text), file_(std::make_shared<std::string const>(file)) {}

  std::size_t offset(YAML::Mark const& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size());
  }
  NodeSpot spot(YAML::Mark const& mark) { return at(offset(mark), std::max(mark.line, 0)); }
  /// The text from there on.
  std::string_view text(YAML::Mark const& mark) const { return text_.substr(offset(mark)); }
  /// The line it stands on, up to there.
  std::string_view line_before(YAML::Mark const& mark) const {
    std::size_t const begin = line_begin(offset(mark));
    return text_.substr(begin, offset(mark) - begin);
  }
  /// Behind the dash of an item that was left out before `next`: the dashes of a list stand below each other.
  NodeSpot behind_dash(std::size_t dash_column, YAML::Mark const& next) {
    std::size_t end = offset(next);
    for (int line = next.line;; --line) {
      std::size_t const begin = line_begin(end);
      std::size_t const word = text_.find_first_not_of(' ', begin);
      bool const is_item = word < end && text_[word] != '#' && text_[word] != '\n';
      if (is_item || begin == 0) return at(std::min(begin + dash_column + 1, text_.size()), line);
      end = begin - 1;
    }
  }
  /// Of the last line that begins with %.
  NodeSpot last_directive() {
    std::size_t const feed = text_.rfind("\n%");
    if (feed == std::string_view::npos) return at(0, 0);
    return at(feed + 1,
              static_cast<int>(std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(feed + 1), '\n')));
  }

 private:
  std::size_t line_begin(std::size_t offset) const {
    std::size_t const feed = offset == 0 ? std::string_view::npos : text_.rfind('\n', offset - 1);
    return feed == std::string_view::npos ? 0 : feed + 1;
  }
  /// Counts from the place before when it is on the same line: a file may be one line with all its nodes.
  NodeSpot at(std::size_t offset, int line) {
    if (line != line_) {
      line_ = line;
      column_ = 1;
      counted_ = line_begin(offset);
    }
    auto const [from, to] = std::minmax(counted_, offset);
    auto const between = static_cast<std::int32_t>(base::code_points(text_.substr(from, to - from)));
    column_ += offset < counted_ ? -between : between;
    counted_ = offset;
    return {file_, line + 1, column_};
  }

  std::string_view text_;
  std::shared_ptr<std::string const> file_;
  int line_ = -1;
  std::int32_t column_ = 1;
  std::size_t counted_ = 0;
};

/// Stands for a ? inside of a word: the parser ends a text in [ ] or { } there, and refuses what follows. No text that
/// was checked holds this byte, and no escape makes it.
constexpr char kQuestion = '\xFF';

void hide_questions(std::string& text) {
  auto const parts = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  for (std::size_t at = text.find('?'); at != std::string::npos; at = text.find('?', at + 1)) {
    bool const begins =
        at == 0 || parts(text[at - 1]) || text[at - 1] == '[' || text[at - 1] == '{' || text[at - 1] == ',';
    if (!begins || !parts(text[at + 1])) text[at] = kQuestion;
  }
}

/// The text as the parser's stream. The parser reads a list in [ ] or a map in { } to its end before it tells the first
/// of it, since it may turn out to be a key, and keeps some 250 bytes for each separator in it: so those are limited.
class Source final : public std::streambuf {
 public:
  explicit Source(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // a stream buffer's interface; it is read only
    setg(begin, begin, begin + text.size());
  }
  /// An event came: what was read before waits no more.
  void told(YAML::Mark const& mark) {
    last_ = mark;
    waiting_ = 0;
  }

 private:
  static constexpr std::size_t kMostWaiting = 1'000'000;

  std::streamsize xsgetn(char* to, std::streamsize most) override {
    std::streamsize const got = std::streambuf::xsgetn(to, most);
    waiting_ += static_cast<std::size_t>(
        std::count_if(to, to + got, [](char c) { return c == '[' || c == '{' || c == ',' || c == '?'; }));
    if (waiting_ > kMostWaiting) throw YAML::ParserException(last_, std::string(kTooMuch));
    return got;
  }

  YAML::Mark last_;
  std::size_t waiting_ = 0;
};

/// Builds the tree from the parser's events and refuses, as they come, what the strict subset leaves out.
class Builder final : public YAML::EventHandler {
 public:
  Builder(Marks& marks, Source& source, std::size_t max_nodes, ItemTaker const& taker)
      : marks_(marks), source_(source), max_nodes_(max_nodes), taker_(taker) {
    root_.spot = marks.spot({});
  }

  Node take() { return std::move(root_); }

  /// Also the way out of a `,` outside of [ ] and { }: the parser never passes it, and tells empty documents for ever.
  void OnDocumentStart(YAML::Mark const& mark) override {
    if (begun_) throw refused(marks_.spot(mark), kBehindTheEnd);
    begun_ = true;
  }
  void OnDocumentEnd() override {}
  void OnAnchor(YAML::Mark const& mark, std::string const&) override { throw refused(marks_.spot(mark), kAnchor); }
  void OnAlias(YAML::Mark const& mark, YAML::anchor_t) override { throw refused(marks_.spot(mark), kAlias); }
  void OnNull(YAML::Mark const& mark, YAML::anchor_t) override {
    Node node = make(Node::Kind::null, mark);
    if (says_null(marks_.text(mark))) {
      check_column(node, mark, false);
    } else {
      place_left_out(node, mark);
    }
    leaf(std::move(node));
  }
  /// Texts in quotes and behind | and > come with the tag "!": `no` is not 'no'.
  void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t, std::string const& value) override {
    Node node = make(Node::Kind::scalar, mark);
    node.scalar = value;
    std::replace(node.scalar.begin(), node.scalar.end(), kQuestion, '?');
    node.quoted = tag == "!";
    if (node.quoted) check_escapes(node);
    check_column(node, mark, false);
    leaf(std::move(node));
  }
  void OnSequenceStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t,
                       YAML::EmitterStyle::value style) override {
    push(make(Node::Kind::list, mark), mark, style);
  }
  void OnMapStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t,
                  YAML::EmitterStyle::value style) override {
    // The one map without a style: `: value` as an item in [ ].
    if (style == YAML::EmitterStyle::Default) throw refused(marks_.spot(mark), kMissing);
    push(make(Node::Kind::map, mark), mark, style);
  }
  void OnSequenceEnd() override { pop(); }
  void OnMapEnd() override { pop(); }

 private:
  struct Open {
    Node node;
    YAML::Mark mark;
    bool flow = false;  ///< in [ ] or { }
    std::optional<Node> key;
    std::unordered_map<std::string, std::int64_t> lines;  ///< of the keys so far, once they are many
  };

  Node make(Node::Kind kind, YAML::Mark const& mark) {
    source_.told(mark);
    Node node;
    node.kind = kind;
    node.spot = marks_.spot(mark);
    // Not by the event's tag: a bare `!` before a plain text looks there as a text in quotes does.
    if (marks_.text(mark).starts_with('!')) throw refused(node.spot, kTag);
    if (++nodes_ > max_nodes_) throw refused(node.spot, fmt::format("more than {} nodes", max_nodes_));
    return node;
  }
  /// What the parser lets pass, though it stands in no column of its own: a line without a colon as the value of the
  /// key before it, and a tab behind the dash of a list.
  void check_column(Node const& node, YAML::Mark const& mark, bool dashes) const {
    if (open_.empty() || open_.back().flow) return;
    Open const& parent = open_.back();
    if (parent.node.kind == Node::Kind::list && marks_.line_before(mark).find('\t') != std::string_view::npos)
      throw refused(node.spot, "a tab behind a dash; use blanks");
    if (parent.key && !dashes && mark.line > parent.mark.line && mark.column <= parent.mark.column)
      throw refused(node.spot, kNoColon);
  }
  bool wants_key() const {
    return !open_.empty() && open_.back().node.kind == Node::Kind::map && !open_.back().key.has_value();
  }
  /// The parser takes more for an empty value than it may, a comma above all.
  void place_left_out(Node& node, YAML::Mark const& mark) {
    bool const flow = !open_.empty() && open_.back().flow;
    if (!flow && marks_.text(mark).starts_with(',')) throw refused(node.spot, kNoBeginning);
    if (open_.empty()) return;
    Open const& parent = open_.back();
    if (flow && !parent.key) throw refused(node.spot, kMissing);
    if (parent.key) {
      // A last line without a colon is told as a key without a value when --- or ... ends the document.
      NodeSpot const& key = parent.key->spot;
      if (!flow && key.line == node.spot.line && key.column == node.spot.column) throw refused(node.spot, kNoColon);
      node.spot = key;
    } else if (parent.node.kind == Node::Kind::list) {
      node.spot = marks_.behind_dash(static_cast<std::size_t>(parent.mark.column), mark);
    }
  }
  void push(Node&& node, YAML::Mark const& mark, YAML::EmitterStyle::value style) {
    if (wants_key()) throw not_a_key(node.spot, mark);
    check_column(node, mark, style == YAML::EmitterStyle::Block);
    // The parser goes one call deeper for each: this bounds its stack, too.
    if (open_.size() >= kDeepest) throw refused(node.spot, kTooDeep);
    open_.push_back({std::move(node), mark, style == YAML::EmitterStyle::Flow, std::nullopt, {}});
  }
  /// A list or a map that is never closed looks like a key, too: the parser waits for the colon until the text ends.
  base::Error not_a_key(NodeSpot spot, YAML::Mark const& mark) const {
    constexpr std::string_view kNotText = "a key must be one text, not a list or a map";
    std::string_view const text = marks_.text(mark);
    if (mark.pos != open_.back().mark.pos || text.find_first_of("[{") != 0) return refused(spot, kNotText);
    std::size_t const outer = open_.size() - 1;  // but for the map that the parser believes in
    std::size_t depth = outer;
    for (std::size_t i = 0; i < text.size() && text[i] != '\n'; ++i) {
      if ((text[i] == ']' || text[i] == '}') && --depth == outer) return refused(spot, kNotText);
      if ((text[i] == '[' || text[i] == '{') && ++depth > kDeepest) {
        spot.column += static_cast<std::int32_t>(base::code_points(text.substr(0, i)));
        return refused(spot, kTooDeep);
      }
    }
    return refused(spot, kNotClosed[text[0] == '[' ? 0 : 1]);
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
      taker_.take(node, open_[0].node);
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
  /// The parser writes what \N and \_ stand for as single bytes, which are no UTF-8.
  static std::string with_whole_characters(std::string_view text) {
    std::string out;
    for (std::size_t bad; (bad = base::find_invalid_utf8(text)) != std::string_view::npos;) {
      out += text.substr(0, bad);
      out += {'\xC2', text[bad]};
      text.remove_prefix(bad + 1);
    }
    return out += text;
  }
  static void check_escapes(Node& node) {
    if (base::find_invalid_utf8(node.scalar) != std::string::npos) node.scalar = with_whole_characters(node.scalar);
    if (auto const problem = base::check_text(node.scalar, base::TextShape::block)) {
      throw refused(node.spot, fmt::format("{} in a quoted text", problem->what));
    }
  }

  Marks& marks_;
  Source& source_;
  std::size_t max_nodes_, nodes_ = 0;
  ItemTaker const& taker_;
  bool begun_ = false;
  std::vector<Open> open_;
  Node root_;
};

/// The parser's words, put so that they name the way out.
std::string explain(std::string_view message) {
  namespace theirs = YAML::ErrorMsg;
  static std::pair<std::string_view, std::string_view> const kWords[] = {
      {theirs::MAP_VALUE, "':' is not expected here; quote a text that holds ': ', and keep keys under 1,024 bytes"},
      {theirs::MAP_KEY, "'? ' is not expected here; quote the text"},
      {theirs::EOF_IN_SCALAR, "the file ends inside a quoted text: a quote is never closed"},
      {theirs::DOC_IN_SCALAR, "--- or ... inside a quoted text: a quote is never closed"},
      {theirs::END_OF_SEQ_FLOW, kNotClosed[0]},
      {theirs::END_OF_MAP_FLOW, kNotClosed[1]},
      {theirs::FLOW_END, "] or } without its beginning; quote a text that holds it"},
      {theirs::END_OF_MAP, "this line does not fit the map before it; check its indentation and its ':'"},
      {theirs::END_OF_SEQ, "this line does not fit the list before it; check its indentation"},
      {theirs::UNKNOWN_TOKEN, "this character cannot begin a text; quote the text"},
      {theirs::BLOCK_ENTRY, "'- ' is not expected here; check the indentation"},
      {theirs::INVALID_ESCAPE, "unknown escape in a \"...\" text; use '...' to keep backslashes as they are"},
      {theirs::INVALID_HEX, "\\x, \\u and \\U want 2, 4 and 8 hex digits; use '...' to keep backslashes as they are"},
      {theirs::INVALID_UNICODE, "no character has this number"},
      {theirs::CHAR_IN_BLOCK, "nothing but a comment may follow | or >"},
      {theirs::UNKNOWN_ANCHOR, kAlias},
      {theirs::ALIAS_NOT_FOUND, kAlias},
      {theirs::CHAR_IN_ALIAS, kAlias},
      {theirs::ANCHOR_NOT_FOUND, kAnchor},
      {theirs::CHAR_IN_ANCHOR, kAnchor},
      {theirs::MULTIPLE_ANCHORS, kAnchor},
      {theirs::MULTIPLE_TAGS, kTag},
      {kTooMuch, kTooMuch},
      {theirs::END_OF_VERBATIM_TAG, kTag},
      {theirs::TAG_WITH_NO_SUFFIX, kTag},
      {theirs::CHAR_IN_TAG_HANDLE, kTag},
  };
  for (auto const& [begin, ours] : kWords) {
    if (message.starts_with(begin)) return std::string(ours);
  }
  return "not readable YAML: " + std::string(message);
}

}  // namespace

Node const* Node::find(std::string_view key) const {
  for (auto const& [name, value] : members) {
    if (name.scalar == key) return &value;
  }
  return nullptr;
}

Node parse_yaml(std::string_view text, std::string_view file, YamlLimits limits, ItemTaker const& taker) {
  std::string clean = clean_yaml(text, file, limits.bytes);
  hide_questions(clean);
  Marks marks(clean, file);
  Source source(clean);
  std::istream stream(&source);
  Builder builder(marks, source, limits.nodes, taker);
  try {
    YAML::Parser parser(stream);
    bool const more = parser.HandleNextDocument(builder) && parser;
    // The next document is refused by the builder. The parser tells nothing of directives that none follows.
    if (more && !parser.HandleNextDocument(builder)) throw refused(marks.last_directive(), kBehindTheEnd);
  } catch (YAML::Exception const& error) {
    throw refused(marks.spot(error.mark), explain(error.msg));
  }
  return builder.take();
}

}  // namespace umsops::config
