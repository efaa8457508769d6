// SPDX-License-Identifier: Apache-2.0
// Reports for programs, and in tables for people.
#include <fmt/format.h>

#include <algorithm>

#include "format/report_text.hpp"
#include "format/writers.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/markdown.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/report_output.hpp"

namespace umsops::format {
namespace {

using base::FieldType;
using base::Value;
using report::Result;
using report::Table;

constexpr std::string_view kOfAll = "umsops.report.run/v1", kComposed = "umsops.report.sections/v1";

std::string_view type_name(FieldType type) {
  switch (type) {
    case FieldType::integer:
      return "integer";
    case FieldType::decimal:
      return "number";
    case FieldType::boolean:
      return "boolean";
    case FieldType::time:
      return "time";
    case FieldType::list:
      return "list";
    default:
      return "string";
  }
}

Value time_or_null(std::optional<base::TimePoint> const& at) { return at ? Value(*at) : Value(); }

Value columns_value(Table const& table, base::Language language) {
  Value::List columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    auto const& field = table.columns[i];
    columns.push_back(Value::Object{{"name", field.name},
                                    {"type", type_name(field.type)},
                                    {"unit", base::text_or_null(table.units[i])},
                                    {"group", i < table.groups},
                                    {"doc", language == base::Language::zh ? field.doc_zh : field.doc}});
  }
  return columns;
}

Value object_of(Table const& table, base::Row const& row, std::size_t from) {
  Value::Object object;
  for (std::size_t i = from; i < row.size(); ++i) object.emplace_back(table.columns[i].name, row[i]);
  return object;
}

/// What stands behind the items of a table.
Value::Object further_of(Result const& result, Table const& table, base::Language language) {
  Value previous;
  if (table.previous_since)
    previous = Value::Object{{"since", *table.previous_since}, {"until", time_or_null(table.previous_until)}};
  return {{"name", table.name},
          {"since", time_or_null(table.since)},
          {"until", time_or_null(table.until)},
          {"zone", table.zone},
          {"counted", table.counted},
          {"title", in_language(table.title, language)},
          {"from", table.from},
          {"as_of", time_or_null(result.as_of)},
          {"previous", std::move(previous)},
          {"totals", table.is_list() ? Value() : object_of(table, table.totals, table.groups)},
          {"columns", columns_value(table, language)}};
}

Value document_of(Result const& result, base::Language language) {
  Value::List sections;
  for (auto const& table : result.tables) {
    Value::List items;
    for (auto const& row : table.rows) items.push_back(object_of(table, row, 0));
    auto const count = static_cast<std::int64_t>(items.size());
    Value::Object section{{"items", std::move(items)}, {"count", count}, {"truncated", table.truncated}};
    for (auto& member : further_of(result, table, language)) section.push_back(std::move(member));
    sections.emplace_back(std::move(section));
  }
  auto const count = static_cast<std::int64_t>(sections.size());
  return Value::Object{{"schema", kComposed},
                       {"name", result.name},
                       {"title", in_language(result.title, language)},
                       {"made_at", result.now},
                       {"as_of", time_or_null(result.as_of)},
                       {"sections", std::move(sections)},
                       {"count", count}};
}

/// Keeps what is written, and how wide its widest line is.
class Measured final : public Sink {
 public:
  explicit Measured(int ambiguous) : ambiguous_(ambiguous) {}
  void write(std::string_view bytes) override { text_ += bytes; }
  void flush() override {}
  std::size_t width() const {
    std::size_t widest = 0;
    for (std::size_t at = 0; at < text_.size();) {
      auto const end = std::min(text_.find('\n', at), text_.size());
      widest = std::max(widest, base::cell_width(text_.substr(at, end - at), ambiguous_));
      at = end + 1;
    }
    return widest;
  }

 private:
  std::string text_;
  int ambiguous_;
};

void write_rows(Sink& sink, Style const& style, Table const& table, std::string_view schema, Closing const& closing,
                std::vector<std::string> const* bars = nullptr) {
  auto columns = table.columns;
  if (bars) {
    static constexpr base::Field kBars{"", FieldType::choice, {}, base::kInTable | base::kInWide, "", "", " "};
    columns.push_back(kBars);
  }
  auto named = style;
  named.id_field = columns.front().name;
  auto writer = list_writer(sink, named, schema, "report", columns);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (!bars) {
      writer->row(table.rows[i]);
      continue;
    }
    auto row = table.rows[i];
    row.emplace_back((*bars)[i]);
    writer->row(row);
  }
  writer->end(closing);
}

/// The first count that the table shows: what bars are drawn of.
std::optional<std::size_t> drawn_column(Table const& table) {
  for (auto const column : shown_columns(table)) {
    auto const type = table.columns[column].type;
    if (column >= table.groups && !table.is_list() && (type == FieldType::integer || type == FieldType::decimal))
      return column;
  }
  return std::nullopt;
}

/// A bar of that part of so many cells, to an eighth of a cell.
std::string bar(double part, std::size_t cells) {
  static constexpr std::string_view kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  auto const eighths = static_cast<std::size_t>(part * static_cast<double>(cells) * 8 + 0.5);
  std::string text;
  for (std::size_t i = 0; i < eighths / 8; ++i) text += "█";
  return text + std::string(kEighths[eighths % 8]);
}

