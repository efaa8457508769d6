// SPDX-License-Identifier: Apache-2.0
// What lies in the outbox, where there is a way out.
#include "desk/tick/job.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/outbox_desk.hpp"

namespace umsops::desk::tick {
namespace {

base::Error failure(FlushItem const& item) {
  return base::Error(base::errors::outbox_undelivered, {{"id", item.delivery.id}, {"problem", item.note}});
}

}  // namespace

void send(Run& run) {
  OutboxDesk outbox(run.desk);
  if (run.options.dry_run || !outbox.can_send()) return;
  outbox.flush(false, [&](FlushItem const& item) {
    auto const now = run.desk.now();
    bool const incident = item.delivery.noun == "incident";
    TickItem out{"outbox", incident ? "" : item.number, item.delivery.kind, now, now, false, {}, {}};
    if (incident) out.incident_number = item.number;
    out.due_at = item.delivery.created_at == base::TimePoint{} ? now : item.delivery.created_at;
    out.outcome = std::string(to_string(item.outcome));
    auto const& whom = item.delivery.person.empty() ? item.delivery.address : item.delivery.person;
    if (!whom.empty()) out.outcome += " " + whom;
    if (item.outcome == FlushItem::Outcome::failed) out.failed = failure(item);
    run.report(std::move(out));
  });
}

}  // namespace umsops::desk::tick
