// SPDX-License-Identifier: Apache-2.0
#include "store/personal_columns.hpp"

#include <algorithm>

#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::store {
namespace {

using base::Value;

constexpr PersonalColumn kInResponses[] = {{"responder_id", Personal::person}, {"content", Personal::text}};
constexpr PersonalColumn kInEscalations[] = {{"escalated_by", Personal::person},
                                             {"reason", Personal::text},
                                             {"previous_assignee", Personal::person},
                                             {"new_assignee", Personal::person}};
constexpr PersonalColumn kInLinks[] = {{"other_name", Personal::text}};
constexpr PersonalColumn kInCallbacks[] = {{"contact", Personal::text},
                                           {"note", Personal::text},
                                           {"created_by", Personal::person},
                                           {"done_by", Personal::person},
                                           {"outcome", Personal::text}};
constexpr PersonalColumn kInAttachments[] = {{"file_name", Personal::text}, {"content", Personal::file}};
constexpr PersonalColumn kInMails[] = {
    {"message_id", Personal::text}, {"subject", Personal::text}, {"participants", Personal::json}};
constexpr PersonalColumn kInKeys[] = {{"key", Personal::text}};
constexpr PersonalColumn kInOutbox[] = {
    {"recipient", Personal::person}, {"payload", Personal::json}, {"last_error", Personal::text}};
constexpr PersonalColumn kInDeliveries[] = {
    {"person", Personal::person}, {"address", Personal::person}, {"note", Personal::text}};
constexpr PersonalColumn kInTimeline[] = {
    {"author", Personal::person}, {"content", Personal::text}, {"data", Personal::json}};
constexpr PersonalColumn kInSilences[] = {
    {"matchers", Personal::json}, {"comment", Personal::text}, {"created_by", Personal::person}};
constexpr PersonalColumn kInFeedback[] = {
    {"subject", Personal::person}, {"reason", Personal::text}, {"author", Personal::person}};
constexpr PersonalColumn kInMisses[] = {{"query", Personal::text}};
constexpr PersonalColumn kInExecutions[] = {{"data", Personal::json}};
constexpr PersonalColumn kInTurns[] = {{"person", Personal::person}};

std::size_t place_of_column(Table const& table, std::string_view name) {
  auto const found =
      std::find_if(table.columns.begin(), table.columns.end(), [&](Column const& one) { return one.name == name; });
  return static_cast<std::size_t>(found - table.columns.begin());
}

/// Changes the texts inside; true: there was one to change.
bool redact_json(Redaction const& redaction, Value& value) {
  bool changed = false;
  if (auto* const list = value.get_if<Value::List>()) {
    for (auto& item : *list) changed = redact_json(redaction, item) || changed;
  } else if (auto* const object = value.get_if<Value::Object>()) {
    for (auto& [name, member] : *object) changed = redact_json(redaction, member) || changed;
  } else if (auto const* const text = value.get_if<std::string>(); text && redaction.names.in(*text)) {
    value = redaction.names.is(*text) && !redaction.alone.empty() ? redaction.alone : redaction.names.without(*text);
    changed = true;
  }
  return changed;
}

}  // namespace

std::span<PersonalTable const> personal_tables() {
  static PersonalTable const kTables[] = {{kResponses, kInResponses},
                                          {kEscalations, kInEscalations},
                                          {kLinks, kInLinks},
                                          {kCallbacks, kInCallbacks},
                                          {kAttachments, kInAttachments, true},
                                          {kMails, kInMails},
                                          {kKeys, kInKeys, true},
                                          {kOutbox, kInOutbox, true},
                                          {kDeliveries, kInDeliveries, true},
                                          {kTimeline, kInTimeline},
                                          {kSilences, kInSilences},
                                          {kFeedback, kInFeedback},
                                          {kMisses, kInMisses, true},
                                          {kExecutions, kInExecutions},
                                          {kTurns, kInTurns, true}};
  return kTables;
}

PersonalTable const* find_personal_table(Table const& table) {
  for (auto const& one : personal_tables()) {
    if (&one.table == &table) return &one;
  }
  return nullptr;
}

std::optional<Value> Redaction::of(Value const& stored, Personal what) const {
  auto const* const text = stored.get_if<std::string>();
  if (!text || !names.in(*text)) return std::nullopt;
  if (what == Personal::person && names.is(*text)) return base::text_or_null(alone);
  if (what != Personal::json) return Value(names.without(*text));
  Value value = base::parse_json(*text, "json", kStoredJson);
  // A name inside of it may be part of a member's own name, or of a number.
  return redact_json(*this, value) ? std::optional<Value>(base::to_json(value)) : std::nullopt;
}

std::optional<Personal> personal_in(base::Field const& field) {
  using base::FieldType;
  if (field.column.empty()) return std::nullopt;
  if (field.type == FieldType::object || field.type == FieldType::list) return Personal::json;
  if (field.type != FieldType::text && field.type != FieldType::block) return std::nullopt;
  if ((field.traits & base::kPerson) != 0) return Personal::person;
  // The head of an article's file names its author.
  if ((field.traits & base::kPersonal) != 0 || field.name == "file_head") return Personal::text;
  return std::nullopt;
}

std::optional<Columns> without(Redaction const& redaction, RecordTable const& table, Columns const& columns) {
  std::optional<Columns> out;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto const& field = table.type.fields[table.columns[i]];
    auto const what = personal_in(field);
    auto value = what ? redaction.of(columns[i], *what) : std::nullopt;
    if (!value) continue;
    if (!out) out = columns;
    bool const needed = value->is_null() && (field.traits & base::kAlways) != 0;
    // What stands for a short name may be longer than it.
    if (field.max_length != 0 && base::code_points(value->text()) > field.max_length)
      value = base::first_code_points(value->text(), field.max_length);
    (*out)[i] = needed ? Value(model::kErasedText) : *std::move(value);
  }
  return out;
}

std::optional<Values> without(Redaction const& redaction, PersonalTable const& table, Values const& row) {
  std::optional<Values> out;
  for (auto const& column : table.columns) {
    std::size_t const place = place_of_column(table.table, column.name);
    auto value = redaction.of(row[place], column.what);
    if (!value) continue;
    if (!out) out = row;
    // A key is never null.
    (*out)[place] = value->is_null() && place < table.table.keys ? Value(model::kErasedText) : *std::move(value);
  }
  return out;
}

Values without_words(Redaction const& redaction, PersonalTable const& table, Values const& row) {
  Values out = without(redaction, table, row).value_or(row);
  for (auto const& column : table.columns) {
    std::size_t const place = place_of_column(table.table, column.name);
    bool const words = column.what == Personal::text || column.what == Personal::json;
    // What a link leads to is no word of theirs, and a key stays one.
    if (!words || place < table.table.keys || out[place].is_null()) continue;
    out[place] = column.what == Personal::text ? Value(model::kErasedText) : Value();
  }
  return out;
}

bool names(model::PersonNames const& names, PersonalTable const& table, Values const& row) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](PersonalColumn const& column) {
    return names.in(row[place_of_column(table.table, column.name)].text());
  });
}

}  // namespace umsops::store
