// SPDX-License-Identifier: Apache-2.0
// The same figures for people: as lines, and as a page with plots.
#include <algorithm>

#include "cli/classifier/report.hpp"
#include "umsops/base/html.hpp"

namespace umsops::cli::classifier {
namespace {

using base::html_text;

/// Rows of cells as a table, for a terminal or a page.
struct Table {
  std::string title;
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;
};

std::string percent_of(double share) { return percent(static_cast<std::uint64_t>(share * 1000 + 0.5), 1000); }

Table summary_table(Env& env, TargetReport const& report) {
  auto const& quality = report.checked.quality;
  auto const [low, high] = interval(quality.right, quality.judged);
  auto const say = [&](std::string_view en, std::string_view zh) { return std::string(env.text({en, zh})); };
  return {say("Cross-validated", "交叉验证"),
          {say("figure", "指标"), say("value", "数值")},
          {{say("texts", "文本"), std::to_string(quality.judged)},
           {say("right", "判对"), percent(quality.right, quality.judged)},
           {say("95 % interval", "95 % 置信区间"), percent_of(low) + " – " + percent_of(high)},
           {say("majority guess", "总猜多数类"), percent(quality.majority, quality.judged)},
           {say("rules alone", "仅用规则"), percent(report.by_rules_right, quality.judged)},
           {say("rules speak", "规则有结论"), percent(report.by_rules, quality.judged)},
           {say("macro F1", "宏平均 F1"), percent_of(quality.macro_f1)},
           {say("answered", "作答"), percent(quality.answered, quality.judged)},
           {say("right of answered", "作答中判对"), percent(quality.right_answered, quality.answered)},
           {say("calibration error", "校准误差"), percent_of(quality.calibration_error)}}};
}

Table curve_table(Env& env, TargetReport const& report) {
  Table out{std::string(env.text({"Thresholds", "阈值"})),
            {std::string(env.text({"from P", "概率不低于"})), std::string(env.text({"answered", "作答"})),
             std::string(env.text({"right", "判对"}))},
            {}};
  for (auto const& point : report.curve) {
    out.rows.push_back({percent_of(point.threshold), percent(point.answered, report.checked.quality.judged),
                        percent(point.right, point.answered)});
  }
  return out;
}

Table labels_table(Env& env, TargetReport const& report) {
  auto const say = [&](std::string_view en, std::string_view zh) { return std::string(env.text({en, zh})); };
  Table out{say("Labels", "各标签"),
            {say("label", "标签"), say("examples", "示例"), say("precision", "精确率"), say("recall", "召回率"),
             say("answered", "作答"), say("remark", "备注")},
            {}};
  constexpr std::uint64_t kFew = 10;
  for (auto const& label : report.labels) {
    out.rows.push_back({label.label, std::to_string(label.examples), percent(label.right, label.given),
                        percent(label.right, label.judged), percent(label.answered, label.judged),
                        label.examples < kFew ? say("too few", "过少") : std::string()});
  }
  return out;
}

Table confusions_table(Env& env, TargetReport const& report) {
  auto const say = [&](std::string_view en, std::string_view zh) { return std::string(env.text({en, zh})); };
  Table out{say("Confusions", "混淆"),
            {say("label", "标签"), say("taken for", "误判为"), say("texts", "文本"), say("examples", "示例")},
            {}};
  for (auto const& one : report.confusions) {
    std::string examples;
    for (auto const& name : one.examples) examples += (examples.empty() ? "" : ", ") + name;
    out.rows.push_back({one.label, one.given, std::to_string(one.texts), examples});
  }
  return out;
}

Table doubtful_table(Env& env, TargetReport const& report) {
  auto const say = [&](std::string_view en, std::string_view zh) { return std::string(env.text({en, zh})); };
  Table out{say("Likely mislabelled", "可能标错"),
            {say("text", "文本"), say("label", "标签"), say("rather", "更可能是"), "P"},
            {}};
  for (auto const& one : report.doubtful)
    out.rows.push_back({one.name, one.label, one.given, percent_of(one.probability)});
  return out;
}

Table drift_table(Env& env, TargetReport const& report) {
  auto const say = [&](std::string_view en, std::string_view zh) { return std::string(env.text({en, zh})); };
  Table out{say("Week by week", "逐周情况"),
            {say("week", "周"), say("judged", "判断"), say("did not know", "不作答"), say("mean P", "平均概率"),
             say("confirmed", "人工确认"), say("corrected", "人工更正")},
            {}};
  for (auto const& week : report.drift) {
    out.rows.push_back({week.week, std::to_string(week.judged), percent(week.doubted, week.judged),
                        percent_of(week.probability), std::to_string(week.confirmed), std::to_string(week.corrected)});
  }
  return out;
}

std::vector<Table> tables_of(Env& env, TargetReport const& report) {
  std::vector<Table> out{summary_table(env, report),    curve_table(env, report),    labels_table(env, report),
                         confusions_table(env, report), doubtful_table(env, report), drift_table(env, report)};
  std::erase_if(out, [](Table const& table) { return table.rows.empty(); });
  return out;
}

std::string lines_of(Table const& table) {
  std::string out = table.title + "\n";
  for (auto const& row : table.rows) {
    std::string line;
    for (auto const& cell : row) line += "  " + cell;
    out += line + "\n";
  }
  return out;
}

std::string html_of(Table const& table) {
  std::string out = "<table>\n<caption>" + html_text(table.title) + "</caption><thead><tr>";
  for (auto const& head : table.heads) out += "<th scope=\"col\">" + html_text(head) + "</th>";
  out += "</tr></thead><tbody>";
  for (auto const& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      out += (i == 0 ? "<th scope=\"row\">" : "<td>") + html_text(row[i]) + (i == 0 ? "</th>" : "</td>");
    out += "</tr>";
  }
  return out + "</tbody></table>\n";
}

/// A plot over the unit square; lengths in hundredths.
class Plot {
 public:
  Plot(std::string title, std::string across, std::string up)
      : title_(std::move(title)), across_(std::move(across)), up_(std::move(up)) {}
  void line(std::vector<std::pair<double, double>> const& points, bool dashed = false) {
    std::string list;
    for (auto const& [x, y] : points) list += number(x * 100) + "," + number(100 - y * 100) + " ";
    body_ += "<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"0.8\"" +
             std::string(dashed ? " stroke-dasharray=\"2 2\"" : "") + " points=\"" + list + "\"/>";
  }
  void point(double x, double y, std::string const& said) {
    body_ += "<circle cx=\"" + number(x * 100) + "\" cy=\"" + number(100 - y * 100) +
             "\" r=\"1.6\" fill=\"currentColor\"><title>" + html_text(said) + "</title></circle>";
  }
  void square(double x, double y, double size, double darkness, std::string const& said) {
    body_ += "<rect x=\"" + number(x * 100) + "\" y=\"" + number(y * 100) + "\" width=\"" + number(size * 100) +
             "\" height=\"" + number(size * 100) + "\" fill=\"currentColor\" fill-opacity=\"" + number(darkness) +
             "\"><title>" + html_text(said) + "</title></rect>";
  }
  std::string html() const {
    return "<figure><figcaption>" + html_text(title_) + "</figcaption><svg role=\"img\" aria-label=\"" +
           html_text(title_) +
           "\" viewBox=\"-12 -4 116 120\" width=\"340\" height=\"352\"><rect x=\"0\" y=\"0\" width=\"100\" "
           "height=\"100\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"0.3\"/>" +
           body_ + "<text x=\"50\" y=\"112\" font-size=\"5\" text-anchor=\"middle\" fill=\"currentColor\">" +
           html_text(across_) +
           "</text><text x=\"-6\" y=\"50\" font-size=\"5\" text-anchor=\"middle\" fill=\"currentColor\" "
           "transform=\"rotate(-90 -6 50)\">" +
           html_text(up_) +
           "</text><text x=\"0\" y=\"106\" font-size=\"4\" fill=\"currentColor\">0</text><text x=\"100\" y=\"106\" "
           "font-size=\"4\" text-anchor=\"end\" fill=\"currentColor\">1</text></svg></figure>\n";
  }

