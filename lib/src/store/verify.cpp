// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "store/chain.hpp"
#include "store/event_log.hpp"
#include "store/responses.hpp"
#include "store/row_hash.hpp"
#include "store/ticket_row.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using Report = std::function<void(Flaw const&)>;

/// Looking for the true place of an event reads the chain again; a thoroughly broken one is not worth it.
constexpr int kMostSearches = 20;

constexpr std::string_view kTicketsWithLastEvent =
    ", n, responses_hash, row_salt, row_hash, due_times_hash, (SELECT e.state_hash FROM events AS e WHERE e.record_id "
    "= support_tickets.id AND e.noun = 'ticket' AND e.state_hash <> '' ORDER BY e.seq DESC LIMIT 1) FROM "
    "support_tickets ORDER BY n";
constexpr std::string_view kMissingTickets =
    "SELECT e.record_id, min(e.seq) FROM events AS e LEFT JOIN support_tickets AS t ON t.id = e.record_id "
    "WHERE e.noun = 'ticket' AND e.record_id IS NOT NULL AND t.id IS NULL GROUP BY e.record_id";
constexpr std::string_view kResponsesInOrder =
    "SELECT r.ticket_id, r.row_hash, t.ticket_number, t.responses_hash FROM ticket_responses AS r "
    "LEFT JOIN support_tickets AS t ON t.id = r.ticket_id ORDER BY r.ticket_id, r.n";
constexpr std::string_view kWithoutResponses =
    "SELECT ticket_number FROM support_tickets AS t WHERE responses_hash <> '' "
    "AND NOT EXISTS (SELECT 1 FROM ticket_responses AS r WHERE r.ticket_id = t.id)";

constexpr std::string_view kToldEscalation = "\"escalation\":[null,\"";
constexpr std::string_view kEscalationsTold =
    "SELECT seq, changes FROM events WHERE noun = 'ticket' AND changes LIKE '%\"escalation\":[null,\"%' ORDER BY seq";

std::string event_name(std::int64_t seq) { return "event " + std::to_string(seq); }

/// Walks the chain event by event.
class ChainWalk {
 public:
  ChainWalk(Connection& db, Report const& report) : db_(db), report_(report) {}

  void run() {
    static std::string const sql = "SELECT " + std::string(kEventColumns) + " FROM events ORDER BY seq";
    Reading rows(db_.prepare_walk(sql));
    while (rows->step()) visit(read_event_row(*rows));
  }

 private:
  void visit(EventRow const& row) {
    std::string const name = event_name(row.seq);
    if (row.seq != last_seq_ + 1) {
      report_({"gap", name,
               "events " + std::to_string(last_seq_ + 1) + " to " + std::to_string(row.seq - 1) + " are missing"});
    } else if (row.previous_hash != last_hash_ || chain_hash(row) != row.hash) {
      report_broken(row, name);
    }
    if (row.seq != last_seq_ + 1 && chain_hash(row) != row.hash) report_broken(row, name);
    try {
      verify_private_values(row, [&](std::string const& problem) { report_({"digest", name, problem}); });
    } catch (base::Error const& error) {
      report_({"chain", name, error.message()});
    }
    last_seq_ = row.seq;
    last_hash_ = row.hash;
  }

  void report_broken(EventRow const& row, std::string const& name) {
    if (auto const place = true_place(row); place != 0) {
      report_({"order", name, "it was written as event " + std::to_string(place)});
    } else if (chain_hash(row) != row.hash) {
      report_({"chain", name, "its hash does not fit what it says"});
    } else {
      report_({"chain", name, "it does not follow the event before it"});
    }
  }

  /// The number under which the event was written, when that is another one; 0 otherwise.
  std::int64_t true_place(EventRow row) {
    if (searches_ == kMostSearches || row.previous_hash == last_hash_) return 0;
    ++searches_;
    std::int64_t const here = std::exchange(row.seq, 1);
    if (row.previous_hash != kNoHash) {
      Reading before(db_.prepare("SELECT seq FROM events WHERE hash = $1"));
      before->bind(1, std::string_view(row.previous_hash));
      if (!before->step()) return 0;
    }
    // The events around may have been moved as well, so every place near is tried.
    for (std::int64_t place = std::max<std::int64_t>(1, here - 1000); place <= here + 1000; ++place) {
      row.seq = place;
      if (place != here && chain_hash(row) == row.hash) return place;
    }
    return 0;
  }