std::vector<std::string> bars_of(Table const& table, std::size_t column, std::size_t cells) {
  double most = 0;
  for (auto const& row : table.rows) most = std::max(most, number_of(row[column]).value_or(0));
  std::vector<std::string> bars;
  for (auto const& row : table.rows)
    bars.push_back(most > 0 ? bar(std::max(number_of(row[column]).value_or(0), 0.0) / most, cells) : "");
  return bars;
}

/// Of a report by periods, each figure as a line of small columns.
std::string sparklines(Table const& table, Style const& style) {
  static constexpr std::string_view kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (table.groups != 1 || !report::is_period(table.parts[0]) || table.rows.size() < 3 || table.rows.size() > 60)
    return {};
  std::string out;
  for (auto const column : shown_columns(table)) {
    if (column == 0 || table.columns[column].type == FieldType::time) continue;
    double least = 0, most = 0;
    for (auto const& row : table.rows) most = std::max(most, number_of(row[column]).value_or(0));
    for (auto const& row : table.rows) least = std::min(least, number_of(row[column]).value_or(0));
    std::string line;
    for (auto const& row : table.rows) {
      double const height = most > least ? (number_of(row[column]).value_or(0) - least) / (most - least) : 0;
      line += kHeights[static_cast<std::size_t>(height * 7 + 0.5)];
    }
    out += fmt::format("{}  {}  {}\n", line, column_title(table, column, style.language),
                       value_text(table, column, most, style.language, style.zone));
  }
  return out.empty() ? out : "\n" + out;
}

void write_for_people(Sink& sink, Style const& style, Table const& table, bool bars) {
  if (table.rows.empty()) {
    sink.write(style.language == base::Language::zh ? "（无）\n" : "(none)\n");
    return;
  }
  auto const column = drawn_column(table);
  constexpr std::size_t kGap = 2, kNarrowest = 4, kWidest = 24;
  if (!bars || !column || style.ambiguous_width != 1) return write_rows(sink, style, table, kOfAll, {});
  Measured measured(style.ambiguous_width);
  auto plain = style;
  plain.color = false;
  write_rows(measured, plain, table, kOfAll, {});
  auto const used = measured.width() + kGap, room = static_cast<std::size_t>(std::max(style.width, 20));
  if (used + kNarrowest > room) {
    write_rows(sink, style, table, kOfAll, {});
  } else {
    auto const drawn = bars_of(table, *column, std::min(room - used, kWidest));
    write_rows(sink, style, table, kOfAll, {}, &drawn);
  }
  sink.write(sparklines(table, style));
}

void write_heading(Sink& sink, Style const& style, Table const& table, bool first) {
  auto const& title = in_language(table.title, style.language);
  if (style.format == Format::md)
    return sink.write(std::string(first ? "" : "\n") + "## " + base::markdown_text(title) + "\n\n");
  std::string const line = base::terminal_text(title, base::TextShape::line);
  sink.write((first ? "" : "\n") + std::string(style.color ? "\x1b[1m" : "") + line + (style.color ? "\x1b[0m" : "") +
             "\n");
}

void write_sections(Sink& sink, Style const& style, Result const& result, bool bars) {
  bool first = true;
  for (auto const& table : result.tables) {
    write_heading(sink, style, table, first);
    first = false;
    if (style.format == Format::md && !table.rows.empty())
      write_rows(sink, style, table, kOfAll, {});
    else
      write_for_people(sink, style, table, bars);
  }
}

[[noreturn]] void refuse_sections(Result const& result, Format format) {
  std::string names;
  for (auto const& table : result.tables) names.append(names.empty() ? "" : ", ").append(table.name);
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", "-o"},
                     {"value", std::string(format_names()[static_cast<std::size_t>(format)])},
                     {"expected", "a format for several tables, which " + result.name + " has"},
                     {"suggestion", "choose one with --section: " + names}});
}

}  // namespace

std::span<std::string_view const> report_format_names() {
  static std::vector<std::string_view> const kNames = [] {
    std::vector<std::string_view> names(format_names().begin(), format_names().end());
    names.insert(names.end(), {"prom", "html"});
    return names;
  }();
  return kNames;
}

std::string_view report_schema(Result const& result) {
  if (result.composed) return kComposed;
  return result.tables.front().schema.empty() ? kOfAll : std::string_view(result.tables.front().schema);
}

void write_report(Sink& sink, Style const& style, Result const& result, bool bars) {
  bool const people = style.format == Format::table || style.format == Format::wide;
  if (result.composed) {
    if (people || style.format == Format::md) return write_sections(sink, style, result, bars);
    if (style.format != Format::json && style.format != Format::yaml) refuse_sections(result, style.format);
    return write_document(sink, style, document_of(result, style.language));
  }
  auto const& table = result.tables.front();
  if (people) return table.rows.empty() ? void() : write_for_people(sink, style, table, bars);
  write_rows(sink, style, table, report_schema(result),
             {table.truncated, {}, further_of(result, table, style.language)});
}

}  // namespace umsops::format
