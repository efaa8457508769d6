// SPDX-License-Identifier: Apache-2.0
// The graph of services in the languages of programs that draw.
#include <unordered_map>

#include "cli/service/services.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::services {

namespace {

using Index = Catalogue::Index;

std::string label_of(service::Service const& one) {
  return base::terminal_text(one.name, base::TextShape::line) + " (" + std::to_string(one.tier) + ")";
}

/// A label in quotes: what means something to Mermaid is written as an entity by number.
std::string mermaid_text(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    bool const plain = std::string_view("\"#&<>`;\\[]{}|").find(c) == std::string_view::npos;
    out += plain ? std::string(1, c) : "#" + std::to_string(static_cast<int>(c)) + ";";
  }
  return out + "\"";
}

/// A quoted id of the DOT language; a backslash must not begin an escape.
std::string dot_text(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// Calls `draw` with each arrow, from a service to what it needs, of those that are shown.
template <class Draw>
void each_arrow(Catalogue const& catalogue, std::vector<Index> const& shown, Draw const& draw) {
  std::unordered_map<Index, std::size_t> places;
  for (std::size_t i = 0; i < shown.size(); ++i) places.emplace(shown[i], i);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    for (Index const need : catalogue.dependencies(shown[i])) {
      if (auto const place = places.find(need); place != places.end()) draw(i, place->second);
    }
  }
}

}  // namespace

std::string mermaid(Catalogue const& catalogue, std::vector<Index> const& shown) {
  std::string out = "flowchart TD\n";
  auto const node = [](std::size_t place) { return "s" + std::to_string(place + 1); };
  for (std::size_t i = 0; i < shown.size(); ++i)
    out += "  " + node(i) + "[" + mermaid_text(label_of(catalogue.at(shown[i]))) + "]\n";
  each_arrow(catalogue, shown,
             [&](std::size_t from, std::size_t to) { out += "  " + node(from) + " --> " + node(to) + "\n"; });
  return out;
}

std::string dot(Catalogue const& catalogue, std::vector<Index> const& shown) {
  std::string out = "digraph services {\n  node [shape=box];\n";
  auto const node = [&](std::size_t place) {
    return dot_text(base::terminal_text(catalogue.at(shown[place]).name, base::TextShape::line));
  };
  for (std::size_t i = 0; i < shown.size(); ++i)
    out += "  " + node(i) + " [label=" + dot_text(label_of(catalogue.at(shown[i]))) + "];\n";
  each_arrow(catalogue, shown,
             [&](std::size_t from, std::size_t to) { out += "  " + node(from) + " -> " + node(to) + ";\n"; });
  return out + "}\n";
}

}  // namespace umsops::cli::services
