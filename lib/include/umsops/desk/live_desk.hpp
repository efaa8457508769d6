// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "umsops/desk/dialogue_intake.hpp"

namespace umsops::desk {

/// Where the conversation of a ticket stands, as its history tells it.
struct LiveLine {
  enum class State { none, waiting, answered, ended };
  State state = State::none;
  std::int64_t seq = 0;  ///< of the event that says so
  base::TimePoint at{};
  std::string by;           ///< answered: the agent; ended: who left
  std::string why;          ///< ended: in the words of the history
  std::string target;       ///< waiting: for whom
  base::TimePoint until{};  ///< waiting: then it is a call-back
  LiveProcess user, agent;  ///< the processes of both sides, as far as they came
  std::string callback;     ///< id of the call-back that it becomes
};

/// Something that was said on the line, or written beside it.
struct LiveWord {
  std::int64_t place = 0;  ///< among the words of its ticket
  base::TimePoint at{};
  std::string name, text;
  bool by_user = false, is_note = false;  ///< notes are for staff
};

/// What is new on the line.
struct LiveNews {
  LiveLine line;
  std::vector<LiveWord> words;
  std::int64_t last_event = 0;  ///< what this was read at
};

/// Who leaves, and how.
enum class LiveEnd { user_left, agent_left, user_lost, unanswered };

/// A conversation between a user and a person of the desk, each with a process of their own: what one says is a reply
/// in the store, where the other one finds it. Ends of processes lose nothing. Each change is one transaction with one
/// event of the ticket: `transferred`, `joined`, `left`, `answered`, `replied`.
class LiveDesk {
 public:
  explicit LiveDesk(OpenDesk& desk) : desk_(desk) {}

  /// The ticket, and all that was said so far. Throws `ticket.not_found`, `dialogue.none`.
  struct Begun {
    model::Ticket ticket;
    LiveNews news;
  };
  Begun begin(std::string const& id);
  /// What came after that event and behind that word; nullopt: nothing. Cheap where nothing is new. `ticket` is the
  /// internal id.
  std::optional<LiveNews> news(std::string const& ticket, std::int64_t last_event, std::int64_t place);

  /// The actor comes to the line: the ticket is theirs, and its call-back done. `gone` is the event of a side whose
  /// process has ended. Throws `people.unknown`, `dialogue.ended`, and `dialogue.taken` where another agent is there.
  struct Join {
    bool force = false;
    std::int64_t gone = 0;
    bool dry_run = false;
    LiveProcess process;
  };
  model::Ticket join(std::string const& ticket, Join const& join);
  /// Stores a line of the user, or of the actor as an agent. While both are there nobody is sent a message about it;
  /// else it is a reply like any other. Gives its place. Throws `record.invalid`, `ticket.closed` (agents).
  std::int64_t say(std::string const& ticket, std::string const& text, bool by_user);
  /// Nobody is there any more whom the process of that event belonged to: the user waits anew, with a call-back. False:
  /// the line is another one by now.
  bool wait_again(std::string const& ticket, std::int64_t seq, base::Milliseconds wait);
  /// Ends it. False: it has ended already, or is not the line of that event any more (for the user, any is theirs).
  bool leave(std::string const& ticket, LiveEnd how, std::int64_t seq);
  /// As the roster has it.
  std::string display_name(std::string const& person);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
