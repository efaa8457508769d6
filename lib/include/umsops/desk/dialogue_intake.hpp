// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "umsops/desk/callbacks.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/dialogue/talk.hpp"

namespace umsops::desk {

class OpenDesk;

/// What a conversation leaves to the desk.
struct DialogueReport {
  NewTicket ticket;
  std::vector<std::string> transcript;  ///< INTERNAL responses, one a part
  std::optional<NewCallback> callback;
};

/// The report of a conversation: source CHAT or PHONE, the user's words as title and description, its transcript in
/// parts that a response can hold, and the call-back that was promised.
DialogueReport report_of(dialogue::Flow const& flow, dialogue::Talk const& talk);

struct DialogueResult {
  TicketResult ticket;
  std::optional<model::Callback> callback;
};

class DialogueDesk {
 public:
  explicit DialogueDesk(OpenDesk& desk) : desk_(desk) {}

  /// Opens what the filing will need, so that a desk that cannot be used is told before the first word.
  void prepare();
  /// Files the report in one transaction: ticket, transcript, call-back. A key that is known gives its ticket back when
  /// the same was said; other words are noted on it with their transcript.
  DialogueResult file(DialogueReport const& report, bool dry_run);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
