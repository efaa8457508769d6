// SPDX-License-Identifier: Apache-2.0
#include "umsops/notify/kind.hpp"

#include <algorithm>
#include <iterator>

namespace umsops::notify {
namespace {

constexpr Kind kKinds[] = {
    {.name = "ticket.confirmation", .to_requester = true, .own_acts_told = true, .summary = "a request was taken in"},
    {.name = "ticket.reply", .to_requester = true, .summary = "staff replied"},
    {.name = "ticket.resolved", .to_requester = true, .summary = "a request is resolved"},
    {.name = "ticket.closed", .to_requester = true, .summary = "a request is closed"},
    {.name = "ticket.assigned", .moot_when_over = true, .summary = "a ticket has a new assignee"},
    {.name = "ticket.answer", .summary = "the requester wrote"},
    {.name = "ticket.note", .summary = "a stranger wrote"},
    {.name = "ticket.escalated", .urgent = true, .moot_when_over = true, .summary = "a ticket was escalated"},
    {.name = "ticket.reopened", .summary = "a ticket was reopened"},
    {.name = "ticket.woken", .moot_when_over = true, .summary = "a PENDING ticket goes on"},
    {.name = "ticket.approval", .moot_when_over = true, .alone = true, .summary = "somebody is asked for approval"},
    {.name = "ticket.approved", .moot_when_over = true, .summary = "a ticket was approved"},
    {.name = "ticket.declined", .to_requester = true, .summary = "a request was not approved"},
    {.name = "ticket.approval_expired", .moot_when_over = true, .summary = "nobody approved in time"},
    {.name = "incident.alert",
     .urgent = true,
     .moot_when_over = true,
     .own_acts_told = true,
     .summary = "an incident began: for operations"},
    {.name = "incident.disruption",
     .urgent = true,
     .moot_when_over = true,
     .own_acts_told = true,
     .summary = "a service is disrupted: for business"},
    {.name = "incident.critical",
     .urgent = true,
     .moot_when_over = true,
     .own_acts_told = true,
     .summary = "a critical incident: for executives"},
    {.name = "incident.assigned", .urgent = true, .moot_when_over = true, .summary = "an incident has a new assignee"},
    {.name = "incident.escalated",
     .urgent = true,
     .moot_when_over = true,
     .own_acts_told = true,
     .summary = "nobody acknowledged an incident"},
    {.name = "incident.unmuted",
     .urgent = true,
     .moot_when_over = true,
     .own_acts_told = true,
     .summary = "an incident is not muted any more"},
    {.name = "incident.reopened", .urgent = true, .summary = "an incident was reopened"},
    {.name = "incident.update", .own_acts_told = true, .summary = "news of an incident"},
    {.name = "incident.overdue",
     .urgent = true,
     .moot_when_over = true,
     .own_acts_told = true,
     .summary = "news of an incident are overdue: to who speaks for it"},
    {.name = "incident.recovered", .own_acts_told = true, .summary = "service is back: to all who were told"},
    {.name = "incident.resolved", .summary = "an incident is resolved: to who reported it"},
    {.name = "review.assigned", .summary = "a review has a new owner"},
    {.name = "review.due", .own_acts_told = true, .summary = "a review should be done by now"},
    {.name = "report.ready", .own_acts_told = true, .alone = true, .summary = "a report, with its page"},
    {.name = "bundle", .own_acts_told = true, .summary = "several messages in one"},
    {.name = "test", .own_acts_told = true, .summary = "'umsops outbox test'"},
};

constexpr std::string_view kVariables[] = {
    "number",   "title",     "priority",   "severity", "status",     "category",   "requester", "assignee",
    "person",   "by",        "text",       "service",  "level",      "resolution", "impact",    "affected_users",
    "services", "commander", "update_due", "link",     "key",        "at",         "count",     "items",
    "subject",  "due",       "approver",   "until",    "ask_rating",
};

}  // namespace

std::span<Kind const> kinds() { return kKinds; }

Kind const* find_kind(std::string_view name) {
  auto const found =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](Kind const& kind) { return kind.name == name; });
  return found == std::end(kKinds) ? nullptr : found;
}

std::span<std::string_view const> variables() { return kVariables; }

}  // namespace umsops::notify
