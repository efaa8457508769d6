// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_sla_column.hpp"

namespace umsops::desk {
namespace {

std::optional<base::TimePoint> time_of(std::int64_t number) {
  if (number == report::kNone) return std::nullopt;
  return base::TimePoint(base::Milliseconds(number));
}

}  // namespace

SlaColumn::SlaColumn(base::TimePoint now, std::function<std::size_t(std::string_view)> const& column_of) : now_(now) {
  for (auto const name : {"sla_policy", "status", "sla_breach", "first_response_at", "response_due_at",
                          "resolution_due_at", "sla_deadline", "sla_risk_at"})
    columns_.push_back(column_of(name));
  values_.assign(kCount, std::vector<std::int64_t>(report::kBatchRows));
}

void SlaColumn::read(ColumnReader const& reader, std::int64_t first, std::size_t count, std::int64_t* into) {
  for (std::size_t i = 0; i < kCount; ++i) reader.read(columns_[i], first, count, values_[i].data());
  ticket_.sla_policy = "any";
  for (std::size_t row = 0; row < count; ++row) {
    auto const value = [&](Of what) { return values_[what][row]; };
    into[row] = report::kNone;
    if (value(policy) == report::kNone || value(status) == report::kNone) continue;
    ticket_.status = static_cast<model::TicketStatus>(value(status));
    ticket_.sla_breach.reset();
    if (value(breach) != report::kNone) ticket_.sla_breach = static_cast<model::SlaStatus>(value(breach));
    ticket_.first_response_at = time_of(value(first_response));
    ticket_.response_due_at = time_of(value(response_due));
    ticket_.resolution_due_at = time_of(value(resolution_due));
    ticket_.sla_deadline = time_of(value(deadline));
    ticket_.sla_risk_at = time_of(value(risk));
    if (auto const state = model::sla_status_at(ticket_, now_)) into[row] = static_cast<std::int64_t>(*state);
  }
}

}  // namespace umsops::desk
