// SPDX-License-Identifier: Apache-2.0
#include "umsops/report/definition.hpp"

#include <algorithm>
#include <array>

#include "report/plan.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::report {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 15> kFunctions{
    "n",     "share",   "sum",   "mean",    "median",         "p90",    "p95", "min", "max",
    "ratio", "balance", "count", "pending", "not_applicable", "invalid"};
constexpr std::array<std::string_view, 9> kParts{"value", "date",    "week", "month", "quarter",
                                                 "year",  "weekday", "hour", "band"};

/// A day, three days, a week, a month.
constexpr std::int64_t kUsualBands[] = {1440, 3 * 1440, 7 * 1440, 30 * 1440};

[[noreturn]] void refuse(std::string_view flag, std::string_view value, std::string expected, std::string suggestion) {
  throw base::Error(base::errors::usage_bad_value, {{"flag", std::string(flag)},
                                                    {"value", "'" + base::shortened(value, 60) + "'"},
                                                    {"expected", std::move(expected)},
                                                    {"suggestion", std::move(suggestion)}});
}

bool is_name(std::string_view text) {
  auto const fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), fits) && text[0] >= 'a';
}

std::optional<Function> function_of(std::string_view name) {
  auto const found = std::find(kFunctions.begin(), kFunctions.end(), name);
  if (found == kFunctions.end()) return std::nullopt;
  return static_cast<Function>(found - kFunctions.begin());
}

Subject parse_subject(std::string_view text) {
  auto const dots = text.find("..");
  if (dots == std::string_view::npos) return {std::string(text), {}};
  return {std::string(text.substr(0, dots)), std::string(text.substr(dots + 2))};
}

/// What a name may not hold becomes `_`: `attributes.site` gives a column all the same.
std::string as_name(std::string text) {
  for (char& c : text) {
    if (!is_name(std::string("a") + c)) c = '_';
  }
  return text;
}

std::string without_suffix(std::string_view field) {
  for (std::string_view const suffix : {"_at", "_id"}) {
    if (field.ends_with(suffix)) return std::string(field.substr(0, field.size() - suffix.size()));
  }
  return std::string(field);
}

/// Where `NAME=` ends; 0: there is none.
std::size_t behind_name(std::string_view text) {
  auto const equals = text.find('=');
  return equals != std::string_view::npos && is_name(text.substr(0, equals)) ? equals + 1 : 0;
}

bool begins_measure(std::string_view text) {
  text.remove_prefix(behind_name(text));
  auto const end = std::min(text.find_first_of(":,"), text.size());
  return function_of(base::trimmed(text.substr(0, end))).has_value();
}

void read_argument(Measure& measure, std::string_view argument, std::string_view whole) {
  switch (measure.function) {
    case Function::n:
      refuse("measure", whole, "n, which takes no field", "filters stand in where");
    case Function::share:
      measure.where = argument;
      return;
    case Function::ratio: {
      auto const slash = argument.find('/');
      if (slash == std::string_view::npos) refuse("measure", whole, "two fields", "e.g. ratio:worked_count/used_count");
      measure.of = parse_subject(base::trimmed(argument.substr(0, slash)));
      measure.per = parse_subject(base::trimmed(argument.substr(slash + 1)));
      return;
    }
    default:
      measure.of = parse_subject(argument);
  }
}

std::string usual_name(Measure const& measure) {
  std::string const function(kFunctions[static_cast<std::size_t>(measure.function)]);
  if (measure.function == Function::n || measure.function == Function::share) return function;
  std::string name = function + "_" + subject_name(measure.of);
  if (measure.function == Function::ratio) name += "_per_" + subject_name(measure.per);
  return name;
}

}  // namespace

std::string subject_name(Subject const& subject) {
  if (subject.to.empty()) return as_name(subject.from);
  return as_name(without_suffix(subject.from) + "_to_" + without_suffix(subject.to));
}

std::span<std::string_view const> function_names() { return kFunctions; }
std::span<std::string_view const> part_names() { return kParts; }

