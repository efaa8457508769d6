// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.incident.suggest/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"service", FieldType::text, {}, kShown, "The service that they ask about", "询问涉及的服务", "服务"},
    {"category", FieldType::text, {}, kShown, "The category, where they name no service", "未指明服务时的类别", "类别"},
    {"requesters", FieldType::integer, {}, kShown, "How many people ask", "询问的人数", "人数"},
    {"tickets", FieldType::list, {}, kShown, "Their tickets, newest first", "相关工单，最新的在前", "工单"},
    {"first_at", FieldType::time, {}, kShown, "When the first of them was filed", "最早一张的创建时间", "最早"},
    {"last_at", FieldType::time, {}, kShown, "When the last of them was filed", "最新一张的创建时间", "最新"},
    {"incident",
     FieldType::text,
     {},
     kShown,
     "An open incident that touches the service",
     "涉及该服务的未解决事件",
     "事件"},
};

base::Row row_of(desk::Flood const& flood) {
  return {base::text_or_null(flood.service),
          base::text_or_null(flood.category),
          flood.requesters,
          Value::List(flood.tickets.begin(), flood.tickets.end()),
          flood.first_at,
          flood.last_at,
          base::text_or_null(flood.incident)};
}

int run_suggest(Env& env, Call const& call) {
  desk::FloodRule rule{env.settings().integer("flood_requesters"), env.settings().duration("flood_window")};
  if (auto const count = call.integer("requesters")) rule.requesters = *count;
  if (auto const window = call.text("window")) rule.window = base::parse_duration(*window).value_or(rule.window);
  auto const style = env.style("tickets");
  auto const floods = env.desk().incidents().suggest(rule);
  auto writer = format::list_writer(env.out(), style, kSchema, "flood", kFields);
  for (auto const& flood : floods) writer->row(row_of(flood));
  writer->end({});
  env.out().flush();
  check_found(env, call, static_cast<std::int64_t>(floods.size()));
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "window",
     .value = "DURATION",
     .type = FlagType::duration,
     .doc = {"look this far back", "统计的时间范围"},
     .fallback = "the setting flood_window"},
    {.name = "requesters",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"so many people make a flood", "达到多少人视为集中询问"},
     .fallback = "the setting flood_requesters"},
    flags::kFailIfAny,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};

constexpr Example kExamples[] = {
    {"umsops incident suggest --window 2h --requesters 3", {"what many ask about at once", "近期许多人同时询问的问题"}},
    {"umsops incident suggest -o json | jq -r '.items[] | select(.incident == null) | .tickets[]' | "
     "umsops ticket link - --caused-by OPS-17 -n",
     {"the tickets of one cause, linked to it: what would happen", "试运行：将同一原因的工单关联到事件"}},
};
constexpr int kExits[] = {7, 8, 9, 10, 12};

}  // namespace

constinit Command const kIncidentSuggest{
    .path = "incident suggest",
    .summary = {"list what many people ask about", "列出许多人同时询问的问题"},
    .description =
        {"Lists services, and categories of tickets that name none, about which many different people filed tickets "
         "within a short time: 5 people in 30 minutes, unless the settings flood_requesters and flood_window say "
         "otherwise. Tickets that are linked to an incident (ticket link --caused-by) count no more. 'incident' names "
         "an open one that touches the service already.",
         "列出短时间内有许多不同的人提交工单的服务（未指明服务的工单按类别计）：默认为 30 分钟内 5 人，由设置 "
         "flood_requesters 与 flood_window 决定。已关联到事件的工单（ticket link --caused-by）不再计入。incident "
         "列为已涉及该服务的未解决事件。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_suggest,
};

}  // namespace umsops::cli
