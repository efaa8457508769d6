// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "model/attributes.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {
namespace {

using base::FieldType;
using base::TextShape;

constexpr std::size_t kMostAttributes = 64, kLongestAttribute = 1000;

bool blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n'; });
}

void check_one_text(std::vector<Problem>& out, std::string const& field, std::string_view text, TextShape shape,
                    std::size_t longest) {
  if (auto const problem = base::check_text(text, shape)) {
    out.push_back({field, problem->what + " at byte " + std::to_string(problem->offset)});
  } else if (base::code_points(text) > longest) {
    out.push_back({field, "longer than " + std::to_string(longest) + " characters"});
  }
}

void check_texts(std::vector<Problem>& out, Ticket const& ticket) {
  auto const fields = ticket_type().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].type != FieldType::text && fields[i].type != FieldType::block) continue;
    auto const shape = fields[i].type == FieldType::block ? TextShape::block : TextShape::line;
    check_one_text(out, std::string(fields[i].name), get(ticket, i).text(), shape, fields[i].max_length);
  }
  if (blank(ticket.title)) out.push_back({"title", "cannot be empty"});
}

void check_attributes(std::vector<Problem>& out, Ticket const& ticket) {
  if (ticket.attributes.size() > kMostAttributes) {
    out.push_back({"attributes", "more than " + std::to_string(kMostAttributes)});
  }
  for (auto const& [name, text] : ticket.attributes) {
    if (!is_attribute_name(name)) {
      out.push_back({"attributes", "a name is lower-case letters, digits and _, beginning with a letter, at most 64"});
    }
    check_one_text(out, "attributes." + name, text, TextShape::block, kLongestAttribute);
  }
}

void check_times(std::vector<Problem>& out, Ticket const& ticket) {
  if (ticket.created_at.time_since_epoch().count() < 0) out.push_back({"created_at", "before 1970"});
  if (ticket.updated_at < ticket.created_at) out.push_back({"updated_at", "before created_at"});
  if (ticket.resolved_at && *ticket.resolved_at < ticket.created_at) out.push_back({"resolved_at", "before created_at"});
  if (ticket.closed_at && *ticket.closed_at < ticket.created_at) out.push_back({"closed_at", "before created_at"});
  if (ticket.closed_at && ticket.status != TicketStatus::closed) out.push_back({"closed_at", "set, but not CLOSED"});
  if (ticket.response_time_minutes && *ticket.response_time_minutes < 0) {
    out.push_back({"response_time_minutes", "negative"});
  }
  if (ticket.resolution_time_minutes && *ticket.resolution_time_minutes < 0) {
    out.push_back({"resolution_time_minutes", "negative"});
  }
}

}  // namespace

std::vector<Problem> check(Ticket const& ticket) {
  std::vector<Problem> out;
  check_texts(out, ticket);
  check_attributes(out, ticket);
  check_times(out, ticket);
  return out;
}

}  // namespace umsops::model
