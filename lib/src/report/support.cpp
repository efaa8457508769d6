// SPDX-License-Identifier: Apache-2.0
#include "report/support.hpp"

#include <cmath>
#include <map>
#include <tuple>

#include "store/tickets.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

namespace umsops::report {
namespace {

using base::Field;
using base::FieldType;
using base::Value;

/// The SOP's constant: a resolution that took longer is overdue, whatever the policy.
constexpr std::int64_t kOverdueMinutes = 240;

constexpr unsigned kShown = base::kInTable | base::kInWide;

std::vector<Field> columns() {
  return {
      {"date", FieldType::text, "", kShown, "Day of creation, in the report's zone", "创建日期", "日期"},
      {"category", FieldType::text, "", kShown, "Category", "类别", "类别"},
      {"priority", FieldType::choice, "", kShown, "Priority", "优先级", "优先级", model::priority_names()},
      {"total_tickets", FieldType::integer, "", kShown, "Tickets created", "创建的工单数", "总数"},
      {"closed_tickets", FieldType::integer, "", kShown, "Of them CLOSED now", "现为已关闭", "已关闭"},
      {"resolved_tickets", FieldType::integer, "", kShown, "Of them RESOLVED now", "现为已解决", "已解决"},
      {"avg_response_time", FieldType::decimal, "", kShown, "Mean minutes to the first response", "平均首次响应分钟",
       "平均响应"},
      {"avg_resolution_time", FieldType::decimal, "", kShown, "Mean minutes to the resolution", "平均解决分钟",
       "平均解决"},
      {"overdue_tickets", FieldType::integer, "", kShown, "Resolved after more than 240 minutes",
       "解决用时超过 240 分钟", "超时"},
      {"resolved_ever", FieldType::integer, "", base::kInWide, "Resolved or closed now", "现为已解决或已关闭",
       "曾解决"},
      {"overdue_open", FieldType::integer, "", kShown,
       "Still open and late: past the deadline, or without one 240 minutes", "未解决且已超时", "未结超时"},
      {"n_response", FieldType::integer, "", base::kInWide, "Tickets behind avg_response_time", "响应样本数", "响应n"},
      {"n_resolution", FieldType::integer, "", base::kInWide, "Tickets behind avg_resolution_time", "解决样本数",
       "解决n"}};
}

struct Sums {
  std::int64_t total = 0, closed = 0, resolved = 0, overdue = 0, overdue_open = 0;
  std::int64_t response_n = 0, response_minutes = 0, resolution_n = 0, resolution_minutes = 0;

  void add(model::Ticket const& ticket, base::TimePoint now) {
    ++total;
    closed += ticket.status == model::TicketStatus::closed;
    resolved += ticket.status == model::TicketStatus::resolved;
    if (ticket.response_time_minutes) {
      ++response_n;
      response_minutes += *ticket.response_time_minutes;
    }
    if (ticket.resolution_time_minutes) {
      ++resolution_n;
      resolution_minutes += *ticket.resolution_time_minutes;
      overdue += *ticket.resolution_time_minutes > kOverdueMinutes;
    }
    auto const due = ticket.sla_deadline.value_or(ticket.created_at + std::chrono::minutes(kOverdueMinutes));
    overdue_open += model::is_open(ticket.status) && now > due;
  }
};

/// Two decimals; nothing counted has no mean.
Value mean(std::int64_t sum, std::int64_t n) {
  if (n == 0) return {};
  return std::round(static_cast<double>(sum) / static_cast<double>(n) * 100) / 100;
}

query::Filter created_within(Window const& window) {
  auto const field = model::ticket_type().require("created_at");
  return query::all_of({query::condition_on(field, query::Op::ge, {window.since}),
                        query::condition_on(field, query::Op::lt, {window.until})});
}

}  // namespace

Table support(store::Connection* db, Window const& window) {
  Table table{std::string(kSupport.name), columns(), {}, window.since, window.until, window.zone.name(), 0};
  if (!db) return table;
  // Newest day first, highest priority first: negative ranks sort so.
  using Key = std::tuple<int, std::string, int>;
  std::map<Key, Sums> groups;
  query::Query query;
  query.filter = created_within(window);
  query.sort = {{model::ticket_type().require("created_at"), true}};
  store::list_tickets(*db, query, [&](model::Ticket const& ticket) {
    auto const day = window.zone.to_civil(ticket.created_at);
    int const date = day.year * 10'000 + day.month * 100 + day.day;
    groups[{-date, ticket.category, -static_cast<int>(ticket.priority)}].add(ticket, window.now);
    ++table.counted;
    return true;
  });
  for (auto const& [key, sums] : groups) {
    auto const& [date, category, priority] = key;
    std::string day = std::to_string(-date);
    day.insert(6, "-").insert(4, "-");
    table.rows.push_back({day, category.empty() ? Value() : Value(category),
                          model::to_string(static_cast<model::Priority>(-priority)), sums.total, sums.closed,
                          sums.resolved, mean(sums.response_minutes, sums.response_n),
                          mean(sums.resolution_minutes, sums.resolution_n), sums.overdue, sums.closed + sums.resolved,
                          sums.overdue_open, sums.response_n, sums.resolution_n});
  }
  return table;
}

}  // namespace umsops::report
