// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "desk/due_times.hpp"
#include "desk/open_desk.hpp"
#include "umsops/desk/tick.hpp"

/// What tick is made of. A job does one kind of work over the whole desk; an act does one thing to one ticket whose
/// time has come. Another one joins by state in its list.
namespace umsops::desk::tick {

/// One run of tick.
struct Run {
  OpenDesk& desk;
  TickOptions const& options;
  std::function<void(TickItem)> report;
};

struct Job {
  std::string_view name;
  void (*run)(Run& run);
};

/// An act that is due, or will be.
struct Due {
  base::TimePoint at;
  std::string what;
  ladder::Rung rung;  ///< of a ladder
};

struct Act {
  std::string_view job;
  /// When this has to happen to the ticket next; none: never, as things stand.
  std::optional<Due> (*due)(OpenDesk& desk, model::Ticket const& ticket, SlaState const& state);
  /// Does it, and says in a few words what that was.
  std::string (*perform)(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Due const& due,
                         std::string const& reason);
};

extern Act const kWake, kApproval, kLadder, kClose;

/// Due times where the policies are not those that they were made by.
void refresh(Run& run);
bool due_times_are_old(OpenDesk& desk, bool rebuild);
/// Makes those of some tickets behind place `after` anew. Gives the place of the last one, 0: there was none.
std::int64_t renew_portion(OpenDesk& desk, store::WriteTx& tx, std::int64_t after, bool anyway,
                           std::vector<TickItem>& renewed);
/// The acts of all tickets whose time has come.
void act(Run& run);
/// What mutes incidents and does not any more, who has to acknowledge one, and which end by themselves.
void act_on_incidents(Run& run);
/// Reviews that should be done by now: their owners are told, once.
void remind_of_reviews(Run& run);
/// Tickets that are filed again and again.
void file_recurring(Run& run);
/// What waits in the spool.
void flush(Run& run);
/// Columns for reports, where there are some.
void keep_columns(Run& run);
/// Messages that can leave.
void send(Run& run);
/// What the search index does not know yet.
void index(Run& run);
/// The learned model, where people have said enough that it does not know.
void retrain(Run& run);

}  // namespace umsops::desk::tick
