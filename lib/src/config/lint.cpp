// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "config/channels_reader.hpp"
#include "config/desk_files_reader.hpp"
#include "config/escalation_reader.hpp"
#include "config/flow_reader.hpp"
#include "config/mapping_reader.hpp"
#include "config/mute_reader.hpp"
#include "config/recurring_reader.hpp"
#include "config/report_reader.hpp"
#include "config/roster_reader.hpp"
#include "config/rule_files.hpp"
#include "config/runbook_reader.hpp"
#include "config/sender_reader.hpp"
#include "config/service_reader.hpp"
#include "config/setting_value.hpp"
#include "config/sla_reader.hpp"
#include "config/template_reader.hpp"
#include "umsops/base/time_zone.hpp"
#include "umsops/config/article_files.hpp"
#include "umsops/config/rule_files.hpp"

namespace umsops::config {
namespace {

enum class FileKind {
  settings,
  rules,
  mapping,
  roster,
  sla,
  flow,
  services,
  matrix,
  sender,
  inhibition,
  escalation,
  channels,
  runbook,
  reports,
  fields,
  views,
  templates,
  recurring
};

/// Settings name rule files under `rules:`, rule files hold rules there.
bool holds_rules(Node const& root) {
  for (char const* const key : {"cases", "mappings", "decide", "defaults", "without_text", "use"}) {
    if (root.find(key)) return true;
  }
  Node const* const rules = root.find("rules");
  if (!rules || rules->kind != Node::Kind::list) return false;
  return rules->items.empty() ? root.members.size() == 1 : rules->items[0].kind != Node::Kind::scalar;
}

/// Settings name report files under `reports:`, report files hold reports there; so it is with templates.
bool holds(Node const& root, std::string_view key) {
  Node const* const things = root.find(key);
  return things && things->kind == Node::Kind::list && !things->items.empty() &&
         things->items[0].kind == Node::Kind::map;
}

FileKind kind_of(Node const& root) {
  if (Node const* const kind = root.find("kind")) {
    static constexpr std::string_view kKinds[] = {"settings",   "rules",      "cases",     "mapping",         "roster",
                                                  "sla",        "flow",       "services",  "priority-matrix", "sender",
                                                  "inhibition", "escalation", "channels",  "runbook",         "reports",
                                                  "fields",     "views",      "templates", "recurring"};
    std::string const word = text_of(*kind);
    if (word == "settings") return FileKind::settings;
    if (word == "rules" || word == "cases") return FileKind::rules;
    if (word == "mapping") return FileKind::mapping;
    if (word == "roster") return FileKind::roster;
    if (word == "sla") return FileKind::sla;
    if (word == "flow") return FileKind::flow;
    if (word == "services") return FileKind::services;
    if (word == "priority-matrix") return FileKind::matrix;
    if (word == "sender") return FileKind::sender;
    if (word == "inhibition") return FileKind::inhibition;
    if (word == "escalation") return FileKind::escalation;
    if (word == "channels") return FileKind::channels;
    if (word == "runbook") return FileKind::runbook;
    if (word == "reports") return FileKind::reports;
    if (word == "fields") return FileKind::fields;
    if (word == "views") return FileKind::views;
    if (word == "templates") return FileKind::templates;
    if (word == "recurring") return FileKind::recurring;
    throw invalid(kind->spot, fmt::format("unknown kind of file: {}", echo(word)),
                  suggest(word, {std::begin(kKinds), std::end(kKinds)}));
  }
  if (root.find("channels") && root.find("channels")->kind == Node::Kind::map) return FileKind::channels;
  if (root.find("steps")) return FileKind::runbook;
  if (holds(root, "reports")) return FileKind::reports;
  if (holds(root, "templates")) return FileKind::templates;
  if (holds(root, "recurring")) return FileKind::recurring;
  if (root.find("updates")) return FileKind::escalation;
  if (root.find("fields")) return FileKind::mapping;
  if (root.find("people") || root.find("teams") || root.find("schedules")) return FileKind::roster;
  if (root.find("policies") || root.find("calendars")) return FileKind::sla;
  if (root.find("nodes")) return FileKind::flow;
  if (root.find("recognise")) return FileKind::sender;
  if (root.find("urgency") && root.find("urgency")->kind == Node::Kind::map) return FileKind::matrix;
  if (root.find("services") && root.find("services")->kind == Node::Kind::map) return FileKind::services;
  if (root.find("inhibit_rules") || root.find("time_intervals") || root.find("silences")) return FileKind::inhibition;
  return holds_rules(root) ? FileKind::rules : FileKind::settings;
}

std::string plain_read(std::string const& path, std::size_t limit) { return read_file(path, limit); }

/// Of the kinds of record, the file names one.
void lint_rules(std::string_view text, std::string const& file, Problems& problems) {
  for (auto const* target : rules::targets()) {
    RuleFile rules = read_rule_text(*target, text, file, plain_read, problems);
    if (!rules.ours) continue;
    if (!problems.all().empty()) return;
    if (rules.uses_builtin) join_builtin(rules.source, problems);
    problems.guard([&] { rules::RuleSet::compile(rules.source); });
    return;
  }
}

void lint_settings(std::string_view text, std::string const& file, Problems& problems) {
  // Whether the file may set a key depends on where it lies: the project's file is known by its name.
  bool const project = file == "umsops.yaml" || file.ends_with("/umsops.yaml");
  auto const said = read_settings_text(text, file, project ? Level::project_file : Level::user_file, "/", problems);
  for (auto const& [setting, origin] : said) {
    std::string_view const key = settings()[setting].key;
    if ((key != "tz" && key != "calendar_zone") || origin.value.empty()) continue;
    problems.guard([&, &at = origin] {
      try {
        base::TimeZone::load(at.value);
      } catch (base::Error const& error) {
        throw invalid(at.spot, error.message(), error.hint());
      }
    });
  }
}

void lint_one_roster(std::string_view text, std::string const& file, Problems& problems) {
  std::vector<RosterFile> files;
  files.push_back(read_roster_text(text, file, problems));
  join_rosters(std::move(files), false, problems);
}

void lint_one_catalogue(std::string_view text, std::string const& file, Problems& problems) {
  std::vector<ServiceFile> files;
  files.push_back(read_service_text(text, file, Checks::allowed, problems));
  join_services(std::move(files), nullptr, problems);
}

void lint_sender(std::string_view text, std::string const& file, Problems& problems) {
  auto const sender = read_sender_text(text, file, problems);
  if (problems.all().empty()) check_beside_builtin(sender, problems);
}

void lint_one_inhibition(std::string_view text, std::string const& file, Problems& problems) {
  std::vector<MuteFile> files;
  files.push_back(read_mute_text(text, file, problems));
  join_mute_files(std::move(files), false, problems);
}

void lint_one_reports(std::string_view text, std::string const& file, Problems& problems) {
  auto written = read_report_text(text, file, problems);
  for (auto const& one : written) check_report(one, problems);
  join_reports(std::move(written), false, problems);
}

/// The filter, order and columns of each, against the fields of its noun.
void lint_views(std::string_view text, std::string const& file, Problems& problems) {
  for (auto const& view : read_views_text(text, file, problems)) problems.guard([&] { check_view(view); });
}

void lint_text(std::string_view text, std::string const& file, Problems& settings, Problems& rules) {
  FileKind kind = FileKind::settings;
  try {
    Node const root = parse_yaml(text, file, kRuleLimits);
    kind = kind_of(root);
  } catch (base::Error const& error) {
    settings.add(error);
    return;
  }
  switch (kind) {
    case FileKind::settings:
      return lint_settings(text, file, settings);
    case FileKind::rules:
      return lint_rules(text, file, rules);
    case FileKind::mapping:
      read_mapping_text(nullptr, text, file, settings);
      return;
    case FileKind::roster:
      return lint_one_roster(text, file, settings);
    case FileKind::sla:
      return lint_sla(text, file, plain_read, settings);
    case FileKind::flow:
      read_flow_text(text, file, settings);
      return;
    case FileKind::services:
      return lint_one_catalogue(text, file, settings);
    case FileKind::matrix:
      read_matrix_text(text, file, settings);
      return;
    case FileKind::sender:
      return lint_sender(text, file, settings);
    case FileKind::inhibition:
      return lint_one_inhibition(text, file, settings);
    case FileKind::escalation:
      read_escalation_text(text, file, settings);
      return;
    case FileKind::channels:
      read_channels_text(text, file, settings);
      return;
    case FileKind::runbook:
      read_runbook_text(text, file, settings);
      return;
    case FileKind::reports:
      return lint_one_reports(text, file, settings);
    case FileKind::fields:
      read_fields_text(text, file, settings);
      return;
    case FileKind::views:
      return lint_views(text, file, settings);
    case FileKind::templates:
      read_template_text(text, file, settings);
      return;
    case FileKind::recurring:
      read_recurring_text(text, file, {}, settings);
      return;
  }
}

}  // namespace

std::vector<base::Error> lint_file(std::string const& file) {
  Problems settings(base::errors::config_invalid);
  Problems rules(base::errors::rules_invalid);
  settings.guard([&] {
    auto const text = read_file(file, kRuleLimits.bytes);
    // Of Markdown the front matter is YAML; nothing in it says so, but its name does.
    file.ends_with(".md") ? static_cast<void>(read_article_text(text, file)) : lint_text(text, file, settings, rules);
  });
  std::vector<base::Error> all = settings.all();
  all.insert(all.end(), rules.all().begin(), rules.all().end());
  std::stable_sort(all.begin(), all.end(),
                   [](base::Error const& a, base::Error const& b) { return a.spot().line < b.spot().line; });
  return all;
}

}  // namespace umsops::config
