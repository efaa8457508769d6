// SPDX-License-Identifier: Apache-2.0
// The lookup tables of a rule file: `mappings:`, each with its rows or with the CSV file that holds them.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "config/csv_table.hpp"
#include "config/rule_fields.hpp"
#include "config/rule_reader.hpp"

namespace umsops::config {
namespace {

std::string required(Node const& node, std::string_view key) {
  Node const* const found = node.find(key);
  if (!found) throw invalid(node.spot, fmt::format("a mapping without {}", key));
  return text_of(*found);
}

void fill(rules::Target const& target, rules::Mapping& mapping, CsvTable const& table, std::string const& path,
          Problems& problems) {
  for (std::size_t i = 1; i < table.header.size(); ++i) {
    problems.guard([&] { require_settable(target, table.header[i], {path, 1, 0}); });
  }
  mapping.columns.assign(table.header.begin() + 1, table.header.end());
  std::unordered_map<std::string_view, std::int64_t> seen;
  for (auto const& row : table.rows) {
    base::SourceSpot const spot{path, row.line, 0};
    problems.guard([&] {
      if (row.cells[0].empty()) throw invalid(spot, "a row without key");
      auto const [first, fresh] = seen.emplace(row.cells[0], row.line);
      if (!fresh) {
        throw invalid(spot, fmt::format("key {} occurs twice, first at line {}", echo(row.cells[0]), first->second));
      }
      std::vector<std::string> values;
      for (std::size_t i = 1; i < row.cells.size(); ++i) {
        values.push_back(row.cells[i].empty() ? "" : value_for(target.type, table.header[i], row.cells[i], spot));
      }
      mapping.rows.emplace_back(row.cells[0], std::move(values));
    });
  }
}

Node const& row_map(Node const& node) {
  if (node.kind != Node::Kind::map || node.members.empty())
    throw invalid(node.spot, "rows are a map of values to fields", "e.g. {DATABASE_ISSUE: {category: database}}");
  return node;
}

/// `rows: {KEY: {FIELD: VALUE}}`: the columns are the fields of all rows, as they come first.
void fill_rows(rules::Target const& target, rules::Mapping& mapping, Node const& rows, Problems& problems) {
  std::vector<FieldValues> sets;
  for (auto const& [key, values] : row_map(rows).members) {
    if (key.scalar.empty()) throw invalid(key.spot, "a row without key");
    for (auto const& [field, value] : sets.emplace_back(read_sets(target, values, problems))) {
      auto& columns = mapping.columns;
      if (std::find(columns.begin(), columns.end(), field) == columns.end()) columns.push_back(field);
    }
  }
  for (std::size_t i = 0; i < sets.size(); ++i) {
    std::vector<std::string> cells(mapping.columns.size());
    for (auto& [field, value] : sets[i]) {
      auto const column = std::find(mapping.columns.begin(), mapping.columns.end(), field);
      cells[static_cast<std::size_t>(column - mapping.columns.begin())] = std::move(value);
    }
    mapping.rows.emplace_back(rows.members[i].first.scalar, std::move(cells));
  }
}

/// An unreadable table is an error of the rule file and reported at its line.
std::string read_named(Node const& node, std::string const& path, ReadFile const& read) {
  try {
    return read(path, kRuleLimits.bytes);
  } catch (base::Error const& error) {
    throw invalid(node.spot, error.message(), "paths are relative to the rule file");
  }
}

}  // namespace

rules::Mapping read_table(rules::Target const& target, Node const& node, ReadFile const& read, Problems& problems) {
  if (node.kind != Node::Kind::map)
    throw invalid(node.spot, "a mapping is a map", "e.g. {id: x, fact: requester_id, file: x.csv}");
  problems.check_keys(node, {"id", "fact", "file", "rows"});
  rules::Mapping mapping;
  mapping.file = node.spot.file();
  mapping.line = node.spot.line;
  required(node, "id");
  mapping.id = id_of(*node.find("id"));
  mapping.fact = required(node, "fact");
  require_fact(target, mapping.fact, node.find("fact")->spot);
  if (Node const* const rows = node.find("rows")) {
    if (node.find("file")) throw invalid(node.spot, "a mapping with both file and rows", "give one of them");
    fill_rows(target, mapping, *rows, problems);
    return mapping;
  }
  std::string const path = beside(node.spot.file(), required(node, "file"));
  CsvTable const table = read_csv_table(read_named(*node.find("file"), path, read), path);
  fill(target, mapping, table, path, problems);
  return mapping;
}

}  // namespace umsops::config
