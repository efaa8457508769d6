// SPDX-License-Identifier: Apache-2.0
#include "format/report_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "format/report_text.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/html.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::FieldType;
using base::html_text;
using base::Language;
using report::Function;
using report::Table;

constexpr std::size_t kMostBars = 12, kMostSeries = 6, kMostPeriods = 120,
                      kMostLabel = 30;  // in cells: a label fits a phone

/// What is drawn: values of some series for each place along the axis.
struct Series {
  std::string name;
  std::vector<double> values;
  bool is_line = false;
};
struct Drawing {
  std::vector<std::string> places;
  std::vector<Series> series;
  std::string title;
};

std::string number(double value) {
  return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
}

std::string part(double value) { return fmt::format("{:.3f}%", value); }

/// A round number at or above the greatest value: 1, 2 or 5 times a power of ten.
double top_of(double most) {
  if (most <= 1) return 1;
  double const power = std::pow(10, std::floor(std::log10(most)));
  for (double const factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= most) return factor * power;
  }
  return 10 * power;
}

/// Counts may be added up over groups, which no mean may.
std::vector<std::size_t> counts_of(Table const& table, bool with_balance) {
  std::vector<std::size_t> found;
  for (auto const column : shown_columns(table)) {
    if (column < table.groups || table.columns[column].type != FieldType::integer) continue;
    auto const function = table.functions[column];
    if (function == Function::n || (with_balance && function == Function::balance)) found.push_back(column);
  }
  return found;
}

std::string place_text(Table const& table, base::Value const& value, Language language) {
  if (value.is_null()) return language == Language::zh ? "（无）" : "(none)";
  return base::cut_cells(value_text(table, 0, value, language, {}), kMostLabel);
}

Drawing over_time(Table const& table, Language language) {
  Drawing drawing;
  bool const alone = table.groups == 1;
  auto columns = counts_of(table, alone);
  if (columns.empty()) return drawing;
  if (!alone) columns.resize(1);
  if (columns.size() > 3) columns.resize(3);
  std::map<std::string, std::vector<double>> periods;
  for (auto const& row : table.rows) {
    auto& values = periods[place_text(table, row[0], language)];
    values.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) values[i] += number_of(row[columns[i]]).value_or(0);
  }
  for (auto const column : columns)
    drawing.series.push_back({column_title(table, column, language), {}, table.functions[column] == Function::balance});
  std::size_t skip = periods.size() > kMostPeriods ? periods.size() - kMostPeriods : 0;
  for (auto const& [place, values] : periods) {
    if (skip > 0) {
      --skip;
      continue;
    }
    drawing.places.push_back(place);
    for (std::size_t i = 0; i < values.size(); ++i) drawing.series[i].values.push_back(values[i]);
  }
  return drawing;
}

/// The places of a second group, where it has few.
std::vector<std::string> second_places(Table const& table, Language language) {
  std::vector<std::string> places;
  if (table.groups != 2 || table.columns[1].choices.empty() || table.columns[1].choices.size() > kMostSeries)
    return places;
  for (auto const choice : table.columns[1].choices) places.emplace_back(choice);
  bool const has_none =
      std::any_of(table.rows.begin(), table.rows.end(), [](auto const& row) { return row[1].is_null(); });
  if (has_none && places.size() < kMostSeries) places.push_back(place_text(table, {}, language));
  return places;
}

Drawing over_groups(Table const& table, Language language) {
  Drawing drawing;
  auto const columns = counts_of(table, false);
  if (columns.empty() || table.groups == 0) return drawing;
  auto const stacks = second_places(table, language);
  std::map<std::string, std::size_t> known;
  for (auto const& name : stacks) drawing.series.push_back({name, {}, false});
  if (stacks.empty()) drawing.series.push_back({column_title(table, columns[0], language), {}, false});
  for (auto const& row : table.rows) {
    auto const place = place_text(table, row[0], language);
    auto const [at, is_new] = known.emplace(place, drawing.places.size());
    if (is_new && drawing.places.size() == kMostBars) {
      known.erase(at);
      continue;
    }
    if (is_new) drawing.places.push_back(place);
    std::size_t series = 0;
    if (!stacks.empty()) {
      auto const found = std::find(stacks.begin(), stacks.end(), place_text(table, row[1], language));
      if (found == stacks.end()) continue;
      series = static_cast<std::size_t>(found - stacks.begin());
    }
    for (auto& one : drawing.series) one.values.resize(drawing.places.size());
    drawing.series[series].values[at->second] += number_of(row[columns[0]]).value_or(0);
  }
  std::erase_if(drawing.series, [](Series const& one) {
    return std::all_of(one.values.begin(), one.values.end(), [](double value) { return value == 0; });
  });
  return drawing;
}

