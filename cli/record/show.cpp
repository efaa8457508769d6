// SPDX-License-Identifier: Apache-2.0
#include "cli/record/show.hpp"

#include <algorithm>

#include "cli/record/ids.hpp"

namespace umsops::cli::record {

namespace {

using base::Value;

constexpr base::Field kHistory = part("history", "Every change", "全部修改", "历史");

/// Some of a record's fields, in their own order.
struct Part {
  std::vector<base::Field> fields;
  base::Row row;
};

void move_field(base::RecordType const& type, base::Row& row, std::size_t field, Part& part) {
  part.fields.push_back(type.fields[field]);
  part.row.push_back(std::move(row[field]));
  row[field] = Value();
}

/// What is looked for first with what people said, and below it the rest.
void write_for_people(Kind const& kind, Env& env, Shown shown) {
  auto const& type = kind.type();
  auto const style = env.style(kind.number);
  if (auto const told = type.find("classification")) shown.row[*told] = Value();  // in sentences
  bool const by_name = !style.fields.empty();
  Part first, rest;
  for (auto const name : kind.first) {
    if (!by_name) move_field(type, shown.row, type.require(name), first);
  }
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    bool const is_first = std::find(kind.first.begin(), kind.first.end(), type.fields[i].name) != kind.first.end();
    if (by_name || !is_first) move_field(type, shown.row, i, rest);
  }
  auto const write = [&](Part const& part, Value::Object const& further) {
    format::write_record(env.out(), style, env.call().command->schema, type.noun, part.fields, part.row, {}, further);
  };
  if (!first.fields.empty()) {
    write(first, shown.said);
    shown.said.clear();
    env.out().write("\n");
  }
  shown.said.insert(shown.said.end(), shown.sentences.begin(), shown.sentences.end());
  write(rest, shown.said);
}

void write_one(Kind const& kind, Env& env, std::span<base::Field const> parts, Shown shown, bool history) {
  if (env.human()) return write_for_people(kind, env, std::move(shown));
  auto const& type = kind.type();
  Value::Object further;
  for (std::size_t i = 0; i < parts.size(); ++i) further.emplace_back(parts[i].name, std::move(shown.parts[i]));
  if (history) further.emplace_back(kHistory.name, history_of(shown.history));
  format::write_record(env.out(), env.style(kind.number), env.call().command->schema, type.noun, type.fields, shown.row,
                       {}, further);
}

void write_several(Kind const& kind, Env& env, std::span<base::Field const> parts, std::vector<Shown> all,
                   bool history) {
  if (env.human()) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i > 0) env.out().write("\n");
      write_one(kind, env, parts, std::move(all[i]), history);
    }
    return;
  }
  auto const& type = kind.type();
  std::vector<base::Field> fields(type.fields.begin(), type.fields.end());
  fields.insert(fields.end(), parts.begin(), parts.end());
  if (history) fields.push_back(kHistory);
  auto writer = format::list_writer(env.out(), env.style(kind.number), schema_of(kind, "shows"), type.noun, fields);
  for (auto& [row, values, sentences, said, events] : all) {
    row.insert(row.end(), values.begin(), values.end());
    if (history) row.push_back(history_of(events));
    writer->row(row);
  }
  writer->end({});
}

}  // namespace

int write_shown(Kind const& kind, Env& env, Call const& call, std::span<base::Field const> parts,
                std::function<Shown(std::string const& id)> const& find) {
  auto const ids = ids_of(kind, env, call);
  std::vector<Shown> all;
  auto const failed = find_each(ids, [&](std::string const& id) { all.push_back(find(id)); });
  if (ids.size() == 1) {
    write_one(kind, env, parts, std::move(all[0]), call.on("history"));
  } else if (!all.empty() || !env.human()) {
    write_several(kind, env, parts, std::move(all), call.on("history"));
  }
  tell_missing(env, failed, ids.size());
  return 0;
}

}  // namespace umsops::cli::record
