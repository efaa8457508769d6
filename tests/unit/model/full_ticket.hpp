// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/model/ticket.hpp"

/// A sound ticket without any absent value.
inline umsops::model::Ticket full_ticket() {
  using namespace umsops::model;
  Ticket t;
  t.id = "01hzy0000000000000000000aa";
  t.ticket_number = "T-000007";
  t.title = "无法登录";
  t.description = "line one\n\tline two";
  t.requester_id = "zhang.wei";
  t.assignee_id = "li.na";
  t.category = "sign-in";
  t.subcategory = "sso";
  t.priority = Priority::high;
  t.status = TicketStatus::closed;
  t.source = Source::phone;
  t.created_at = TimePoint(umsops::base::Milliseconds(1'700'000'000'123));
  t.updated_at = t.created_at + std::chrono::hours(5);
  t.resolved_at = t.created_at + std::chrono::hours(3);
  t.closed_at = t.created_at + std::chrono::hours(4);
  t.sla_deadline = t.created_at + std::chrono::hours(8);
  t.response_time_minutes = 12;
  t.resolution_time_minutes = 180;
  t.key = "build-1";
  t.attributes = {{"host", "db01"}, {"team", "iam\n\"quoted\""}};
  t.classification.rules_version = "abc";
  t.classification.decisions.push_back({"priority", "HIGH", "rule", "HIGH", "r1", "team.yaml", 12, {"失败", "down"}});
  t.classification.decisions.push_back({"category", "sign-in", "caller", "", "", "", 0, {}});
  t.rev = 3;
  return t;
}
