// SPDX-License-Identifier: Apache-2.0
// What lies in the outbox, where there is a way out.
#include "store/outbox.hpp"
#include "desk/tick/job.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/outbox_desk.hpp"

namespace umsops::desk::tick {
namespace {

base::Error failure(FlushItem const& item) {
  return base::Error(base::errors::outbox_undelivered, {{"id", item.delivery.id}, {"problem", item.note}});
}

/// What arrived long ago, in small portions. Quickly seen where there is nothing.
void forget_old(OpenDesk& desk) {
  auto const kept = desk.options().outbox_retention;
  auto* const store = kept.count() > 0 ? desk.reading() : nullptr;
  if (!store || !store::has_old_messages(store->connection(), desk.now() - kept)) return;
  constexpr std::size_t kPortion = 500;
  while (store::write(desk.writing(), [&](store::WriteTx& tx) {
           return store::forget_messages(tx, desk.now() - kept, kPortion);
         }) == static_cast<std::int64_t>(kPortion))
    desk.check_interrupted();
}

}  // namespace

void send(Run& run) {
  OutboxDesk outbox(run.desk);
  if (run.options.dry_run) return;
  forget_old(run.desk);
  if (!outbox.can_send()) return;
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
