// SPDX-License-Identifier: Apache-2.0
// The priority of each impact and urgency: a file of the kind `priority-matrix`.
#include <fmt/format.h>

#include "config/roster_reader.hpp"
#include "config/service_reader.hpp"

namespace umsops::config {
namespace {

using model::Priority;

constexpr std::string_view kExample = "e.g. HIGH: {LOW: MEDIUM, MEDIUM: HIGH, HIGH: HIGH, CRITICAL: CRITICAL}";

Priority grade_of(Node const& node) {
  std::string const word = text_of(node);
  if (auto const grade = model::parse_priority(word)) return *grade;
  auto const names = model::priority_names();
  throw invalid(node.spot, fmt::format("{} is none of LOW, MEDIUM, HIGH, CRITICAL", echo(word)),
                suggest(word, {names.begin(), names.end()}));
}

/// A map that says something for each of the four words.
template <class Take>
void read_four(Node const& node, std::string_view what, Problems& problems, Take const& take) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, fmt::format("{} is a map", what), std::string(kExample));
  std::array<NodeSpot const*, 4> said{};
  for (auto const& [key, value] : node.members) {
    problems.guard([&, &word = key, &cell = value] {
      auto const place = static_cast<std::size_t>(grade_of(word));
      if (said[place])
        throw invalid(word.spot, fmt::format("{} twice, first at line {}", echo(word.scalar), said[place]->line));
      said[place] = &word.spot;
      take(place, cell);
    });
  }
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (!said[i])
      problems.add(node.spot, fmt::format("{} says nothing of {}", what, model::priority_names()[i]),
                   std::string(kExample));
  }
}

}  // namespace

service::PriorityMatrix read_matrix_text(std::string_view text, std::string const& file, Problems& problems) {
  service::PriorityMatrix out{};
  problems.guard([&] {
    Node const root = parse_yaml(text, file);
    if (root.kind != Node::Kind::map)
      throw invalid(root.spot, "a priority matrix is a map", "it begins with kind: priority-matrix");
    problems.check_keys(root, {"kind", "urgency"});
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "priority-matrix")
      throw invalid(kind->spot, "this is no priority matrix", "kind: priority-matrix");
    read_four(need(root, "urgency", kExample), "urgency", problems, [&](std::size_t urgency, Node const& row) {
      std::string const what = fmt::format("urgency {}", model::priority_names()[urgency]);
      read_four(row, what, problems,
                [&](std::size_t impact, Node const& cell) { out.cells[urgency][impact] = grade_of(cell); });
    });
  });
  return out;
}

service::PriorityMatrix read_priority_matrix(std::string const& file) {
  Problems problems(base::errors::config_invalid);
  auto const matrix = read_matrix_text(read_file(file), file, problems);
  problems.raise();
  return matrix;
}

}  // namespace umsops::config
