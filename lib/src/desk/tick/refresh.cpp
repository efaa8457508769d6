// SPDX-License-Identifier: Apache-2.0
// Due times follow from the policies of today: when these change, all are made anew.
#include "desk/tick/job.hpp"
#include "desk/tick/noted.hpp"
#include "desk/ticket_change.hpp"
#include "store/due_tickets.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::desk::tick {
namespace {

constexpr std::string_view kMadeBy = "due_times_of";  ///< in `store_info`: by what the due times were made
constexpr std::int64_t kPortion = 500;  ///< tickets a transaction: others get to write between two portions
/// A host that has not run tick for so long does not count any more: containers change their names with each release.
constexpr std::chrono::minutes kGone{15};
constexpr std::chrono::minutes kSeen{5};  ///< so often it is noted that a host is there

struct MadeBy {
  std::string version, place;
  base::TimePoint seen_at{};
  bool mixed = false;  ///< a host with other files was there, and may have given some tickets its own due times
};

MadeBy read_made_by(store::Connection& db) {
  std::string const text = store::stored_info(db, kMadeBy);
  if (!text.starts_with('{')) return {text, {}, {}, false};
  return read_noted(kMadeBy, text, [](base::Value const& noted) {
    base::Value const* const mixed = noted.find("mixed");
    return MadeBy{text_of(noted, "version", 0), text_of(noted, "place", 0),
                  base::TimePoint{base::Milliseconds{integer_of(noted, "seen_at", 0)}},
                  mixed && *mixed == base::Value(true)};
  });
}

void note(OpenDesk& desk, MadeBy const& by) {
  store::write(desk.writing(), [&](store::WriteTx& tx) {
    store::set_info(tx, kMadeBy,
                    base::to_json(base::Value::Object{{"version", by.version},
                                                      {"place", by.place},
                                                      {"seen_at", std::int64_t{by.seen_at.time_since_epoch().count()}},
                                                      {"mixed", by.mixed}}));
    return 0;
  });
}

/// Closing by itself is no part of a policy, and decides due times as well.
std::string version_of(OpenDesk& desk) {
  return desk.book().version() + " " + std::to_string(desk.options().auto_close.count());
}

MadeBy this_place(OpenDesk& desk) {
  return {version_of(desk), desk.options().sla_place ? desk.options().sla_place() : std::string(), desk.now(), false};
}

/// Two hosts with different files would make all due times anew in turn, minute by minute. The one that came first goes
/// on; the other says so, as long as that one is there.
void refuse_other_files(OpenDesk& desk, MadeBy known, MadeBy const& here) {
  bool const other = !known.version.empty() && known.version != here.version && !known.place.empty() &&
                     known.place != here.place && here.seen_at - known.seen_at < kGone;
  if (!other) return;
  if (!known.mixed) {
    known.mixed = true;
    note(desk, known);
  }
  throw base::Error(base::errors::sla_other_files, {{"here", here.version.substr(0, here.version.find(' '))},
                                                    {"there", known.version.substr(0, known.version.find(' '))},
                                                    {"place", known.place},
                                                    {"seen_at", base::format_rfc3339(known.seen_at)}});
}

/// A ticket whose policy is another one now has that in its history; otherwise nothing happened to it.
bool renew(OpenDesk& desk, store::WriteTx& tx, std::string const& id, bool anyway, TickItem& item) {
  auto const before = store::find_ticket_by_id(tx.connection(), id);
  if (!before) return false;
  model::Ticket after = *before;
  model::Ticket judged = *before;
  if (anyway) judged.resolution_due_at.reset();  // asked for: ended clocks, too, by the policies of today
  set_due_times(desk, tx.connection(), judged, after);
  if (after.sla_policy == before->sla_policy) {
    store::store_due_times(tx, *before, after, anyway);
    return false;
  }
  item.ticket_number = before->ticket_number;
  item.what = after.sla_policy;
  // No hooks: nobody asked for a change that they could refuse.
  store_unhooked(desk, tx, *before, std::move(after), "policy", "policies changed");
  return true;
}

bool are_old(MadeBy const& known, std::string_view version) { return known.mixed || known.version != version; }

}  // namespace

bool due_times_are_old(OpenDesk& desk, bool rebuild) {
  return rebuild || are_old(read_made_by(desk.writing().connection()), version_of(desk));
}

std::int64_t renew_portion(OpenDesk& desk, store::WriteTx& tx, std::int64_t after, bool anyway,
                           std::vector<TickItem>& renewed) {
  desk.check_interrupted();
  auto const tickets = store::tickets_behind(tx.connection(), after, anyway, kPortion);
  for (auto const& [place, id] : tickets) {
    TickItem item{"sla", {}, {}, desk.now(), desk.now(), false, {}, {}};
    if (renew(desk, tx, id, anyway, item)) renewed.push_back(std::move(item));
  }
  return tickets.empty() ? 0 : tickets.back().first;
}

void refresh(Run& run) {
  OpenDesk& desk = run.desk;
  // A dry run renews them where it looks ahead, in a transaction that is rolled back.
  if (run.options.dry_run) return;
  auto& store = desk.writing();
  auto const known = read_made_by(store.connection());
  auto const here = this_place(desk);
  if (!run.options.rebuild) refuse_other_files(desk, known, here);
  if (!run.options.rebuild && !are_old(known, here.version)) {
    if (here.seen_at - known.seen_at >= kSeen) note(desk, here);
    return;
  }
  std::int64_t after = 0;
  do {
    std::vector<TickItem> renewed;
    // Each portion is reported after its commit: what is told has happened.
    after = store::write(store, [&](store::WriteTx& tx) {
      tx.take_turn();
      // The body runs again after a conflict, and must not tell its items twice.
      renewed.clear();
      return renew_portion(desk, tx, after, run.options.rebuild, renewed);
    });
    for (auto& item : renewed) run.report(std::move(item));
  } while (after != 0);
  // Noted last: after an interruption the old version still stands here, and the next tick starts over.
  note(desk, here);
}

}  // namespace umsops::desk::tick
