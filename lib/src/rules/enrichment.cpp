// SPDX-License-Identifier: Apache-2.0
#include "rules/enrichment.hpp"

#include <algorithm>

#include "rules/folded_text.hpp"
#include "rules/target.hpp"

namespace umsops::rules {
namespace {

std::string_view value_of(Facts const& facts, std::vector<AddedFact> const& added, std::string_view name) {
  for (auto const& [fact, text] : facts) {
    if (fact == name && !text.empty()) return text;
  }
  for (auto const& fact : added) {
    if (fact.name == name) return fact.value;
  }
  return {};
}

}  // namespace

std::optional<RowRecord> find_row(Image const& image, MappingRecord const& mapping, std::string_view key) {
  FoldedText const folded(key);
  if (folded.text().empty()) return std::nullopt;
  Span const rows = image.within(Section::rows, mapping.rows);
  std::uint32_t low = rows.begin, high = rows.end;
  while (low < high) {
    std::uint32_t const middle = low + (high - low) / 2;
    if (image.text(image.get<RowRecord>(Section::rows, middle).key) < folded.text()) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == rows.end) return std::nullopt;
  auto const row = image.get<RowRecord>(Section::rows, low);
  return image.text(row.key) == folded.text() ? std::optional(row) : std::nullopt;
}

std::vector<AddedFact> mapped_facts(Image const& image, Facts const& facts) {
  std::vector<AddedFact> added;
  for (std::uint32_t i = 0; i < image.count(Section::mappings); ++i) {
    auto const mapping = image.get<MappingRecord>(Section::mappings, i);
    auto const row = find_row(image, mapping, value_of(facts, added, image.text(mapping.fact)));
    if (!row) continue;
    Span const columns = image.within(Section::columns, mapping.columns);
    for (std::uint32_t c = columns.begin; c < columns.end; ++c) {
      std::string_view const name = image.text(image.get<Text>(Section::columns, c));
      std::string_view const value = image.text(image.get<Text>(Section::cells, row->cells + (c - columns.begin)));
      if (value.empty() || !value_of(facts, added, name).empty()) continue;
      added.push_back({std::string(name), std::string(value), 0});
    }
  }
  return added;
}

std::vector<AddedFact> set_facts(std::vector<Hit> const& hits, std::vector<std::uint32_t> const& held,
                                 Facts const& facts, std::vector<AddedFact> const& mapped) {
  std::vector<AddedFact> added;
  for (std::size_t i = 0; i < hits.size() && i < held.size(); ++i) {
    for (auto const& [name, value] : hits[i].proposes) {
      if (!name.starts_with(kAttribute) || !value_of(facts, mapped, name).empty()) continue;
      if (!value_of({}, added, name).empty()) continue;
      added.push_back({name, value, held[i] + 1});
    }
  }
  return added;
}

}  // namespace umsops::rules
