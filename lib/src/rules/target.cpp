// SPDX-License-Identifier: Apache-2.0
#include "rules/target.hpp"

#include <algorithm>

#include "model/attributes.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/model/requester.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/rules/incident_target.hpp"

namespace umsops::rules {
namespace {

constexpr std::string_view kTexts[] = {"title", "description"};
constexpr std::string_view kDecided[] = {"priority", "category", "subcategory", "assignee_id", "service", "team"};

}  // namespace

Target const& ticket_target() {
  static Target const target{model::ticket_type(), kTexts, kDecided};
  return target;
}

std::span<Target const* const> targets() {
  static Target const* const kAll[] = {&ticket_target(), &incident_target()};
  return kAll;
}

Target const* find_target(std::string_view noun) {
  auto const all = targets();
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const* one) { return one->type.noun == noun; });
  return found == all.end() ? nullptr : *found;
}

base::Field const* field_of(base::RecordType const& type, std::string_view name) {
  auto const index = type.find(name);
  return index ? &type.fields[*index] : nullptr;
}

std::optional<std::string_view> attribute_in(base::RecordType const& type, std::string_view name) {
  auto const at = name.find(kAttribute);
  bool const whole = at == 0 || (at != std::string_view::npos && name[at - 1] == '.');
  if (!whole || !type.find(name.substr(0, at + kAttribute.size() - 1))) return std::nullopt;
  return name.substr(at + kAttribute.size());
}

bool is_attribute(base::RecordType const& type, std::string_view name) {
  auto const attribute = attribute_in(type, name);
  return attribute && model::is_attribute_name(*attribute);
}

bool is_of_requester(base::RecordType const& type, std::string_view name) {
  return type.find("requester_id") && model::is_requester_fact(name);
}

bool is_decided(Target const& target, std::string_view name) {
  return is_attribute(target.type, name) ||
         std::find(target.decided.begin(), target.decided.end(), name) != target.decided.end();
}

std::optional<std::string_view> choice_of(base::Field const& field, std::string_view text) {
  auto const same = [&](std::string_view choice) {
    return std::equal(choice.begin(), choice.end(), text.begin(), text.end(),
                      [](char a, char b) { return base::ascii_upper(a) == base::ascii_upper(b); });
  };
  auto const found = std::find_if(field.choices.begin(), field.choices.end(), same);
  return found == field.choices.end() ? std::nullopt : std::optional(*found);
}

}  // namespace umsops::rules
