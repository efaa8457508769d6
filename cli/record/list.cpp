// SPDX-License-Identifier: Apache-2.0
#include "cli/record/list.hpp"

#include <algorithm>

#include "cli/input.hpp"
#include "cli/outcome.hpp"
#include "cli/record/views.hpp"
#include "umsops/base/ascii.hpp"

namespace umsops::cli::record {

namespace {

constexpr std::int64_t kScreenful = 50;

query::Filter time_condition(Kind const& kind, query::Op op, base::TimePoint at) {
  return query::condition_on(kind.type().require(kind.since), op, {at});
}

/// On a terminal a long table is cut, and says so; a program gets everything.
bool is_cut_by_default(Env& env, Call const& call) {
  return env.terminal().output && env.human() && !call.on("all") && !call.has("limit");
}

/// How many there are is counted only where somebody reads it: a script that goes through a store page by page would
/// pay for the whole of it with each.
void tell_cut(Env& env, Listed const& records, query::Query const& query, desk::ListEnd const& end) {
  if (env.quiet()) return;
  std::string const shown = std::to_string(end.count), all = records.all_is_wider ? "--limit 0" : "--all";
  bool const read = env.terminal().output || env.terminal().errors;
  if (read && query.after.empty()) {
    auto const total = std::to_string(records.count(query.filter));
    return env.tell(env.phrase(Phrase::cut_list, {{"shown", shown}, {"total", total}, {"all", all}}));
  }
  bool const zh = env.language() == base::Language::zh;
  env.tell(zh ? "显示 " + shown + " 条，还有更多；其余请用 " + all
              : shown + " shown, more exist; " + all + " for the rest");
}

}  // namespace

/// Who acts is worked out only where somebody may be called by it.
bool names_me(Kind const& kind, Call const& call) {
  auto const has_me = [](std::string const& text) { return base::ascii_lower(text).find("me") != std::string::npos; };
  auto const texts = call.all("where");
  if (std::any_of(texts.begin(), texts.end(), has_me)) return true;
  return std::any_of(kind.filters.begin(), kind.filters.end(), [&](auto const& filter) {
    auto const text = call.text(filter.flag);
    return text && has_me(*text);
  });
}

query::Query listing(Kind const& kind, Env& env, Call const& call) { return listing(kind, env, call, std::nullopt); }

query::Query listing(Kind const& kind, Env& env, Call const& call, std::optional<config::View> const& view) {
  // Only a filter's text may speak of days; the zone's file is not read for anything else.
  auto const context =
      filter_context(kind.type(), env, view || call.has("where"), view.has_value() || names_me(kind, call));
  std::vector<query::Filter> filters;
  if (view && !view->filter.empty()) filters.push_back(query::parse_filter(view->filter, context));
  for (auto const& [flag, field] : kind.filters) {
    if (auto const text = call.text(flag))
      filters.push_back(query::make_condition(context, field, query::Op::eq, *text));
  }
  if (auto const since = time_flag(env, call, "since")) filters.push_back(time_condition(kind, query::Op::ge, *since));
  if (auto const until = time_flag(env, call, "until")) filters.push_back(time_condition(kind, query::Op::lt, *until));
  for (auto const& text : call.all("where")) filters.push_back(query::parse_filter(text, context));
  query::Query query;
  if (!filters.empty()) query.filter = query::all_of(std::move(filters));
  auto const sort = call.text("sort").value_or(view ? view->sort : "");
  if (!sort.empty()) query.sort = query::parse_sort(sort, kind.type());
  auto const limit = call.has("limit") || call.on("all") || !view ? call.integer("limit") : view->limit;
  if (limit && *limit > 0) query.limit = *limit;
  query.after = call.text("after").value_or("");
  return query;
}

namespace {

constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr base::Field kExplained[] = {
    {"noun", base::FieldType::text, {}, kShown, "Kind of record", "记录类型", "类型"},
    {"filter",
     base::FieldType::block,
     {},
     kShown,
     "What must hold; empty: all of them",
     "过滤条件；为空表示全部",
     "过滤"},
    {"sort", base::FieldType::text, {}, kShown, "Order; - is descending", "排序；- 为降序", "排序"},
    {"limit", base::FieldType::integer, {}, kShown, "At most so many; empty: all", "最多条数；为空表示全部", "条数"},
};

int explain_list(Kind const& kind, Env& env, query::Query const& query, format::Style style) {
  std::string sort;
  for (auto const& key : query.sort) {
    sort.append(sort.empty() ? "" : ",").append(key.descending ? "-" : "").append(kind.type().fields[key.field].name);
  }
  style.fields.clear();
  format::write_record(env.out(), style, "umsops.list.explain/v1", "list", kExplained,
                       {kind.type().noun, query::to_text(query.filter, kind.type()), base::text_or_null(sort),
                        query.limit ? base::Value(*query.limit) : base::Value()});
  return 0;
}

}  // namespace

int write_list(Kind const& kind, Env& env, Call const& call, Listed const& records) {
  call.exclude("fail-if-any", "fail-if-empty");
  if (!records.all_is_wider) call.exclude("all", "limit");
  auto const view = view_of(kind, env, call);
  auto query = listing(kind, env, call, view);
  if (!query.limit && is_cut_by_default(env, call)) query.limit = kScreenful;
  auto style = env.style(kind.number);
  if (call.on("explain")) return explain_list(kind, env, query, style);
  if (view && style.fields.empty()) style.fields = view->fields;
  name_attributes(kind.type(), env, style);
  query.details = !style.fields.empty() || !style.shape.empty();
  if (style.format == format::Format::id) query.only = {kind.type().require(kind.number)};
  auto writer = format::list_writer(env.out(), style, call.command->schema, kind.type().noun, kind.type().fields);
  auto const end = records.each(query, [&](base::Row const& row) {
    writer->row(row);
    return true;
  });
  base::Value::Object further;
  if (end.unsearched > 0) further.emplace_back("unsearched", end.unsearched);
  writer->end({end.truncated, end.next, std::move(further)});
  env.out().flush();
  if (end.unsearched > 0) env.remark(env.phrase(Phrase::unsearched, {{"count", std::to_string(end.unsearched)}}));
  if (end.truncated) tell_cut(env, records, query, end);
  check_found(env, call, end.count);
  return 0;
}

int write_history(Env& env, std::vector<model::Event> const& events) {
  auto writer =
      format::list_writer(env.out(), env.style("seq"), env.call().command->schema, "event", model::event_type().fields);
  for (auto const& event : events) writer->row(event_row(env, event));
  writer->end({});
  return 0;
}

}  // namespace umsops::cli::record