 private:
  static std::string number(double value) {
    auto const hundredths = static_cast<std::int64_t>(value * 100 + (value < 0 ? -0.5 : 0.5));
    auto const size = hundredths < 0 ? -hundredths : hundredths;
    return (hundredths < 0 ? "-" : "") + std::to_string(size / 100) + "." + std::to_string(100 + size % 100).substr(1);
  }
  std::string title_, across_, up_, body_;
};

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string plots_of(Env& env, TargetReport const& report) {
  auto const say = [&](std::string_view en, std::string_view zh) { return std::string(env.text({en, zh})); };
  Plot curve(say("Coverage and precision", "覆盖率与精确率"), say("answered", "作答比例"),
             say("right of answered", "作答中判对"));
  std::vector<std::pair<double, double>> points;
  for (auto const& point : report.curve) {
    if (point.answered == 0) continue;
    points.emplace_back(ratio(point.answered, report.checked.quality.judged), ratio(point.right, point.answered));
    curve.point(points.back().first, points.back().second, "P " + percent_of(point.threshold));
  }
  curve.line(points);
  Plot calibration(say("Calibration", "校准"), say("said", "所报概率"), say("came true", "实际判对"));
  calibration.line({{0, 0}, {1, 1}}, true);
  for (auto const& bin : report.bins) {
    if (bin.texts > 0)
      calibration.point(bin.probability, ratio(bin.right, bin.texts), std::to_string(bin.texts) + say(" texts", " 条"));
  }
  return curve.html() + calibration.html();
}

/// A square for each pair of the most frequent labels, dark where many texts are.
std::string confusion_plot(Env& env, TargetReport const& report) {
  constexpr std::size_t kMost = 30;
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < report.labels.size(); ++i) shown.push_back(i);
  std::stable_sort(shown.begin(), shown.end(),
                   [&](std::size_t a, std::size_t b) { return report.labels[a].judged > report.labels[b].judged; });
  if (shown.size() > kMost) shown.resize(kMost);
  std::vector<std::size_t> place(report.labels.size(), kMost);
  for (std::size_t i = 0; i < shown.size(); ++i) place[shown[i]] = i;
  std::vector<std::uint64_t> cells(shown.size() * shown.size());
  for (auto const& text : report.checked.texts) {
    auto const row = place[static_cast<std::size_t>(text.label)];
    auto const column = text.given < 0 ? kMost : place[static_cast<std::size_t>(text.given)];
    if (row < kMost && column < kMost) ++cells[row * shown.size() + column];
  }
  Plot plot(std::string(env.text({"Confusions of the most frequent labels", "最常见标签的混淆情况"})),
            std::string(env.text({"taken for", "判为"})), std::string(env.text({"label", "标签"})));
  double const size = 1 / static_cast<double>(std::max<std::size_t>(1, shown.size()));
  for (std::size_t row = 0; row < shown.size(); ++row) {
    for (std::size_t column = 0; column < shown.size(); ++column) {
      auto const count = cells[row * shown.size() + column];
      if (count == 0) continue;
      plot.square(
          static_cast<double>(column) * size, static_cast<double>(row) * size, size,
          std::max(0.05, ratio(count, report.labels[shown[row]].judged)),
          report.labels[shown[row]].label + " -> " + report.labels[shown[column]].label + ": " + std::to_string(count));
    }
  }
  return plot.html();
}

}  // namespace

std::string text_of(Env& env, TargetReport const& report) {
  std::string out = report.target + "\n";
  for (auto const& table : tables_of(env, report)) out += lines_of(table);
  return out + "\n";
}

std::string section_of(Env& env, TargetReport const& report) {
  std::string out = "<section><h2>" + html_text(report.target) + "</h2>\n";
  out += plots_of(env, report) + confusion_plot(env, report);
  for (auto const& table : tables_of(env, report)) out += html_of(table);
  return out + "</section>\n";
}

}  // namespace umsops::cli::classifier
