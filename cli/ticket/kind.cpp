// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/records.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/lifecycle/transitions.hpp"

namespace umsops::cli::ticket {

namespace {

constexpr record::FieldFlag kFilters[] = {
    {"status", "status"},
    {"priority", "priority"},
    {"category", "category"},
    {"source", "source"},
    {"assignee", "assignee_id"},
    {"requester", "requester_id"},
    {"service", "service"},
    {"team", "team"},
    {"tag", "tags"},
};

constexpr record::FieldFlag kSetters[] = {
    {"title", "title"},       {"requester", "requester_id"},
    {"category", "category"}, {"subcategory", "subcategory"},
    {"service", "service"},   {"team", "team"},
    {"priority", "priority"}, {"source", "source"},
    {"tags", "tags"},
};

constexpr std::string_view kFirst[] = {"ticket_number", "title",       "status",     "priority",     "sla",
                                       "sla_deadline",  "assignee_id", "team",       "requester_id", "category",
                                       "subcategory",   "service",     "description"};

}  // namespace

constinit record::Kind const kKind{
    .type = model::ticket_type,
    .number = "ticket_number",
    .body = "description",
    .filters = kFilters,
    .setters = kSetters,
    .first = kFirst,
};

void offer_numbers(Candidates& out) {
  auto const states = states_before(lifecycle::moves(), {verb_of(out, "ticket")});
  offer_records(out, kKind, states, [&](std::string const& typed, std::size_t most) {
    return out.env().desk().tickets().complete(typed, most);
  });
}

}  // namespace umsops::cli::ticket