std::string legend_of(Drawing const& drawing) {
  if (drawing.series.size() < 2) return {};
  std::string out = "<ul class=\"legend\">";
  for (std::size_t i = 0; i < drawing.series.size(); ++i)
    out += fmt::format("<li><span class=\"key c{}{}\"></span>{}</li>", i, drawing.series[i].is_line ? " stroke" : "",
                       html_text(drawing.series[i].name));
  return out + "</ul>\n";
}

std::string opening(std::string_view id, std::string_view kind, double height, std::string const& title,
                    std::string const& description) {
  return fmt::format(
      "<svg class=\"{}\" width=\"100%\" height=\"{:.0f}\" role=\"img\" aria-labelledby=\"{}-t {}-d\"><title "
      "id=\"{}-t\">{}</title><desc id=\"{}-d\">{}</desc>\n",
      kind, height, id, id, id, html_text(title), id, html_text(description));
}

constexpr double kTop = 28, kPlot = 160, kAxis = 30;

std::string axis(std::vector<std::string> const& places) {
  std::string out;
  std::size_t const n = places.size();
  auto const label = [&](std::size_t i, std::string_view kind) {
    double const x = n == 1 ? 50 : (static_cast<double>(i) + 0.5) * 100 / static_cast<double>(n);
    auto const anchor = n == 1 ? "middle" : i == 0 ? "start" : i + 1 == n ? "end" : "middle";
    auto const at = n > 1 && i == 0 ? 0 : n > 1 && i + 1 == n ? 100 : x;
    out += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{:.0f}\" text-anchor=\"{}\">{}</text>", kind, part(at),
                       kTop + kPlot + 22, anchor, html_text(places[i]));
  };
  label(0, "label");
  if (n > 4) label(n / 4, "label wide");
  if (n > 2) label(n / 2, "label middle");
  if (n > 4) label(n * 3 / 4, "label wide");
  if (n > 1) label(n - 1, "label");
  return out + "\n";
}

std::string grid(double top) {
  std::string out;
  for (double const share : {0.0, 0.5, 1.0}) {
    double const y = kTop + kPlot * (1 - share);
    out += fmt::format("<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{0:.1f}\" y2=\"{0:.1f}\"/>", y);
    if (share > 0)
      out += fmt::format("<text class=\"label\" x=\"0\" y=\"{:.1f}\">{}</text>", y - 5, number(top * share));
  }
  return out + "\n";
}

std::string columns_svg(Drawing const& drawing, std::string_view id, std::string const& description) {
  double most = 0;
  for (auto const& series : drawing.series) {
    for (auto const value : series.values) most = std::max(most, value);
  }
  double const top = top_of(most), slot = 100 / static_cast<double>(drawing.places.size());
  auto const drawn = static_cast<double>(
      std::count_if(drawing.series.begin(), drawing.series.end(), [](Series const& one) { return !one.is_line; }));
  std::string out = opening(id, "chart", kTop + kPlot + kAxis, drawing.title, description) + grid(top);
  double place = 0;
  for (std::size_t s = 0; s < drawing.series.size(); ++s) {
    auto const& series = drawing.series[s];
    if (series.is_line) continue;
    double const width = slot * 0.72 / drawn;
    for (std::size_t i = 0; i < series.values.size(); ++i) {
      double const height = series.values[i] / top * kPlot;
      if (height <= 0) continue;
      out += fmt::format(
          "<rect class=\"c{}\" x=\"{}\" y=\"{:.1f}\" width=\"{}\" height=\"{:.1f}\"><title>{}</title></rect>", s,
          part(slot * (static_cast<double>(i) + 0.14) + place * width), kTop + kPlot - height, part(width), height,
          html_text(drawing.places[i] + " · " + series.name + ": " + number(series.values[i])));
    }
    ++place;
  }
  for (std::size_t s = 0; s < drawing.series.size(); ++s) {
    if (!drawing.series[s].is_line) continue;
    std::string points;
    for (std::size_t i = 0; i < drawing.series[s].values.size(); ++i)
      points += fmt::format("{:.3f},{:.2f} ", slot * (static_cast<double>(i) + 0.5),
                            100 - drawing.series[s].values[i] / top * 100);
    out += fmt::format(
        "<svg x=\"0\" y=\"{:.0f}\" width=\"100%\" height=\"{:.0f}\" viewBox=\"0 0 100 100\" "
        "preserveAspectRatio=\"none\">"
        "<polyline class=\"line c{}\" points=\"{}\"/></svg>",
        kTop, kPlot, s, points);
  }
  return out + axis(drawing.places) + "</svg>\n";
}

