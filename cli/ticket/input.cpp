// SPDX-License-Identifier: Apache-2.0
// What the verbs of tickets take from flags, files, editor and standard input.
#include <unistd.h>

#include <algorithm>

#include "cli/files.hpp"
#include "cli/process.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::cli::ticket {

namespace {

constexpr std::size_t kLongestBody = 1 << 20;
constexpr std::size_t kUnasked = 20;

/// Flags that filter, with the field each looks at.
constexpr std::pair<std::string_view, std::string_view> kFilters[] = {
    {"status", "status"}, {"priority", "priority"},    {"category", "category"},
    {"source", "source"}, {"assignee", "assignee_id"}, {"requester", "requester_id"},
};

/// Flags that set a field.
constexpr std::pair<std::string_view, std::string_view> kSetters[] = {
    {"title", "title"},       {"requester", "requester_id"}, {"category", "category"}, {"subcategory", "subcategory"},
    {"priority", "priority"}, {"source", "source"},
};

query::Filter time_condition(query::Op op, base::TimePoint at) {
  query::Filter filter;
  filter.kind = query::Filter::Kind::condition;
  filter.condition = {model::ticket_type().require("created_at"), {}, op, {at}};
  return filter;
}

std::vector<std::string> editor_of(Env const& env) {
  for (auto const* name : {"UMSOPS_EDITOR", "VISUAL", "EDITOR"}) {
    auto words = split_command(env.variable()(name).value_or(""));
    if (!words.empty()) return words;
  }
  return {"vi"};
}

void announce_input(Env const& env) {
  if (env.terminal().input) env.tell(env.phrase(Phrase::waiting_stdin));
}

base::Value value_or_null(std::string text) { return text.empty() ? base::Value() : base::Value(std::move(text)); }

}  // namespace

std::optional<base::TimePoint> time_flag(Env& env, Call const& call, std::string_view flag) {
  auto const text = call.text(flag);
  if (!text) return std::nullopt;
  auto const range = base::parse_time_range(*text, env.clock().now(), env.zone());
  return flag == "until" || flag == "to" ? range.end : range.begin;
}

query::Query listing(Env& env, Call const& call) {
  // Only a filter's text may speak of days; the zone's file is not read for anything else.
  auto const zone = call.has("where") ? env.zone() : base::TimeZone();
  query::FilterContext const context{&model::ticket_type(), env.clock().now(), zone};
  std::vector<query::Filter> filters;
  for (auto const& [flag, field] : kFilters) {
    if (auto const text = call.text(flag))
      filters.push_back(query::make_condition(context, field, query::Op::eq, *text));
  }
  if (auto const since = time_flag(env, call, "since")) filters.push_back(time_condition(query::Op::ge, *since));
  if (auto const until = time_flag(env, call, "until")) filters.push_back(time_condition(query::Op::lt, *until));
  for (auto const& text : call.all("where")) filters.push_back(query::parse_filter(text, context));
  query::Query query;
  if (!filters.empty()) query.filter = query::all_of(std::move(filters));
  if (auto const sort = call.text("sort")) query.sort = query::parse_sort(*sort, model::ticket_type());
  auto const limit = call.integer("limit");
  if (limit && *limit > 0) query.limit = *limit;
  query.after = call.text("after").value_or("");
  return query;
}

std::optional<std::string> body_of(Env& env, Call const& call, std::string const& initial) {
  call.exclude("body", "body-file");
  call.exclude("body", "edit");
  call.exclude("body-file", "edit");
  if (auto const text = call.text("body")) return text;
  if (auto const file = call.text("body-file")) {
    if (*file == "-") announce_input(env);
    std::string text = read_whole(*file, kLongestBody);
    // A file's last line ends with a newline that is no part of the text.
    if (text.ends_with('\n')) text.pop_back();
    return text;
  }
  if (!call.on("edit")) return std::nullopt;
  if (!env.may_ask()) call.missing(env.phrase(Phrase::terminal_to_edit));
  std::string text = edit_text(editor_of(env), initial);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::vector<std::string> ids_of(Env& env, Call const& call) {
  std::vector<std::string> ids;
  for (auto const& word : call.words) {
    if (word != "-") {
      ids.push_back(word);
      continue;
    }
    announce_input(env);
    auto const read = read_ids(open_source("-"));
    ids.insert(ids.end(), read.begin(), read.end());
  }
  return ids;
}

void confirm(Env& env, Call const& call, std::size_t count) {
  if (count <= kUnasked || call.on("yes") || env.dry_run()) return;
  if (env.may_ask()) {
    std::string const question = env.phrase(Phrase::confirm, {{"count", std::to_string(count)}});
    (void)!::write(2, question.data(), question.size());
    std::string answer(16, '\0');
    auto const got = ::read(0, answer.data(), answer.size());
    if (got > 0 && (answer[0] == 'y' || answer[0] == 'Y')) return;
  }
  throw base::Error(base::errors::usage_confirm, {{"count", std::to_string(count)}});
}

desk::ChangeOptions change_of(Env& env, Call const& call) {
  desk::ChangeOptions change;
  change.reason = call.text("reason").value_or("");
  change.if_rev = call.integer("if-rev");
  change.dry_run = env.dry_run();
  return change;
}

desk::Batch batch_of(Call const& call) { return call.on("each") ? desk::Batch::each : desk::Batch::atomic; }

std::vector<std::string> confirmed_ids(Env& env, Call const& call) {
  auto ids = ids_of(env, call);
  confirm(env, call, ids.size());
  return ids;
}

std::size_t writable_field(std::string_view name) {
  auto const& type = model::ticket_type();
  auto const field = query::resolve_field(name, type);
  if ((type.fields[field].traits & base::kWritable) == 0) {
    throw base::Error(base::errors::field_not_writable,
                      {{"field", std::string(type.fields[field].name)}, {"noun", std::string(type.noun)}});
  }
  return field;
}

std::vector<std::pair<std::size_t, base::Value>> sets_of(Env& env, Call const& call, std::string const& text_to_edit) {
  auto const& type = model::ticket_type();
  std::vector<std::pair<std::size_t, base::Value>> sets;
  for (auto const& [flag, field] : kSetters) {
    if (auto text = call.text(flag)) sets.emplace_back(type.require(field), value_or_null(std::move(*text)));
  }
  if (auto body = body_of(env, call, text_to_edit))
    sets.emplace_back(type.require("description"), value_or_null(std::move(*body)));
  base::Value::Object attributes;
  auto const set_attribute = [&attributes](std::string_view name, std::string value) {
    std::erase_if(attributes, [&](auto const& old) { return old.first == name; });
    attributes.emplace_back(name, value_or_null(std::move(value)));
  };
  for (auto& [name, value] : call.pairs("attribute")) set_attribute(name, std::move(value));
  for (auto& [name, value] : call.pairs("set")) {
    if (name.starts_with("attributes.")) {
      set_attribute(std::string_view(name).substr(11), std::move(value));
    } else {
      sets.emplace_back(writable_field(name), value_or_null(std::move(value)));
    }
  }
  if (!attributes.empty()) sets.emplace_back(type.require("attributes"), std::move(attributes));
  return sets;
}

}  // namespace umsops::cli::ticket
