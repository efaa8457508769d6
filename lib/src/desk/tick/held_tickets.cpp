// SPDX-License-Identifier: Apache-2.0
#include "desk/tick/held_tickets.hpp"

#include <algorithm>
#include <vector>

#include "desk/tick/noted.hpp"
#include "store/due_tickets.hpp"
#include "store/tickets.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk::tick {
namespace {

using base::TimePoint;
using base::Value;

/// In `store_info`: a list of what is held. A few rows at most: each is a ticket that somebody has to look at.
constexpr std::string_view kHeld = "held_acts";
constexpr std::size_t kMost = 1000;
constexpr std::chrono::minutes kDelays[] = {std::chrono::minutes(5), std::chrono::minutes(30), std::chrono::hours(2),
                                            std::chrono::hours(24)};

/// The problem is a hook's own text.
constexpr std::size_t kLongestProblem = 160;

HeldAct entry_from(Value const& noted) {
  return {text_of(noted, "ticket", 0), text_of(noted, "code", 0), text_of(noted, "problem", 0),
          integer_of(noted, "tries", 0), TimePoint{base::Milliseconds{integer_of(noted, "again_at", 0)}}};
}

std::vector<HeldAct> read(store::Connection& db) {
  std::string const text = store::stored_info(db, kHeld);
  if (text.empty()) return {};
  return read_noted(kHeld, text, [](Value const& noted) { return items_of(std::string(kHeld), noted, &entry_from); });
}

void write(store::WriteTx& tx, std::vector<HeldAct> const& entries) {
  Value::List list;
  for (auto const& entry : entries) {
    list.emplace_back(Value::Object{{"ticket", entry.number},
                                    {"code", entry.code},
                                    {"problem", entry.problem},
                                    {"tries", entry.tries},
                                    {"again_at", std::int64_t{entry.again_at.time_since_epoch().count()}}});
  }
  store::set_info(tx, kHeld, base::to_json(std::move(list)));
}

/// Whether it waits for that very time still: any change of the ticket makes its next time anew.
bool waits(store::Connection& db, HeldAct const& entry) {
  auto const ticket = store::find_ticket_by_number(db, entry.number);
  return ticket && ticket->next_action_at == entry.again_at;
}

}  // namespace

bool is_of_hook(base::Error const& error) { return error.code().code.starts_with("hook."); }

bool hold(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, base::Error const& error) {
  auto entries = read(tx.connection());
  auto entry = std::find_if(entries.begin(), entries.end(),
                            [&](HeldAct const& known) { return known.number == ticket.ticket_number; });
  bool const news = entry == entries.end() || entry->code != error.code().code;
  if (entry == entries.end()) {
    if (entries.size() == kMost) entries.erase(entries.begin());
    entry = entries.insert(entries.end(), {ticket.ticket_number, {}, {}, 0, {}});
  }
  entry->code = error.code().code;
  entry->problem = base::shortened(base::terminal_text(error.message(), base::TextShape::line), kLongestProblem);
  entry->again_at =
      desk.now() + kDelays[std::min<std::size_t>(static_cast<std::size_t>(entry->tries), std::size(kDelays) - 1)];
  ++entry->tries;
  store::set_next_action(tx, ticket, entry->again_at);
  write(tx, entries);
  return news;
}

void forget_held(OpenDesk& desk) {
  auto& store = desk.writing();
  auto const now = desk.now();
  auto const over = [&](store::Connection& db, HeldAct const& entry) {
    // Those whose time has come are about to be tried, and must still be known then.
    return entry.again_at > now && !waits(db, entry);
  };
  auto entries = read(store.connection());
  if (std::none_of(entries.begin(), entries.end(), [&](HeldAct const& e) { return over(store.connection(), e); }))
    return;
  store::write(store, [&](store::WriteTx& tx) {
    tx.take_turn();
    auto left = read(tx.connection());
    std::erase_if(left, [&](HeldAct const& entry) { return over(tx.connection(), entry); });
    write(tx, left);
    return 0;
  });
}

std::vector<HeldAct> held_acts(store::Connection& db) {
  auto entries = read(db);
  std::erase_if(entries, [&](HeldAct const& entry) { return !waits(db, entry); });
  return entries;
}

}  // namespace umsops::desk::tick
