// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"

namespace umsops::config {

/// Position of a node. All nodes of a file share its name.
struct NodeSpot {
  std::shared_ptr<std::string const> name;
  std::int32_t line = 0, column = 0;

  std::string file() const { return name ? *name : std::string(); }
  /// Errors take either kind of position.
  // NOLINTNEXTLINE(google-explicit-constructor)
  operator base::SourceSpot() const { return {file(), line, column}; }
};

/// One node of a YAML file, with its position. Scalars are kept as written and the readers below decide what they mean:
/// `no`, `0123` and `1e3` are never converted silently.
struct Node {
  enum class Kind { null, scalar, list, map };
  struct Member;
  Kind kind = Kind::null;
  std::string scalar;
  bool quoted = false;
  std::vector<Node> items;
  std::vector<Member> members;
  NodeSpot spot;

  // Defined behind Member, which has to be complete there.
  Node();
  Node(Node const&);
  Node(Node&&) noexcept;
  Node& operator=(Node const&);
  Node& operator=(Node&&) noexcept;
  ~Node();

  Node const* find(std::string_view key) const;
};

struct Node::Member {
  Node first, second;  ///< key and value
};

inline Node::Node() = default;
inline Node::Node(Node const&) = default;
inline Node::Node(Node&&) noexcept = default;
inline Node& Node::operator=(Node const&) = default;
inline Node& Node::operator=(Node&&) noexcept = default;
inline Node::~Node() = default;

/// Limits on a YAML text.
struct YamlLimits {
  std::size_t nodes = 10'000;  ///< keys count too
  std::size_t bytes = 1 << 20;
};

/// Receives the items of a list under a key of the root while they are read, each with the root as far as it has been
/// read; the list in the tree stays empty. A syntax error may come after some items: discard them then.
struct ItemTaker {
  std::string_view key;
  std::function<void(Node const& item, Node const& root)> take;
};

/// Reads one strict YAML document: valid UTF-8 (BOM allowed), depth 64, no more than `limits`; no second document,
/// anchors, aliases, tags, directives, merge keys, duplicate or non-text keys, tabs before a line's first word, text
/// after the root, escapes of control characters. An empty text is a null node. Throws `yaml.invalid` with file, line,
/// column.
Node parse_yaml(std::string_view text, std::string_view file, YamlLimits limits = {}, ItemTaker const& taker = {});

/// Typed readers; each throws `config.invalid` at the node's position and says what was expected.
std::string text_of(Node const& node);
std::int64_t integer_of(Node const& node, std::int64_t min, std::int64_t max);
double decimal_of(Node const& node);
bool boolean_of(Node const& node);                    ///< only true and false
std::vector<std::string> texts_of(Node const& node);  ///< a list of texts, or one text
/// Throws `config.invalid` for a key that is not in `allowed`, with the nearest match.
void require_keys(Node const& map, std::vector<std::string_view> const& allowed);

/// The whole file, at most `limit` bytes; only a regular file. Throws `file.unreadable` or `input.too_large`.
std::string read_file(std::string const& path, std::size_t limit = 1 << 20);

}  // namespace umsops::config
