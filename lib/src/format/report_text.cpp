// SPDX-License-Identifier: Apache-2.0
#include "format/report_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "format/columns.hpp"

namespace umsops::format {

using base::Language;
using base::Value;

std::string const& in_language(report::BothTexts const& texts, Language language) {
  return language == Language::zh && !texts.zh.empty() ? texts.zh : texts.en;
}

std::string column_title(report::Table const& table, std::size_t column, Language language) {
  auto const& field = table.columns[column];
  if (language == Language::zh && !field.label_zh.empty()) return std::string(field.label_zh);
  std::string title(field.name);
  for (char& c : title) c = c == '_' ? ' ' : c;
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return title;
}

std::optional<double> number_of(Value const& value) {
  if (auto const* whole = value.get_if<std::int64_t>()) return static_cast<double>(*whole);
  if (auto const* decimal = value.get_if<double>()) return *decimal;
  return std::nullopt;
}

std::string value_text(report::Table const& table, std::size_t column, Value const& value, Language language,
                       base::TimeZone const& zone) {
  auto const number = number_of(value);
  if (number && table.units[column] == "share") return fmt::format("{:.1f} %", *number * 100);
  if (number && table.units[column] == "percent") return fmt::format("{:.1f} %", *number);
  if (auto const* decimal = value.get_if<double>()) {
    std::string text = fmt::format("{:.2f}", *decimal);
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text;
  }
  Style style;
  style.language = language;
  style.zone = zone;
  return people_text(value, style);
}

std::vector<std::size_t> shown_columns(report::Table const& table) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if ((table.columns[i].traits & base::kInTable) != 0) shown.push_back(i);
  }
  return shown;
}

std::string period_text(report::Table const& table, Language language, base::TimeZone const& zone) {
  bool const zh = language == Language::zh;
  if (!table.since && !table.until) return {};
  auto const until = table.until ? zone.format(*table.until) : std::string(zh ? "现在" : "now");
  if (!table.since)
    return zh ? fmt::format("截至 {}（{}）", until, table.zone) : fmt::format("until {} ({})", until, table.zone);
  auto const since = zone.format(*table.since);
  return zh ? fmt::format("{} 至 {}（{}）", since, until, table.zone)
            : fmt::format("{} to {} ({})", since, until, table.zone);
}

}  // namespace umsops::format
