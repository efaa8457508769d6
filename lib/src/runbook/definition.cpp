// SPDX-License-Identifier: Apache-2.0
#include "umsops/runbook/definition.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "rules/target.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/rules/incident_target.hpp"

namespace umsops::runbook {
namespace {

constexpr std::array<std::string_view, 6> kKinds{"check", "run", "http", "manual", "approve", "verify"};
constexpr std::array<std::string_view, 4> kInputTypes{"text", "integer", "boolean", "choice"};
constexpr std::size_t kLongestInput = 1000;
constexpr std::string_view kIncident = "incident.", kInputs = "inputs.", kSteps = "steps.";

/// What a step leaves behind for those after it.
struct Trace {
  std::string_view name;
  base::FieldType type;
};
constexpr Trace kTraces[] = {{".state", base::FieldType::text},
                             {".ok", base::FieldType::boolean},
                             {".exit", base::FieldType::integer},
                             {".output", base::FieldType::block}};

[[noreturn]] void refuse_braces(std::string_view text) {
  throw base::Error(base::errors::config_invalid,
                    {{"problem", "braces that do not fit: " + base::shortened(std::string(text), 80)},
                     {"suggestion", "a hole is written {{inputs.name}}"}});
}

[[noreturn]] void refuse_input(Runbook const& runbook, std::string name, std::string problem) {
  throw base::Error(base::errors::runbook_input,
                    {{"name", base::shortened(name, 80)}, {"problem", std::move(problem)}, {"runbook", runbook.id}});
}

void add_texts(Pairs const& pairs, std::vector<std::string_view>& out) {
  for (auto const& pair : pairs) out.emplace_back(pair.second);
}

}  // namespace

std::span<std::string_view const> step_kind_names() { return kKinds; }
std::string_view to_string(StepKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::span<std::string_view const> input_type_names() { return kInputTypes; }

std::optional<std::size_t> Runbook::index_of(std::string_view step) const {
  auto const found = std::find_if(steps.begin(), steps.end(), [&](auto const& one) { return one.id == step; });
  return found == steps.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - steps.begin()));
}

Step const* Runbook::find(std::string_view step) const {
  auto const index = index_of(step);
  return index ? &steps[*index] : nullptr;
}

Host const* Runbook::find_host(std::string_view name) const {
  auto const found = std::find_if(hosts.begin(), hosts.end(), [&](auto const& one) { return one.name == name; });
  return found == hosts.end() ? nullptr : &*found;
}

std::vector<Hole> holes_of(std::string_view text) {
  std::vector<Hole> out;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", out.back().end)) {
    auto const end = text.find("}}", at);
    if (end == std::string_view::npos) refuse_braces(text);
    auto const name = base::trimmed(text.substr(at + 2, end - at - 2), " ");
    if (name.empty() || name.find_first_of("{} ") != std::string_view::npos) refuse_braces(text);
    out.push_back({at, end + 2, name});
  }
  return out;
}

std::vector<std::string_view> public_texts(Action const& action) {
  std::vector<std::string_view> out(action.command.begin(), action.command.end());
  out.emplace_back(action.folder);
  if (action.http) out.emplace_back(action.http->url);
  return out;
}

std::vector<std::string_view> texts_of(Action const& action) {
  auto out = public_texts(action);
  out.emplace_back(action.input);
  add_texts(action.environment, out);
  if (action.http) {
    out.emplace_back(action.http->body);
    add_texts(action.http->headers, out);
  }
  return out;
}

Names::Names(std::vector<Input> const& inputs, Words const& steps) {
  auto const& incident = rules::incident_target().type;
  std::size_t const count = incident.fields.size() + 1 + inputs.size() + steps.size() * std::size(kTraces);
  names_.reserve(count);  // fields refer to the texts
  fields_.reserve(count);
  auto const add = [&](std::string name, base::Field field) {
    names_.push_back(std::move(name));
    field.name = names_.back();
    fields_.push_back(field);
  };
  base::Field plain{"", base::FieldType::text, {}, 0, "", "", ""};
  for (auto const& field : incident.fields) add(std::string(kIncident).append(field.name), field);
  add(std::string(kIncident) + "number", plain);
  for (auto const& input : inputs) add(std::string(kInputs) + input.name, plain);
  for (auto const& step : steps) {
    for (auto const& trace : kTraces) {
      plain.type = trace.type;
      add(std::string(kSteps).append(step).append(trace.name), plain);
    }
  }
  type_ = {"runbook", fields_};
  static constexpr std::string_view kTexts[] = {"incident.title", "incident.description"};
  target_ = std::make_unique<rules::Target>(rules::Target{type_, kTexts, {}});
}

bool Names::knows(std::string_view name) const {
  auto const found = type_.find(name);
  return found ? type_.fields[*found].type != base::FieldType::object : rules::is_attribute(type_, name);
}

std::string checked_input(Runbook const& runbook, Input const& input, std::string const& value) {
  if (auto const fault = base::text_fault(value, base::TextShape::line, kLongestInput))
    refuse_input(runbook, input.name, *fault);
  switch (input.type) {
    case InputType::text:
      if (value.empty()) refuse_input(runbook, input.name, "it is empty");
      break;
    case InputType::integer:
      if (!base::parse_integer(value, INT64_MIN, INT64_MAX)) refuse_input(runbook, input.name, "it is a whole number");
      break;
    case InputType::boolean:
      if (value != "true" && value != "false") refuse_input(runbook, input.name, "it is true or false");
      break;
    case InputType::choice:
      if (std::find(input.choices.begin(), input.choices.end(), value) == input.choices.end()) {
        std::string names;
        for (auto const& choice : input.choices) names += (names.empty() ? "" : ", ") + choice;
        refuse_input(runbook, input.name, "it is one of " + names);
      }
      break;
  }
  return value;
}

Pairs checked_inputs(Runbook const& runbook, Pairs const& given) {
  for (auto const& one : given) {
    bool const known = std::any_of(runbook.inputs.begin(), runbook.inputs.end(),
                                   [&](auto const& input) { return input.name == one.first; });
    if (!known) refuse_input(runbook, one.first, "the runbook has none of that name");
  }
  Pairs out;
  for (auto const& input : runbook.inputs) {
    std::optional<std::string> value = input.fallback;
    for (auto const& one : given)
      if (one.first == input.name) value = one.second;
    if (!value) refuse_input(runbook, input.name, "it has no value");
    out.emplace_back(input.name, checked_input(runbook, input, *value));
  }
  return out;
}

}  // namespace umsops::runbook
