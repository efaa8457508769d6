// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/value.hpp"
#include "umsops/desk/incident_flood.hpp"
#include "umsops/model/escalation.hpp"
#include "umsops/model/link.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/people/roster.hpp"

/// What the verbs of a ticket's life are given. What they do to it: `umsops/lifecycle/acts.hpp`.
namespace umsops::desk {

/// Who a reply is from: whoever the name says (the requester's own name is the requester), or as it is said.
enum class Side { by_name, staff, requester };

/// A file that comes with what somebody says.
struct GivenFile {
  std::string name;        ///< without folders
  std::string media_type;  ///< `image/png`
  std::string content;     ///< its bytes
};

/// Words that are made for each ticket at the time when they are said, as a template does.
struct Wording {
  /// Of what is known of the ticket, of its requester and of who speaks; `language` as the directory writes the
  /// requester's, empty where it does not say.
  std::function<std::string(base::Value const& facts, std::string const& language)> make;
  std::string identity;  ///< the same for the same words of two tickets: what a key is compared with
};

struct Reply {
  std::string text;
  bool internal = false;  ///< a note: changes neither state nor clocks
  Side side = Side::by_name;
  std::string responder;  ///< empty: the actor
  bool reopen = false;    ///< CLOSED takes a reply only so
  std::string key;        ///< the same reply with the same key is stored once
  std::optional<std::int64_t> time_spent_minutes = {};
  std::vector<GivenFile> files = {};
  Wording wording = {};  ///< in the place of `text`
};

/// What the requester says of a finished ticket, once.
struct Rate {
  std::int64_t rating = 0;  ///< model::kWorstRating to kBestRating
  std::string comment;      ///< empty: none
  std::string by;           ///< who says it; empty: the requester
};

/// The question whether a ticket may be worked on.
struct AskApproval {
  /// Who is asked, and who may answer in their place (empty: nobody): a name, `manager` (the requester's, as the
  /// directory says), `owner:SERVICE` (of the catalogue).
  std::string of, deputy;
  std::optional<model::TimePoint> until;
  base::Milliseconds within{};  ///< from when it is asked on, without `until`; 0: it waits as long as it takes
};
struct AnswerApproval {
  bool yes = false;
  bool withdraw = false;  ///< nobody has to answer any more
  std::string by;         ///< whose answer it is, where somebody else puts it down; empty: the actor's
};

/// How a ticket changes hands.
enum class Hand {
  give,     ///< to whoever is named
  release,  ///< to nobody
  claim,    ///< to the actor, if nobody else has it
  steal,    ///< to the actor, whoever has it
};

/// Who gets a ticket by Hand::give.
struct Receiver {
  /// A person's name, `me`, `oncall:SCHEDULE` (who is on call), `team:NAME` (the best of the team, whose the
  /// ticket is then), or `auto` (the best of the ticket's team, of the one that serves its category, else of
  /// everybody). What is best: `umsops/people/assignment.hpp`. A ticket that somebody has who could be picked stays
  /// there, so that asking twice changes nothing.
  std::string target;
  std::optional<people::Strategy> strategy;  ///< in the place of the team's own
  bool queue = false;  ///< `team:NAME` is the team alone: nobody is picked, and who is not of it loses the ticket
};

struct Pend {
  std::optional<model::TimePoint> until;
  model::WakeUp then = model::WakeUp::open;
};

struct Escalate {
  std::optional<model::Level> level;  ///< none: one higher
  bool down = false;
  std::string to;  ///< new assignee, as in Receiver::target; empty: it stays where it is
};

struct Resolve {
  std::string text, knowledge;
  bool cascade = false;  ///< its children with it
  bool force = false;    ///< also where something that blocks it is unfinished
  Wording wording = {};  ///< in the place of `text`
};

struct Close {
  std::string resolution, knowledge;  ///< resolves it first, where it is not yet
  bool cascade = false;
  bool force = false;    ///< as for Resolve
  bool spam = false;     ///< it is nobody's request: SPAM instead of CLOSED
  Wording wording = {};  ///< in the place of `resolution`
};

struct Reopen {
  bool file_new = false;  ///< too long CLOSED: a new ticket, linked to it
};

/// A link of one record to another, as people name it.
struct LinkTo {
  model::LinkKind kind = model::LinkKind::relates_to;
  std::string other;  ///< a ticket or an incident
  bool remove = false;
  bool from_there = false;  ///< of an incident: the link begins at the other one, which it has caused
};

/// One end of a link as it is shown.
struct ShownLink {
  std::string kind;           ///< `child-of`; from the other end `parent-of`, `blocks`, `duplicated-by`, `relates-to`
  std::string other;          ///< the number
  std::string title, status;  ///< empty: it is of another desk
};

/// A ticket in the order of work, and why it stands there.
struct NextTicket {
  model::Ticket ticket;
  double score = 0;
  struct Term {
    std::string name;  ///< `due`, `priority`, `age`, ...
    double coefficient = 0, share = 0;
  };
  std::vector<Term> terms;  ///< those that count; score is the sum of coefficient × share
};

}  // namespace umsops::desk
