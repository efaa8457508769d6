// SPDX-License-Identifier: Apache-2.0
// Reports in the Prometheus text format.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "format/report_text.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/format/report_output.hpp"

namespace umsops::format {
namespace {

using base::Value;
using report::Table;

/// Words of units and types, which a name must not have: values are in seconds, and all are gauges.
constexpr std::array<std::string_view, 12> kNotInNames{"minutes", "minute", "hours", "hour",  "days", "day",
                                                       "weeks",   "week",   "total", "count", "sum",  "bucket"};

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string metric_name(std::string_view report, std::string_view column, std::string_view suffix) {
  std::string words = std::string(report) + "_" + std::string(column), name = "umsops_report";
  for (char& c : words) c = is_plain(c) ? base::ascii_lower(c) : '_';
  for (std::size_t at = 0; at <= words.size();) {
    auto const end = std::min(words.find('_', at), words.size());
    auto const word = std::string_view(words).substr(at, end - at);
    bool const left_out = std::find(kNotInNames.begin(), kNotInNames.end(), word) != kNotInNames.end();
    if (!word.empty() && !left_out) name.append("_").append(word);
    at = end + 1;
  }
  return name + std::string(suffix);
}

std::string label_text(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '\\' || c == '"') out += '\\';
    c == '\n' ? out += "\\n" : out += c;
  }
  return out;
}

std::string labels_of(Table const& table, base::Row const& row) {
  std::string labels;
  for (std::size_t i = 0; i < table.groups; ++i) {
    std::string name(table.columns[i].name);
    for (char& c : name) c = is_plain(c) ? c : '_';
    auto const text = value_text(table, i, row[i], base::Language::en, {});
    labels += fmt::format("{}{}=\"{}\"", labels.empty() ? "" : ",", name, label_text(text));
  }
  return labels.empty() ? labels : "{" + labels + "}";
}

/// The value in base units.
std::optional<double> sample_of(Table const& table, std::size_t column, Value const& value) {
  if (auto const* at = value.get_if<base::TimePoint>())
    return static_cast<double>(at->time_since_epoch().count()) / 1000;
  auto const number = number_of(value);
  if (!number) return std::nullopt;
  if (table.units[column] == "minutes") return *number * 60;
  return table.units[column] == "percent" ? *number / 100 : *number;
}

std::string_view suffix_of(Table const& table, std::size_t column) {
  if (table.columns[column].type == base::FieldType::time) return "_timestamp_seconds";
  if (table.units[column] == "minutes") return "_seconds";
  return table.units[column] == "percent" || table.units[column] == "share" ? "_ratio" : "";
}

std::string head(std::string const& name, std::string_view help) {
  std::string line;
  for (char const c : help) c == '\\' ? line += "\\\\" : c == '\n' ? line += "\\n" : line += c;
  return fmt::format("# HELP {} {}\n# TYPE {} gauge\n", name, line, name);
}

void write_table(Sink& sink, std::string const& report, Table const& table) {
  if (table.is_list()) {
    auto const name = metric_name(report, "", "_rows");
    sink.write(head(name, table.title.en) + fmt::format("{} {}\n", name, table.rows.size()));
    return;
  }
  for (std::size_t column = table.groups; column < table.columns.size(); ++column) {
    auto const name = metric_name(report, table.columns[column].name, suffix_of(table, column));
    std::string text = head(name, table.columns[column].doc);
    for (auto const& row : table.rows) {
      if (auto const value = sample_of(table, column, row[column]))
        text += fmt::format("{}{} {}\n", name, labels_of(table, row), *value);
    }
    sink.write(text);
  }
}

}  // namespace

void write_report_metrics(Sink& sink, report::Result const& result) {
  for (auto const& table : result.tables)
    write_table(sink, result.composed ? result.name + "_" + table.name : result.name, table);
  auto const name = metric_name(result.name, "made", "_timestamp_seconds");
  sink.write(head(name, "When the report was made") +
             fmt::format("{} {}\n", name, static_cast<double>(result.now.time_since_epoch().count()) / 1000));
}

}  // namespace umsops::format
