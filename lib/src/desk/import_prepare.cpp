// SPDX-License-Identifier: Apache-2.0
#include "desk/import_prepare.hpp"

#include <algorithm>

#include "desk/history.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {
namespace {

using base::Error;

std::vector<std::string> said(ImportedTicket const& in) {
  std::vector<std::string> fields;
  for (char const* const field :
       {"priority", "category", "subcategory", "service", "assignee_id", "source", "requester_id"}) {
    if (in.gives(field)) fields.emplace_back(field);
  }
  return fields;
}

/// Ids and numbers are what people type: no blanks, nothing that a shell or a path would act on.
void check_name(char const* field, std::string const& text) {
  bool const sound = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '/' || c == '#';
  });
  if (!sound)
    throw Error(base::errors::record_invalid, {{"field", field}, {"problem", "letters, digits and -_./# only"}});
}

void complete(ImportedTicket& in, ImportOptions const& options, rules::RuleSet const* rules, base::TimePoint now) {
  model::Ticket& ticket = in.ticket;
  if (!in.gives("created_at")) ticket.created_at = now;
  if (!in.gives("updated_at")) ticket.updated_at = ticket.created_at;
  if (!in.gives("source")) ticket.source = options.default_source;
  if (!in.gives("status") && !ticket.assignee_id.empty()) ticket.status = model::TicketStatus::assigned;
  // A history says already what was decided, and by whom.
  if (rules != nullptr && !in.gives("classification") && !in.has_history) classify(ticket, *rules, said(in));
}

}  // namespace

void prepare_record(ImportRecord record, ImportOptions const& options, rules::RuleSet const* rules, base::TimePoint now,
                    PreparedRecord& out) {
  out.refused = record.unreadable;
  out.record = std::move(record);
  if (out.refused) return;
  try {
    out.in = read_import(out.record.object);
  } catch (Error const& error) {
    out.refused = error;
    return;
  }
  if (!out.in.gives("id") && !out.in.gives("ticket_number") && !out.in.gives("key")) {
    out.content_key = "row:" + base::sha256_hex(base::to_json(out.record.object));
  }
  try {
    complete(out.in, options, rules, now);
    refuse_unsound(out.in.ticket);
    check_name("ticket_number", out.in.ticket.ticket_number);
    check_name("id", out.in.ticket.id);
  } catch (Error const& error) {
    out.unsound = error;
  }
}

}  // namespace umsops::desk