std::string bars_svg(Drawing const& drawing, std::string_view id, std::string const& description) {
  constexpr double kRow = 46, kBar = 14;
  std::vector<double> sums(drawing.places.size());
  for (auto const& series : drawing.series) {
    for (std::size_t i = 0; i < series.values.size(); ++i) sums[i] += series.values[i];
  }
  double const most = std::max(1.0, *std::max_element(sums.begin(), sums.end()));
  std::string out = opening(id, "chart", kRow * static_cast<double>(drawing.places.size()), drawing.title, description);
  for (std::size_t i = 0; i < drawing.places.size(); ++i) {
    double const y = kRow * static_cast<double>(i);
    out += fmt::format(
        "<text class=\"name\" x=\"0\" y=\"{:.0f}\">{}</text><text class=\"value\" x=\"100%\" y=\"{:.0f}\" "
        "text-anchor=\"end\">{}</text><rect class=\"track\" x=\"0\" y=\"{:.0f}\" width=\"100%\" height=\"{:.0f}\" "
        "rx=\"3\"/>",
        y + 16, html_text(drawing.places[i]), y + 16, number(sums[i]), y + 23, kBar);
    double from = 0;
    for (std::size_t s = 0; s < drawing.series.size(); ++s) {
      auto const& series = drawing.series[s];
      double const width = i < series.values.size() ? series.values[i] / most * 100 : 0;
      if (width <= 0) continue;
      out += fmt::format(
          "<rect class=\"c{}\" x=\"{}\" y=\"{:.0f}\" width=\"{}\" height=\"{:.0f}\" rx=\"2\"><title>{}</title></rect>",
          s, part(from), y + 23, part(width), kBar,
          html_text(drawing.places[i] + " · " + series.name + ": " + number(series.values[i])));
      from += width;
    }
    out += '\n';
  }
  return out + "</svg>\n";
}

/// The figure in a sentence, for who does not see it.
std::string described(Drawing const& drawing, Language language) {
  std::string text;
  for (auto const& series : drawing.series) {
    if (series.values.empty()) continue;
    auto const most = std::max_element(series.values.begin(), series.values.end());
    auto const& place = drawing.places[static_cast<std::size_t>(most - series.values.begin())];
    text += language == Language::zh ? fmt::format("{}：最高 {}（{}）。", series.name, number(*most), place)
                                     : fmt::format("{}: highest {}, {}. ", series.name, number(*most), place);
  }
  return text + (language == Language::zh ? "数据见下表。" : "The table below has the data.");
}

}  // namespace

std::string chart_of(Table const& table, std::string_view id, Language language) {
  bool const time = table.groups > 0 && report::is_period(table.parts[0]);
  if (table.is_list() || table.rows.empty() || table.groups == 0) return {};
  Drawing drawing = time ? over_time(table, language) : over_groups(table, language);
  if (drawing.series.empty() || drawing.places.empty()) return {};
  std::string by = column_title(table, 0, language);
  drawing.title = language == Language::zh ? in_language(table.title, language) + "：按" + by
                                           : in_language(table.title, language) + ", by " + base::ascii_lower(by);
  auto const description = described(drawing, language);
  std::string const svg = time ? columns_svg(drawing, id, description) : bars_svg(drawing, id, description);
  return "<figure>\n<figcaption>" + html_text(drawing.title) + "</figcaption>\n" + legend_of(drawing) + svg +
         "</figure>\n";
}

}  // namespace umsops::format