Measure parse_measure(std::string_view text) {
  std::string_view const whole = base::trimmed(text);
  std::string_view rest = whole;
  Measure measure;
  if (auto const behind = behind_name(rest)) {
    measure.name = rest.substr(0, behind - 1);
    rest.remove_prefix(behind);
  }
  auto const colon = rest.find(':');
  std::string_view const word = base::trimmed(rest.substr(0, colon));
  auto const function = function_of(word);
  if (!function) {
    std::string const best = base::nearest(word, kFunctions);
    refuse("measure", whole, "a measure",
           best.empty() ? "e.g. n, mean:FIELD, p90:FIELD, share:FILTER" : "did you mean " + best + "?");
  }
  measure.function = *function;
  bool const takes_none = *function == Function::n;
  std::string_view const argument =
      colon == std::string_view::npos ? std::string_view() : base::trimmed(rest.substr(colon + 1));
  if (!argument.empty()) read_argument(measure, argument, whole);
  if (argument.empty() && !takes_none)
    refuse("measure", whole, "whole", std::string(word) + (*function == Function::share ? ":FILTER" : ":FIELD"));
  if (measure.name.empty()) measure.name = usual_name(measure);
  return measure;
}

Group parse_group(std::string_view text) {
  text = base::trimmed(text);
  if (text.empty()) refuse("by", text, "a field or a part of a time", "e.g. category, month, week:resolved_at, age");
  Group group;
  if (text == "age") {
    group.name = "age";
    group.part = Part::band;
    group.of = {"created_at", "now"};
  } else {
    auto const colon = text.find(':');
    auto const part = std::find(kParts.begin() + 1, kParts.end(), text.substr(0, colon));
    bool const is_part = part != kParts.end();
    if (is_part) group.part = static_cast<Part>(part - kParts.begin());
    if (is_part && colon != std::string_view::npos) group.of = parse_subject(base::trimmed(text.substr(colon + 1)));
    if (!is_part) group.of = parse_subject(text);
    if (!is_part && !group.of.to.empty()) group.part = Part::band;
    group.name = is_part ? std::string(*part) : subject_name(group.of);
    if (is_part && !group.of.from.empty()) group.name += "_of_" + subject_name(group.of);
    if (group.part == Part::band && group.of.to.empty())
      refuse("by", text, "a span", "e.g. band:created_at..resolved_at");
  }
  if (group.part == Part::band) group.bands.assign(std::begin(kUsualBands), std::end(kUsualBands));
  return group;
}

std::vector<Measure> parse_measures(std::string_view text) {
  std::vector<Measure> measures;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t comma = text.find(',', begin);
    while (comma != std::string_view::npos && !begins_measure(base::trimmed(text.substr(comma + 1))))
      comma = text.find(',', comma + 1);
    comma = std::min(comma, text.size());
    measures.push_back(parse_measure(text.substr(begin, comma - begin)));
    begin = comma + 1;
  }
  return measures;
}

std::vector<Group> parse_groups(std::string_view text) {
  std::vector<Group> groups;
  for (std::size_t begin = 0; begin <= text.size() && !base::trimmed(text).empty();) {
    std::size_t const comma = std::min(text.find(',', begin), text.size());
    groups.push_back(parse_group(text.substr(begin, comma - begin)));
    begin = comma + 1;
  }
  return groups;
}

std::string text_of(Subject const& subject) {
  return subject.to.empty() ? subject.from : subject.from + ".." + subject.to;
}

std::string text_of(Measure const& measure) {
  std::string const function(kFunctions[static_cast<std::size_t>(measure.function)]);
  switch (measure.function) {
    case Function::n:
      return function;
    case Function::share:
      return function + ":" + measure.where;
    case Function::ratio:
      return function + ":" + text_of(measure.of) + "/" + text_of(measure.per);
    default:
      return function + ":" + text_of(measure.of);
  }
}

std::string text_of(Group const& group) {
  if (group.part == Part::value) return text_of(group.of);
  std::string const part(kParts[static_cast<std::size_t>(group.part)]);
  return group.of.from.empty() ? part : part + ":" + text_of(group.of);
}

}  // namespace umsops::report
