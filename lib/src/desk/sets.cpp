// SPDX-License-Identifier: Apache-2.0
#include "desk/sets.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "umsops/base/field.hpp"

namespace umsops::desk {

void refuse_unwritable(base::RecordType const& type, Sets const& sets) {
  for (auto const& [field, value] : sets) {
    auto const& described = type.fields[field];
    if (described.traits & base::kWritable) continue;
    throw base::Error(base::errors::field_not_writable,
                      {{"field", std::string(described.name)}, {"noun", std::string(type.noun)}});
  }
}

namespace {

/// `{"add": [...], "remove": [...]}` on a list of words.
base::Value edited(base::Value const& there, base::Value const& edits) {
  base::Value::List words;
  if (auto const* const old = there.get_if<base::Value::List>()) words = *old;
  auto const each = [&](std::string_view name, auto const& act) {
    auto const* const list = edits.find(name);
    if (!list) return;
    for (auto const& word : *list->get_if<base::Value::List>()) act(word);
  };
  each(kAddWords, [&](auto const& word) {
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  });
  each(kRemoveWords, [&](auto const& word) { std::erase(words, word); });
  return words;
}

}  // namespace

base::Value joined(base::Field const& field, base::Value there, base::Value const& given) {
  if (field.type == base::FieldType::list && given.get_if<base::Value::Object>()) return edited(there, given);
  auto const* wanted = given.get_if<base::Value::Object>();
  auto* members = there.get_if<base::Value::Object>();
  if (!wanted || !members) return given;
  std::map<std::string_view, base::Value const*> last;  // of one name the last one holds
  for (auto const& [name, member] : *wanted) last[name] = &member;
  std::erase_if(*members, [&last](auto const& old) { return last.contains(old.first); });
  for (auto const& [name, member] : *wanted) {
    if (last[name] == &member) members->emplace_back(name, member);
  }
  return there;
}

}  // namespace umsops::desk
