// SPDX-License-Identifier: Apache-2.0
#include "cli/report/reports.hpp"

#include "cli/input.hpp"
#include "cli/report/last_run.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/time_text.hpp"
#include "umsops/config/report_files.hpp"

namespace umsops::cli::reports {

namespace {

std::string in_parentheses(std::string const& filter) { return "(" + filter + ")"; }

/// One report, or the section of a composition that --section names.
report::Definition chosen(Env& env, Call const& call) {
  if (call.words.empty()) {
    report::Definition definition;
    definition.name = "report";
    definition.from = call.text("from").value_or("");
    if (definition.from.empty()) call.missing("NAME, or --from");
    definition.title = {definition.from, {}};
    definition.measures = {report::parse_measure("n")};
    return definition;
  }
  auto const section = call.text("section");
  bool const files = call.has("reports") || !env.settings().list("reports").empty();
  auto alone = files || section ? std::nullopt : config::builtin_report(call.words[0]);
  if (alone) return *std::move(alone);
  auto const all = all_of(env, call);
  auto definition = config::require_report(all, call.words[0]);
  if (!section) return definition;
  std::string names;
  for (auto& one : definition.sections) {
    if (one.name == *section) {
      if (!definition.since.empty() && one.since != "any") one.since = definition.since;
      return std::move(one);
    }
    names.append(names.empty() ? "" : ", ").append(one.name);
  }
  throw base::Error(base::errors::usage_bad_value, {{"flag", "--section"},
                                                    {"value", *section},
                                                    {"expected", "a section of " + definition.name},
                                                    {"suggestion", names.empty() ? "it has none" : names}});
}

void narrow(report::Definition& definition, Call const& call) {
  for (auto const& text : call.all("where")) {
    definition.where =
        definition.where.empty() ? in_parentheses(text) : in_parentheses(definition.where) + " " + in_parentheses(text);
  }
}

void change(report::Definition& definition, Call const& call) {
  if (auto const by = call.text("by")) definition.by = report::parse_groups(*by);
  if (call.on("total")) definition.by.clear();
  std::vector<report::Measure> measures;
  for (auto const& text : call.all("measure")) {
    for (auto& one : report::parse_measures(text)) measures.push_back(std::move(one));
  }
  if (!measures.empty()) definition.measures = std::move(measures);
  if (auto const at = call.text("at")) definition.time = *at;
  // An order by a column that is not there any more would refuse every change of groups.
  bool const other = call.has("by") || call.has("measure") || call.on("total");
  if (other) definition.sort.clear();
  if (other) definition.having.clear();
  if (other) definition.schema.clear();
  if (other && call.has("by")) definition.fill = false;
  if (call.on("total")) definition.fill = false;
  if (auto const sort = call.text("sort")) definition.sort = *sort;
  if (auto const limit = call.integer("limit"); limit && *limit > 0) definition.limit = *limit;
}

}  // namespace

std::vector<report::Definition> all_of(Env& env, Call const& call) {
  auto files = call.all("reports");
  if (files.empty()) files = env.settings().list("reports");
  return config::read_reports(files);
}

report::Definition definition_of(Env& env, Call const& call) {
  if (!call.words.empty() && call.has("from"))
    throw base::Error(base::errors::usage_excludes, {{"first", "NAME"}, {"second", "--from"}});
  auto definition = chosen(env, call);
  bool const composed = !definition.sections.empty();
  for (auto const* flag : {"by", "measure", "at", "sort", "limit", "where"}) {
    if (composed && call.has(flag))
      throw base::Error(base::errors::usage_excludes,
                        {{"first", "--" + std::string(flag)}, {"second", "a report of several tables"}});
  }
  if (composed) return definition;
  narrow(definition, call);
  change(definition, call);
  return definition;
}

desk::ReportOptions options_of(Env& env, Call const& call) {
  desk::ReportOptions options;
  options.zone = env.zone();
  options.until = time_flag(env, call, "until");
  options.as_of = time_flag(env, call, "as-of");
  options.compare = call.has("compare");
  if (auto const since = call.text("since"); since && *since != kLast)
    options.since = base::parse_time(*since, options.as_of.value_or(env.clock().now()), env.zone());
  if (call.text("since") == kLast) options.since = last_run::read(env, call.words.empty() ? "report" : call.words[0]);
  return options;
}

std::string text_of(Env const& env, report::BothTexts const& texts) {
  return env.language() == base::Language::zh && !texts.zh.empty() ? texts.zh : texts.en;
}

}  // namespace umsops::cli::reports
