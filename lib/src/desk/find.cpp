// SPDX-License-Identifier: Apache-2.0
#include "desk/find.hpp"

#include "store/event_log.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;

constexpr std::size_t kShortestPrefix = 4;

model::Ticket by_prefix(store::Connection& db, std::string const& typed, std::string const& prefix) {
  auto found = store::find_tickets_by_prefix(db, prefix, 6);
  if (found.empty()) refuse_absent_ticket(typed);
  if (found.size() == 1) return std::move(found.front());
  std::string names;
  base::Value::List numbers;
  for (std::size_t i = 0; i < found.size(); ++i) {
    numbers.emplace_back(found[i].ticket_number);
    if (i < 5) names += (i ? ", " : "") + found[i].ticket_number;
  }
  if (found.size() > 5) names += ", ...";
  base::Value detail;
  detail.add("candidates", std::move(numbers));
  throw Error(base::errors::ticket_ambiguous, {{"id", typed}, {"candidates", names}}).detail(std::move(detail));
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

void refuse_absent_ticket(std::string const& id) {
  base::Value detail;
  detail.add("id", id.substr(0, 80));
  throw Error(base::errors::ticket_not_found, {{"id", id.substr(0, 80)}}).detail(std::move(detail));
}

model::Ticket find_ticket(OpenDesk& desk, store::Connection& db, std::string const& id) {
  if (id.empty() || id.size() > 64) refuse_absent_ticket(id);
  if (id == "@last") {
    auto const record = store::last_record_of(db, "ticket", desk.options().actor.name);
    auto ticket = record ? store::find_ticket_by_id(db, *record) : std::nullopt;
    if (!ticket) refuse_absent_ticket(id);
    return std::move(*ticket);
  }
  if (auto const number = desk.numbers().normalise(id)) {
    if (auto ticket = store::find_ticket_by_number(db, *number)) return std::move(*ticket);
    // T-12 means ticket 12 and never 123; only a number with its leading zeros may be a beginning.
    if (!desk.numbers().counter(*number) || number->size() <= id.size() || id.find('0') == std::string::npos)
      refuse_absent_ticket(id);
    return by_prefix(db, id, id);
  }
  if (auto ticket = store::find_ticket_by_number(db, id)) return std::move(*ticket);
  std::string const internal = lower(id);
  if (auto ticket = store::find_ticket_by_id(db, internal)) return std::move(*ticket);
  if (internal.size() < kShortestPrefix) refuse_absent_ticket(id);
  return by_prefix(db, id, internal);
}

}  // namespace umsops::desk
