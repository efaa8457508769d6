// SPDX-License-Identifier: Apache-2.0
#include "config/report_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/embedded.hpp"
#include "config/roster_reader.hpp"
#include "config/yaml_tree.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time.hpp"
#include "umsops/config/report_files.hpp"

namespace umsops::config {
namespace {

using report::BothTexts;
using report::Definition;

/// Names of the views that these reports stand for.
constexpr std::pair<std::string_view, std::string_view> kViews[] = {{"support_statistics", "support"},
                                                                    {"knowledge_base_statistics", "knowledge"}};
/// Built-in reports whose JSON has had a schema of its own from the first version on.
constexpr std::pair<std::string_view, std::string_view> kSchemas[] = {
    {"support", "umsops.report.support/v1"}, {"knowledge", "umsops.report.knowledge_base_statistics/v1"}};

constexpr std::size_t kMostReports = 500, kMostBands = 20;
constexpr YamlLimits kLimits{50'000, 1 << 20};

/// One text for both languages, or one in each.
BothTexts texts_in(Node const& node) {
  if (node.kind != Node::Kind::map) return {line_of(node), {}};
  require_keys(node, {"en", "zh"});
  return {line_of(need(node, "en", "the text in English")), line_of(need(node, "zh", "the text in Chinese"))};
}

std::string report_name(Node const& node) {
  std::string name = name_of(node);
  bool const plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (!plain || name.empty() || name[0] == '-')
    throw invalid(node.spot, fmt::format("{} is no name of a report", echo(name)), "small letters, digits, - and _");
  return name;
}

/// What the report room refuses, at the place where it is written.
template <class Act>
auto at_spot(NodeSpot const& spot, Act const& act) {
  try {
    return act();
  } catch (base::Error const& error) {
    if (!error.spot().file.empty()) throw;
    throw invalid(spot, error.message(), error.hint());
  }
}

std::int64_t minutes_of(Node const& node) {
  auto const length = base::parse_duration(text_of(node));
  if (!length || length->count() <= 0 || length->count() % 60'000 != 0)
    throw invalid(node.spot, "a band begins after whole minutes", "e.g. 8h, 1d, 30d");
  return length->count() / 60'000;
}

report::Group read_group(Node const& node) {
  if (node.kind == Node::Kind::scalar) return at_spot(node.spot, [&] { return report::parse_group(line_of(node)); });
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a group is a field, or a map", "e.g. month");
  require_keys(node, {"by", "name", "title", "bands"});
  Node const& by = need(node, "by", "e.g. by: month");
  auto group = at_spot(by.spot, [&] { return report::parse_group(line_of(by)); });
  if (Node const* const name = node.find("name")) group.name = report_name(*name);
  if (Node const* const title = node.find("title")) group.label = texts_in(*title);
  Node const* const bands = node.find("bands");
  if (!bands) return group;
  if (bands->kind != Node::Kind::list || bands->items.empty() || bands->items.size() > kMostBands)
    throw invalid(bands->spot, fmt::format("bands are a list of 1 to {} lengths of time", kMostBands));
  group.part = report::Part::band;
  group.bands.clear();
  for (auto const& item : bands->items) {
    group.bands.push_back(minutes_of(item));
    if (group.bands.size() > 1 && group.bands.back() <= group.bands[group.bands.size() - 2])
      throw invalid(item.spot, "bands ascend");
  }
  return group;
}

report::Measure read_measure(Node const& node) {
  if (node.kind == Node::Kind::scalar) return at_spot(node.spot, [&] { return report::parse_measure(line_of(node)); });
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a measure is a text, or a map", "e.g. n, or {figure: n}");
  require_keys(node, {"name", "figure", "where", "among", "at", "scale", "aside", "title", "doc"});
  Node const& figure = need(node, "figure", "e.g. figure: n, or figure: p90:resolution_time_minutes");
  auto measure = at_spot(figure.spot, [&] { return report::parse_measure(line_of(figure)); });
  if (Node const* const name = node.find("name")) measure.name = report_name(*name);
  if (Node const* const where = node.find("where")) {
    if (!measure.where.empty()) throw invalid(where->spot, "the share has its filter already", "leave one out");
    measure.where = line_of(*where);
  }
  if (Node const* const among = node.find("among")) {
    if (measure.function != report::Function::share) throw invalid(among->spot, "only a share is among others");
    measure.among = line_of(*among);
  }
  if (Node const* const at = node.find("at")) measure.at = line_of(*at);
  if (Node const* const scale = node.find("scale")) measure.scale = integer_of(*scale, 1, 1'000'000);
  if (Node const* const aside = node.find("aside")) measure.aside = boolean_of(*aside);
  if (Node const* const title = node.find("title")) measure.label = texts_in(*title);
  if (Node const* const doc = node.find("doc")) measure.doc = texts_in(*doc);
  return measure;
}

template <class Item>
void read_list(Node const& node, char const* key, std::size_t most, Problems& problems, std::vector<Item>& into,
               Item (*read)(Node const&)) {
  Node const* const list = node.find(key);
  if (!list) return;
  if (list->kind != Node::Kind::list || list->items.size() > most)
    return problems.add(list->spot, fmt::format("{} is a list of at most {}", key, most));
  for (auto const& item : list->items) problems.guard([&] { into.push_back(read(item)); });
}

void read_texts(Node const& node, Definition& out, Problems& problems) {
  auto const take = [&](char const* key, std::string& into) {
    if (Node const* const found = node.find(key)) problems.guard([&] { into = line_of(*found); });
  };
  take("from", out.from);
  take("time", out.time);
  take("since", out.since);
  take("where", out.where);
  take("sort", out.sort);
  take("having", out.having);
  if (Node const* const title = node.find("title")) problems.guard([&] { out.title = texts_in(*title); });
  if (Node const* const doc = node.find("doc")) problems.guard([&] { out.doc = texts_in(*doc); });
  if (Node const* const limit = node.find("limit"))
    problems.guard([&] { out.limit = integer_of(*limit, 1, static_cast<std::int64_t>(report::kMostRows)); });
  if (Node const* const fill = node.find("fill")) problems.guard([&] { out.fill = boolean_of(*fill); });
}

std::string read_field(Node const& node) { return line_of(node); }

WrittenReport read_report(Node const& node, Problems& problems);

void read_sections(Node const& node, WrittenReport& out, Problems& problems) {
  Node const* const sections = node.find("sections");
  if (!sections) return;
  if (sections->kind != Node::Kind::list || sections->items.empty() || sections->items.size() > report::kMostSections)
    return problems.add(sections->spot, fmt::format("sections are a list of 1 to {}", report::kMostSections));
  for (auto const& item : sections->items) {
    problems.guard([&] {
      if (item.kind == Node::Kind::scalar) {
        out.sections.push_back({report_name(item), item.spot});
        out.definition.sections.emplace_back();
        return;
      }
      auto section = read_report(item, problems);
      if (!section.sections.empty()) throw invalid(item.spot, "a section has no sections of its own");
      out.sections.push_back({{}, item.spot});
      out.definition.sections.push_back(std::move(section.definition));
    });
  }
}

WrittenReport read_report(Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a report is a map", "name, from, by, measures");
  problems.check_keys(node, {"name", "title", "doc", "from", "time", "since", "where", "by", "measures", "fields",
                             "sort", "having", "limit", "fill", "sections"});
  WrittenReport out;
  out.spot = node.spot;
  auto& definition = out.definition;
  definition.name = report_name(need(node, "name", "e.g. name: mfa-by-week"));
  read_texts(node, definition, problems);
  if (definition.title.en.empty()) definition.title.en = definition.name;
  read_list(node, "by", report::kMostGroups, problems, definition.by, read_group);
  read_list(node, "measures", report::kMostMeasures, problems, definition.measures, read_measure);
  read_list(node, "fields", report::kMostMeasures, problems, definition.fields, read_field);
  read_sections(node, out, problems);
  bool const composed = !definition.sections.empty();
  if (composed && (!definition.from.empty() || !definition.measures.empty() || !definition.fields.empty()))
    throw invalid(node.spot, "a report has sections, or a source of its own", "put the source into a section");
  if (!composed && definition.from.empty())
    throw invalid(node.spot, "a report needs a source", "e.g. from: tickets, or sections");
  return out;
}

/// Calls `visit` with each report of ours, until it returns false.
void each_builtin(std::function<bool(Node const&)> const& visit) {
  for (auto const& file : embedded::builtin_report_trees()) {
    auto const tree = unpack_tree(file.bytes, file.name);
    for (auto const& report : tree.find("reports")->items) {
      if (!visit(report)) return;
    }
  }
}

WrittenReport read_builtin(Node const& node, Problems& problems) {
  auto written = read_report(node, problems);
  for (auto const& [name, schema] : kSchemas) {
    if (written.definition.name == name) written.definition.schema = schema;
  }
  return written;
}

std::vector<WrittenReport> builtin_reports(Problems& problems) {
  std::vector<WrittenReport> all;
  each_builtin([&](Node const& report) {
    all.push_back(read_builtin(report, problems));
    return true;
  });
  return all;
}

std::vector<Definition> read_all(std::vector<std::string> const& files, bool with_builtin, Problems& problems) {
  std::vector<WrittenReport> written;
  if (with_builtin) written = builtin_reports(problems);
  for (auto const& file : files) {
    problems.guard([&] {
      for (auto& one : read_report_text(read_file(file, kLimits.bytes), file, problems)) {
        check_report(one, problems);
        written.push_back(std::move(one));
      }
    });
  }
  return join_reports(std::move(written), true, problems);
}

}  // namespace

std::vector<WrittenReport> read_report_text(std::string_view text, std::string const& file, Problems& problems) {
  std::vector<WrittenReport> all;
  problems.guard([&] {
    Node const root = parse_yaml(text, file, kLimits);
    if (root.kind != Node::Kind::map) throw invalid(root.spot, "a report file is a map", "kind: reports");
    problems.check_keys(root, {"kind", "reports"});
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "reports") throw invalid(kind->spot, "this is no report file", "kind: reports");
    Node const& reports = need(root, "reports", "reports: a list");
    if (reports.kind != Node::Kind::list || reports.items.size() > kMostReports)
      throw invalid(reports.spot, fmt::format("reports is a list of at most {}", kMostReports));
    for (auto const& item : reports.items) problems.guard([&] { all.push_back(read_report(item, problems)); });
  });
  return all;
}

void check_report(WrittenReport const& written, Problems& problems) {
  auto const check = [&](Definition const& definition, NodeSpot const& spot) {
    problems.guard([&] { at_spot(spot, [&] { report::check(definition); }); });
  };
  if (written.definition.sections.empty()) check(written.definition, written.spot);
  for (std::size_t i = 0; i < written.sections.size(); ++i) {
    if (written.sections[i].name.empty()) check(written.definition.sections[i], written.sections[i].spot);
  }
}

std::vector<Definition> join_reports(std::vector<WrittenReport> written, bool whole, Problems& problems) {
  std::vector<Definition> all;
  for (auto const& one : written) {
    auto const known = std::find_if(all.begin(), all.end(),
                                    [&](Definition const& other) { return other.name == one.definition.name; });
    if (known == all.end())
      all.push_back(one.definition);
    else
      *known = one.definition;
  }
  for (auto const& one : written) {
    auto const into = std::find_if(all.begin(), all.end(),
                                   [&](Definition const& other) { return other.name == one.definition.name; });
    for (std::size_t i = 0; i < one.sections.size() && i < into->sections.size(); ++i) {
      auto const& section = one.sections[i];
      if (section.name.empty()) continue;
      auto const found =
          std::find_if(all.begin(), all.end(), [&](Definition const& other) { return other.name == section.name; });
      if (found != all.end() && found->sections.empty()) {
        into->sections[i] = *found;
      } else if (whole) {
        std::vector<std::string_view> names;
        for (auto const& other : all) names.push_back(other.name);
        problems.add(section.spot,
                     found == all.end() ? fmt::format("no report {}", echo(section.name))
                                        : fmt::format("report {} has sections itself", echo(section.name)),
                     suggest(section.name, names));
      }
    }
  }
  return all;
}

std::vector<Definition> read_reports(std::vector<std::string> const& files) {
  Problems problems(base::errors::config_invalid);
  auto all = read_all(files, true, problems);
  problems.raise();
  return all;
}

std::optional<Definition> builtin_report(std::string_view name) {
  for (auto const& [view, report] : kViews) {
    if (name == view) name = report;
  }
  std::optional<Definition> definition;
  each_builtin([&](Node const& report) {
    if (text_of(*report.find("name")) != name) return true;
    if (report.find("sections") != nullptr) return false;
    Problems problems(base::errors::config_invalid);
    definition = read_builtin(report, problems).definition;
    problems.raise();
    return false;
  });
  return definition;
}

std::vector<base::Error> lint_reports(std::vector<std::string> const& files) {
  Problems problems(base::errors::config_invalid);
  read_all(files, true, problems);
  return problems.all();
}

Definition const& require_report(std::vector<Definition> const& reports, std::string_view name) {
  for (auto const& [view, report] : kViews) {
    if (name == view) name = report;
  }
  std::vector<std::string_view> names;
  for (auto const& report : reports) {
    if (report.name == name) return report;
    names.push_back(report.name);
  }
  std::string const best = base::nearest(name, names);
  throw base::Error(base::errors::report_unknown,
                    {{"name", base::shortened(name, 80)},
                     {"suggestion", best.empty() ? "see: umsops report list" : "did you mean " + best + "?"}});
}

}  // namespace umsops::config
