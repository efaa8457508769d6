// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "umsops/desk/callbacks.hpp"
#include "umsops/desk/dialogue_intake.hpp"
#include "umsops/desk/incident_desk.hpp"
#include "umsops/desk/intake.hpp"
#include "umsops/desk/knowledge_desk.hpp"
#include "umsops/desk/options.hpp"
#include "umsops/desk/outbox_desk.hpp"
#include "umsops/desk/silence_desk.hpp"
#include "umsops/desk/spool.hpp"
#include "umsops/desk/store_desk.hpp"
#include "umsops/desk/tick.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

class ClassifierDesk;  // umsops/desk/classifier_desk.hpp
class PrivacyDesk;     // umsops/desk/privacy_desk.hpp
class ReplayDesk;      // umsops/desk/replay_desk.hpp
class ReportDesk;      // umsops/desk/report_desk.hpp
class RequesterDesk;   // umsops/desk/requester_desk.hpp
class ResponseDesk;    // umsops/desk/response_desk.hpp
class ReviewDesk;      // umsops/desk/review_desk.hpp
class RunbookDesk;     // umsops/desk/runbook_desk.hpp

/// One open desk: the store and the use cases over it. The store is opened by the first use case that needs it, so that
/// a command that needs none touches no file. Not for several threads at once.
class Desk {
 public:
  explicit Desk(Options options);
  ~Desk();
  Desk(Desk&&) noexcept;
  Desk& operator=(Desk&&) noexcept;

  TicketDesk& tickets();
  IncidentDesk& incidents();
  KnowledgeDesk& knowledge();
  CallbackDesk& callbacks();
  DialogueDesk& dialogues();
  ClassifierDesk& classifier();
  PrivacyDesk& privacy();
  ReplayDesk& replay();
  ReportDesk& reports();
  RequesterDesk& requesters();
  ReviewDesk& reviews();
  SilenceDesk& silences();
  StoreDesk& store();
  TickDesk& tick();
  IntakeDesk& intake();
  SpoolDesk& spool();
  OutboxDesk& outbox();
  RunbookDesk& runbooks();
  ResponseDesk& responses();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The library's version, `1.2.3`.
std::string version();

}  // namespace umsops::desk
