// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/record/list.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/json.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.ticket.next/v1";

Value terms_of(desk::NextTicket const& next) {
  Value::List list;
  for (auto const& term : next.terms) {
    list.emplace_back(Value::Object{{"term", term.name}, {"coefficient", term.coefficient}, {"share", term.share}});
  }
  return list;
}

/// `priority 4.0; due 3.2; age 0.1`: what each term adds, the most first.
std::string terms_line(desk::NextTicket const& next) {
  auto terms = next.terms;
  auto const worth = [](auto const& term) { return term.coefficient * term.share; };
  std::stable_sort(terms.begin(), terms.end(), [&](auto const& a, auto const& b) { return worth(a) > worth(b); });
  std::string line;
  for (auto const& term : terms) line += fmt::format("{}{} {:.1f}", line.empty() ? "" : "; ", term.name, worth(term));
  return line;
}

std::vector<base::Field> fields_of(bool human, bool why) {
  std::vector<base::Field> fields;
  for (auto field : model::ticket_type().fields) {
    // A person wants to know what to do next; programs get everything.
    static constexpr std::string_view kShown[] = {"ticket_number", "priority", "status",
                                                  "sla_deadline",  "sla",      "title"};
    bool const shown = std::find(std::begin(kShown), std::end(kShown), field.name) != std::end(kShown);
    field.traits &= ~static_cast<unsigned>(base::kInTable);
    if (shown) field.traits |= base::kInTable;
    fields.push_back(field);
  }
  unsigned const table = base::kInTable | base::kInWide;
  fields.push_back({"score",
                    base::FieldType::decimal,
                    {},
                    base::kComputed | table | base::kLess,
                    "How urgent it is",
                    "紧急程度",
                    "得分"});
  fields.push_back({"why",
                    human ? base::FieldType::block : base::FieldType::list,
                    {},
                    base::kComputed | (why ? table : 0u),
                    "The terms of the score",
                    "得分的构成",
                    "由来"});
  return fields;
}

int run_next(Env& env, Call const& call) {
  auto query = record::listing(ticket::kKind, env, call);
  auto const weights = sla::parse_urgency(env.settings().text("urgency"));
  auto const most = static_cast<std::size_t>(call.integer("limit").value_or(1));
  bool const human = env.human();
  auto const style = env.style(ticket::kKind.number);
  auto const tickets = env.desk().tickets().next(query, weights, most == 0 ? SIZE_MAX : most);
  auto const fields = fields_of(human, call.on("why"));  // the writer looks at them until its end
  auto writer = format::list_writer(env.out(), style, kSchema, "ticket", fields);
  for (auto const& next : tickets) {
    auto row = to_row(next.ticket);
    row.emplace_back(next.score);
    row.push_back(human ? Value(terms_line(next)) : terms_of(next));
    writer->row(row);
  }
  writer->end({});
  return tickets.empty() && call.on("fail-if-empty") ? 10 : 0;
}

constexpr Flag kFlags[] = {
    ticket::kStatusList,
    ticket::kPriorityList,
    ticket::kSourceList,
    ticket::kCategoryList,
    ticket::kTeamList,
    record::kTagList,
    ticket::kAssigneeList,
    ticket::kRequesterList,
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    {.name = "limit",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"at most this many; 0: all", "最多条数；0 为全部"},
     .fallback = "1"},
    {.name = "why", .doc = {"with the terms of the score", "同时显示得分的构成"}},
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops ticket next --assignee none --why",
     {"the most urgent unassigned tickets, and why", "无人处理的工单中最紧急的一张及原因"}},
    {"umsops ticket next --limit 5 -o json | jq -r '.items[] | [.score, .ticket_number, .sla] | @tsv'",
     {"the first five", "前五张"}},
};
constexpr int kExits[] = {3, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kTicketNext{
    .path = "ticket next",
    .summary = {"what to work on next", "接下来该处理哪张工单"},
    .description =
        {"Unfinished tickets by urgency: working time left, priority, escalation, tickets that wait for them, age. "
         "Each term is a coefficient (setting urgency) times a share between 0 and 1; --why shows them.",
         "按处理顺序列出未完成的工单：依据距截止的剩余工作时间、优先级、升级级别、被其阻塞的工单和工单年龄。"
         "每一项为系数（设置 urgency）乘以 0 到 1 之间的份额；--why 显示各项。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_next,
};

}  // namespace umsops::cli
