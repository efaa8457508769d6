// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/desk.hpp"

#include "desk/open_desk.hpp"
#include "umsops/desk/classifier_desk.hpp"
#include "umsops/desk/privacy_desk.hpp"
#include "umsops/desk/replay_desk.hpp"
#include "umsops/desk/report_desk.hpp"
#include "umsops/desk/requester_desk.hpp"
#include "umsops/desk/response_desk.hpp"
#include "umsops/desk/review_desk.hpp"
#include "umsops/desk/runbook_desk.hpp"

namespace umsops::desk {

struct Desk::State {
  explicit State(Options options) : open(std::move(options)) {}
  OpenDesk open;
  TicketDesk tickets{open};
  IncidentDesk incidents{open};
  KnowledgeDesk knowledge{open};
  CallbackDesk callbacks{open};
  DialogueDesk dialogues{open};
  ClassifierDesk classifier{open};
  PrivacyDesk privacy{open};
  ReplayDesk replay{open};
  ReportDesk reports{open};
  RequesterDesk requesters{open};
  ReviewDesk reviews{open};
  SilenceDesk silences{open};
  StoreDesk store{open};
  TickDesk tick{open};
  IntakeDesk intake{open};
  SpoolDesk spool{open};
  OutboxDesk outbox{open};
  RunbookDesk runbooks{open};
  ResponseDesk responses{open};
};

Desk::Desk(Options options) : state_(std::make_unique<State>(std::move(options))) {}
Desk::~Desk() = default;
Desk::Desk(Desk&&) noexcept = default;
Desk& Desk::operator=(Desk&&) noexcept = default;

TicketDesk& Desk::tickets() { return state_->tickets; }
IncidentDesk& Desk::incidents() { return state_->incidents; }
KnowledgeDesk& Desk::knowledge() { return state_->knowledge; }
CallbackDesk& Desk::callbacks() { return state_->callbacks; }
DialogueDesk& Desk::dialogues() { return state_->dialogues; }
ClassifierDesk& Desk::classifier() { return state_->classifier; }
PrivacyDesk& Desk::privacy() { return state_->privacy; }
ReplayDesk& Desk::replay() { return state_->replay; }
ReportDesk& Desk::reports() { return state_->reports; }
RequesterDesk& Desk::requesters() { return state_->requesters; }
ReviewDesk& Desk::reviews() { return state_->reviews; }
SilenceDesk& Desk::silences() { return state_->silences; }
StoreDesk& Desk::store() { return state_->store; }
TickDesk& Desk::tick() { return state_->tick; }
IntakeDesk& Desk::intake() { return state_->intake; }
SpoolDesk& Desk::spool() { return state_->spool; }
OutboxDesk& Desk::outbox() { return state_->outbox; }
ResponseDesk& Desk::responses() { return state_->responses; }
RunbookDesk& Desk::runbooks() { return state_->runbooks; }

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
