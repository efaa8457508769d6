// SPDX-License-Identifier: Apache-2.0
#include "cli/record/change.hpp"

#include <algorithm>
#include <map>

#include "cli/input.hpp"
#include "cli/record/arguments.hpp"
#include "umsops/base/chinese.hpp"

namespace umsops::cli::record {

namespace {

constexpr std::string_view kWaysOnDuplicate[] = {"return", "comment", "reopen", "fail"};

/// A writable field by name. Throws `field.unknown` or `field.not_writable`.
std::size_t writable_field(base::RecordType const& type, std::string_view name) {
  auto const field = query::resolve_field(name, type);
  if ((type.fields[field].traits & base::kWritable) == 0) {
    throw base::Error(base::errors::field_not_writable,
                      {{"field", std::string(type.fields[field].name)}, {"noun", std::string(type.noun)}});
  }
  return field;
}

/// What --add-tag and --remove-tag do to the list.
base::Value::Object tag_edits(Call const& call) {
  base::Value::Object edits;
  auto const take = [&](std::string_view flag, std::string_view edit) {
    auto const words = call.all(flag);
    if (!words.empty()) edits.emplace_back(edit, base::Value::List(words.begin(), words.end()));
  };
  take("add-tag", desk::kAddWords);
  take("remove-tag", desk::kRemoveWords);
  return edits;
}

}  // namespace

desk::ChangeOptions change_of(Env& env, Call const& call) {
  desk::ChangeOptions change;
  change.reason = call.text("reason").value_or("");
  change.if_rev = call.integer("if-rev");
  change.dry_run = env.dry_run();
  return change;
}

std::span<std::string_view const> on_duplicate_names() { return kWaysOnDuplicate; }

desk::OnDuplicate on_duplicate(Call const& call) {
  auto const name = call.text("on-duplicate").value_or("return");
  auto const found = std::find(std::begin(kWaysOnDuplicate), std::end(kWaysOnDuplicate), name);
  return static_cast<desk::OnDuplicate>(found - std::begin(kWaysOnDuplicate));
}

desk::Escalate escalation_of(Call const& call) {
  desk::Escalate escalation;
  if (auto const level = call.text("level")) escalation.level = model::parse_level(*level);
  escalation.down = call.on("down");
  escalation.to = call.text("to").value_or("");
  if (escalation.down && !escalation.level) call.missing("--level");
  return escalation;
}

desk::Batch batch_of(Call const& call) { return call.on("each") ? desk::Batch::each : desk::Batch::atomic; }

desk::Sets sets_of(Kind const& kind, Env& env, Call const& call, std::string const& text_to_edit) {
  auto const& type = kind.type();
  desk::Sets sets;
  for (auto const& [flag, field] : kind.setters) {
    if (auto const text = call.text(flag)) sets.emplace_back(type.require(field), base::text_or_null(*text));
  }
  if (auto const body = kind.body.empty() ? std::nullopt : body_of(env, call, text_to_edit))
    sets.emplace_back(type.require(kind.body), base::text_or_null(*body));
  if (auto edits = tag_edits(call); !edits.empty()) sets.emplace_back(type.require("tags"), std::move(edits));
  base::Value::Object attributes;
  std::map<std::string, std::size_t, std::less<>> places;
  auto const set_attribute = [&](std::string_view name, std::string const& value) {  // the last one of a name holds
    auto const [place, fresh] = places.try_emplace(std::string(name), attributes.size());
    if (fresh) attributes.emplace_back(name, base::Value());
    attributes[place->second].second = base::text_or_null(value);
  };
  for (auto const& [name, value] : call.pairs("attribute")) set_attribute(name, value);
  for (auto const& [name, value] : call.pairs("set")) {
    if (name.starts_with("attributes.")) {
      set_attribute(std::string_view(name).substr(11), value);
    } else {
      auto const field = writable_field(type, name);
      auto const meant = base::english_choice(value, type.fields[field].choices);
      sets.emplace_back(field, base::text_or_null(meant.empty() ? value : std::string(meant)));
    }
  }
  if (!attributes.empty()) sets.emplace_back(type.require("attributes"), std::move(attributes));
  return sets;
}

}  // namespace umsops::cli::record