  Connection& db_;
  Report const& report_;
  std::int64_t last_seq_ = 0;
  std::string last_hash_{kNoHash};
  int searches_ = 0;
};

void verify_tickets(Connection& db, Report const& report) {
  std::string const sql = "SELECT " + ticket_column_list() + std::string(kTicketsWithLastEvent);
  int const extra = static_cast<int>(ticket_columns().size());
  std::size_t number = 0;
  while (model::ticket_type().fields[ticket_columns()[number]].name != "ticket_number") ++number;
  Reading rows(db.prepare_walk(sql));
  while (rows->step()) {
    TicketRow const row{read_fields(*rows), rows->integer(extra), rows->text(extra + 1), rows->text(extra + 2)};
    std::string const name(row.fields[number].text());
    std::string const hash = hash_of(row);
    if (hash != rows->text(extra + 3)) report({"row_hash", name, "its hash does not fit its columns"});
    if (due_times_hash(row) != rows->text(extra + 4)) {
      report({"row_hash", name, "its due times are not those that were stored; make them anew: umsops tick --rebuild"});
    }
    if (rows->is_null(extra + 5)) {
      report({"state", name, "no event tells of it"});
    } else if (rows->text(extra + 5) != hash) {
      report({"state", name, "it is not in the state that its last event left"});
    }
  }
}

void verify_missing(Connection& db, Report const& report) {
  Reading rows(db.prepare(kMissingTickets));
  while (rows->step()) {
    report({"missing", rows->text(0), "the ticket of " + event_name(rows->integer(1)) + " is not stored"});
  }
}

/// The hashes of each ticket's responses must add up to what the ticket says.
void verify_responses(Connection& db, Report const& report) {
  auto const row_flaw = [&](std::string const& key) { report({"row_hash", key, "its hash does not fit its columns"}); };
  verify_rows(db, kResponses, row_flaw);
  verify_rows(db, kEscalations, row_flaw);
  std::string ticket, name, expected, found;
  auto const close = [&] {
    if (!ticket.empty() && found != expected) {
      report({"response", name.empty() ? ticket : name, "its responses are not those that its history tells of"});
    }
  };
  Reading rows(db.prepare_walk(kResponsesInOrder));
  while (rows->step()) {
    if (rows->text(0) != ticket) {
      close();
      ticket = rows->text(0);
      name = rows->text(2);
      expected = rows->text(3);
      found.clear();
    }
    found = extend_responses_hash(found, rows->text(1));
  }
  close();
  Reading without(db.prepare(kWithoutResponses));
  while (without->step()) report({"response", without->text(0), "its responses are missing"});
}

/// Each escalation that the history tells of has its record.
void verify_escalations(Connection& db, Report const& report) {
  Reading rows(db.prepare_walk(kEscalationsTold));
  while (rows->step()) {
    std::string const changes = rows->text(1);
    std::size_t const at = changes.find(kToldEscalation) + kToldEscalation.size();
    std::string const id = changes.substr(at, changes.find('"', at) - at);
    Reading row(db.prepare("SELECT 1 FROM ticket_escalations WHERE id = $1"));
    row->bind(1, std::string_view(id));
    if (!row->step()) report({"missing", id, "the escalation of " + event_name(rows->integer(0)) + " is not stored"});
  }
}

void verify_anchor(Connection& db, Head const& anchor, Report const& report) {
  Reading row(db.prepare("SELECT hash FROM events WHERE seq = $1"));
  row->bind(1, anchor.seq);
  bool const found = anchor.seq == 0 || row->step();
  if (!found) {
    report({"head", event_name(anchor.seq),
            "the history ends before it: " + event_name(chain_head(db).seq) + " is the last"});
  } else if ((anchor.seq == 0 ? std::string(kNoHash) : row->text(0)) != anchor.hash) {
    report({"head", event_name(anchor.seq), "it is not the one whose hash was kept"});
  }
}

}  // namespace

void verify_history(Connection& db, std::optional<Head> const& against,
                    std::function<void(Flaw const&)> const& report) {
  ChainWalk(db, report).run();
  verify_tickets(db, report);
  verify_missing(db, report);
  verify_responses(db, report);
  verify_escalations(db, report);
  if (against) verify_anchor(db, *against, report);
}

}  // namespace umsops::store
