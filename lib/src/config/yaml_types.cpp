// SPDX-License-Identifier: Apache-2.0
// What the scalars of a YAML file mean, decided here and not by the parser's guesses.
#include <fmt/format.h>

#include "config/problems.hpp"
#include "umsops/base/number.hpp"
#include "umsops/config/yaml.hpp"

namespace umsops::config {
namespace {

std::string found(Node const& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::map:
      return "a map";
    case Node::Kind::scalar:
      break;
  }
  return echo(node.scalar);
}

base::Error expected(Node const& node, std::string_view what) {
  return invalid(node.spot, fmt::format("expected {}, found {}", what, found(node)));
}

}  // namespace

std::string text_of(Node const& node) {
  if (node.kind != Node::Kind::scalar) throw expected(node, "a text");
  return node.scalar;
}

std::int64_t integer_of(Node const& node, std::int64_t min, std::int64_t max) {
  if (node.kind == Node::Kind::scalar && !node.quoted) {
    if (auto const value = base::parse_integer(node.scalar, min, max)) return *value;
  }
  throw expected(node, fmt::format("a whole number from {} to {}", min, max));
}

double decimal_of(Node const& node) {
  if (node.kind == Node::Kind::scalar && !node.quoted) {
    if (auto const value = base::parse_decimal(node.scalar)) return *value;
  }
  throw expected(node, "a number");
}

bool boolean_of(Node const& node) {
  if (node.kind == Node::Kind::scalar && !node.quoted) {
    if (node.scalar == "true") return true;
    if (node.scalar == "false") return false;
  }
  throw expected(node, "true or false");
}

std::vector<std::string> texts_of(Node const& node) {
  if (node.kind == Node::Kind::scalar) return {node.scalar};
  if (node.kind != Node::Kind::list) throw expected(node, "a text or a list of texts");
  std::vector<std::string> out;
  out.reserve(node.items.size());
  for (auto const& item : node.items) out.push_back(text_of(item));
  return out;
}

}  // namespace umsops::config
