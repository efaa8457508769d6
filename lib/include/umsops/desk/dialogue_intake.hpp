// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "umsops/desk/callbacks.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/dialogue/talk.hpp"

namespace umsops::desk {

class OpenDesk;

/// An article that was read out, and what the user said of it.
struct UsedArticle {
  std::string kb_number;
  bool worked = false;
};

class LiveDesk;  // umsops/desk/live_desk.hpp

/// A process of one side of a conversation, so that the other side can see that it is gone.
struct LiveProcess {
  std::string host, process;
};

/// Somebody is to come to the line.
struct WantedTransfer {
  std::string target;  ///< see `dialogue::Node::transfer`
  base::Milliseconds wait{};
  std::string contact;  ///< whom to call where nobody comes; may be empty
  LiveProcess process;  ///< the user's side
};

/// Who that is just now.
struct Transfer {
  std::string target;
  std::string person, display_name, email, phone;  ///< empty: nobody is on shift, or no roster knows it
  base::TimePoint until{};                         ///< then it is a call-back
};

/// What a conversation leaves to the desk.
struct DialogueReport {
  NewTicket ticket;
  std::vector<std::string> transcript;  ///< INTERNAL responses, one a part
  std::optional<NewCallback> callback;
  /// Articles that were read out, and whether they helped. The spool does not keep them: where the desk is out of reach
  /// none are read out.
  std::vector<UsedArticle> used = {};
  /// The spool does not keep it either: nobody comes to a line of which the desk does not know.
  std::optional<WantedTransfer> transfer = {};
};

/// The report of a conversation: source CHAT or PHONE, the user's words as title and description, its transcript in
/// parts that a response can hold, and the call-back that was promised.
DialogueReport report_of(dialogue::Flow const& flow, dialogue::Talk const& talk);

struct DialogueResult {
  TicketResult ticket;
  std::optional<model::Callback> callback;
  std::optional<Transfer> transfer = {};
};

class DialogueDesk {
 public:
  explicit DialogueDesk(OpenDesk& desk) : desk_(desk) {}

  /// The flow's own answers first; where they have none, the knowledge base is asked as `kb ask --public` asks it. A
  /// desk that cannot be searched has none: a conversation goes on without. Both references must outlive what is given.
  std::unique_ptr<dialogue::KnownAnswers> answers(dialogue::KnownAnswers const& own);
  /// What a conversation without a ticket says of articles. Tries for a moment only, and fails in silence: the user has
  /// got what he wanted.
  void note_used(dialogue::Flow const& flow, dialogue::Talk const& talk);
  /// Opens what the filing will need, so that a desk that cannot be used is told before the first word.
  void prepare();
  /// Files the report in one transaction: ticket, transcript, call-back. A key that is known gives its ticket back when
  /// the same was said; other words are noted on it with their transcript.
  DialogueResult file(DialogueReport const& report, bool dry_run);
  /// What happens on the line once it is filed.
  LiveDesk live();

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
