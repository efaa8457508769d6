// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/tick.hpp"

#include "desk/report_columns.hpp"
#include "desk/tick/held_tickets.hpp"
#include "desk/tick/job.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/spool.hpp"
#include "umsops/prepared/recurring.hpp"

namespace umsops::desk {
namespace {

/// Due times first, since the acts are chosen by them. The spool last: what waits there may be long, and lateness
/// harms escalations more; what all of them have to say leaves behind them, what is only searched can wait, and what
/// takes minutes comes last.
constexpr tick::Job kJobs[] = {{"sla", tick::refresh},
                               {"tickets", tick::act},
                               {"incidents", tick::act_on_incidents},
                               {"reviews", tick::remind_of_reviews},
                               {"recurring", tick::file_recurring},
                               {"spool", tick::flush},
                               {"outbox", tick::send},
                               {"search", tick::index},
                               {"columns", tick::keep_columns},
                               {"classifier", tick::retrain}};

bool has_other_files(base::Error const& error) { return &error.code() == &base::errors::sla_other_files; }

/// Later jobs run all the same when one cannot reach what it needs: a folder that is away must not stop escalations.
bool of_one_job(base::Error const& error) {
  return error.kind() == base::ErrorKind::unavailable || has_other_files(error);
}

}  // namespace

namespace tick {

void keep_columns(Run& run) {
  if (!run.options.dry_run && has_columns(run.desk)) refresh_columns(run.desk);
}

void flush(Run& run) {
  if (run.options.dry_run || run.options.spool_folder.empty()) return;
  auto const tell = [&](SpoolItem const& item) {
    auto const now = run.desk.now();
    TickItem out{"spool",
                 item.done ? item.done->ticket.ticket_number : "",
                 item.key.empty() ? item.id : item.key,
                 now,
                 now,
                 false,
                 {},
                 item.failed};
    if (item.done) out.outcome = std::string(to_string(item.done->result));
    out.held = out.known = item.known;
    run.report(std::move(out));
  };
  try {
    auto const end = SpoolDesk(run.desk).flush({run.options.spool_folder, false, {}}, tell);
    if (end.stopped) throw *end.stopped;
  } catch (base::Error const& error) {
    if (&error.code() != &base::errors::store_locked) throw;  // another process is flushing it
  }
}

}  // namespace tick

std::vector<HeldAct> TickDesk::held() {
  auto* const store = desk_.reading();
  return store ? tick::held_acts(store->connection()) : std::vector<HeldAct>();
}

TickEnd TickDesk::run(TickOptions const& options, std::function<void(TickItem const&)> const& visit) {
  TickEnd end;
  end.now = desk_.now();
  bool const nothing_yet = desk_.absent_default();
  for (tick::Job const& job : kJobs) {
    TickJobEnd summary{std::string(job.name), 0, 0, 0};
    tick::Run run{desk_, options, [&](TickItem item) {
                    ++(item.held ? summary.held : item.failed ? summary.failed : summary.done);
                    visit(item);
                  }};
    try {
      // A desk that does not exist yet has nothing to do but what waits for it; one whose due times are made by other
      // files leaves its tickets to the host that has those.
      bool const foreign = end.stopped && has_other_files(*end.stopped);
      bool const needs_due_times = job.run == tick::refresh || job.run == tick::act;
      if (job.run == tick::flush || !(nothing_yet || (foreign && needs_due_times))) job.run(run);
    } catch (base::Error const& error) {
      if (error.kind() == base::ErrorKind::output) throw;  // of the visitor
      if (!end.stopped || !of_one_job(error)) end.stopped = error;
    }
    end.jobs.push_back(std::move(summary));
    if (end.stopped && !of_one_job(*end.stopped)) break;
  }
  return end;
}

}  // namespace umsops::desk
