// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/open.hpp"

#include "desk/callback_store_desk.hpp"
#include "desk/dialogue_store_desk.hpp"
#include "desk/intake_store_desk.hpp"
#include "desk/session.hpp"
#include "desk/store_care_desk.hpp"
#include "desk/tick/tick.hpp"
#include "desk/ticket_store_desk.hpp"
#include "report/support.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

constexpr report::Description kReports[] = {report::kSupport};

/// ReportDesk over a store.
class StoreReportDesk final : public ReportDesk {
 public:
  explicit StoreReportDesk(Session& session) : session_(session) {}

  report::Table run(std::string const& name, ReportOptions const& options) override {
    if (name != report::kSupport.name) refuse(name);
    report::Window window;
    window.now = session_.now();
    window.until = options.until.value_or(window.now);
    window.since = options.since.value_or(window.until - std::chrono::days(30));
    window.zone = options.zone;
    auto* const store = session_.reading();
    return report::support(store ? &store->connection() : nullptr, window);
  }

 private:
  [[noreturn]] static void refuse(std::string const& name) {
    std::vector<std::string_view> names;
    for (auto const& known : kReports) names.push_back(known.name);
    std::string const best = base::nearest(name, names);
    throw base::Error(base::errors::report_unknown,
                      {{"name", name.substr(0, 80)},
                       {"suggestion", best.empty() ? "see: umsops report list" : "did you mean " + best + "?"}});
  }

  Session& session_;
};

}  // namespace

struct Desk::State {
  explicit State(Options options)
      : session(std::move(options)),
        tickets(session),
        callbacks(session),
        dialogues(session, tickets),
        reports(session),
        store(session),
        tick(session, tickets),
        intake(session, tickets) {}
  Session session;
  TicketStoreDesk tickets;
  CallbackStoreDesk callbacks;
  DialogueStoreDesk dialogues;
  StoreReportDesk reports;
  StoreCareDesk store;
  StoreTickDesk tick;
  IntakeStoreDesk intake;
};

Desk::Desk(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Desk::~Desk() = default;
Desk::Desk(Desk&&) noexcept = default;
Desk& Desk::operator=(Desk&&) noexcept = default;

TicketDesk& Desk::tickets() { return state_->tickets; }
CallbackDesk& Desk::callbacks() { return state_->callbacks; }
DialogueDesk& Desk::dialogues() { return state_->dialogues; }
ReportDesk& Desk::reports() { return state_->reports; }
StoreDesk& Desk::store() { return state_->store; }
TickDesk& Desk::tick() { return state_->tick; }
IntakeDesk& Desk::intake() { return state_->intake; }

std::span<report::Description const> reports() { return kReports; }

std::string_view to_string(Result result) {
  switch (result) {
    case Result::created:
      return "created";
    case Result::updated:
      return "updated";
    case Result::unchanged:
      return "unchanged";
    case Result::existing:
      return "existing";
  }
  return "";
}

std::string version() { return UMSOPS_VERSION; }

}  // namespace umsops::desk
