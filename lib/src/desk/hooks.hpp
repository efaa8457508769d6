// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/value.hpp"
#include "umsops/desk/hooks.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

inline constexpr std::string_view kOnAdd = "on-add", kOnModify = "on-modify";

/// A change after its hooks have seen it.
struct Hooked {
  model::Ticket ticket;
  std::vector<std::string> feedback;  ///< what they say to whoever makes the change: `hook: line`
  base::Value ran;  ///< for the history: [{"hook": name, "changed": [field, ...]}, ...]; null when there are no hooks
};

/// Shows changes to hooks. A program may take seconds, and nobody else's change shall wait for it: so within a
/// transaction a change is only looked up here, and one that no hook has seen yet makes the transaction a rehearsal. It
/// is rolled back, the hooks run, and the transaction runs again; a ticket that somebody else changed meanwhile is a
/// new question. `OpenDesk::write` does all this.
class Hooks {
 public:
  explicit Hooks(HookRunner* runner) : runner_(runner) {}

  /// Whether anything may have to be asked.
  bool active() const { return runner_ != nullptr; }
  /// Forgets what hooks said before: a new change begins, whose transaction may run several times.
  void begin() { answers_.clear(); }
  void begin_transaction();
  void end_transaction() { within_ = false; }
  /// Something was changed that no hook has seen: this run of the transaction must not stay.
  bool rehearsal() const { return !questions_.empty(); }
  /// Lets the hooks see what the rehearsal would have changed, each ticket's first change. Between two hooks
  /// `check_interrupted` may throw. Throws `hook.refused`, `hook.invalid`, `hook.timeout`.
  void answer(std::function<void()> const& check_interrupted);

  /// What becomes of a new ticket, or of a change, within a transaction; in a rehearsal it is left as it is.
  Hooked on_add(model::Ticket const& ticket) { return look_up(kOnAdd, nullptr, ticket); }
  Hooked on_modify(model::Ticket const& before, model::Ticket const& after) {
    return look_up(kOnModify, &before, after);
  }
  /// What hooks had to say about the changes that were looked up since the last time.
  std::vector<std::string> take_feedback() { return std::exchange(feedback_, {}); }
  /// The same at once, where there is no transaction. `before` is null for a new ticket.
  Hooked run(std::string_view occasion, model::Ticket const* before, model::Ticket const& after);

 private:
  struct Question {
    std::string_view occasion;
    model::Ticket before, after;  ///< `before` counts for on-modify only
    std::string key;
  };
  Hooked look_up(std::string_view occasion, model::Ticket const* before, model::Ticket const& after);
  std::vector<std::string> const& hooks(std::string_view occasion);

  HookRunner* runner_;
  bool within_ = false;
  std::map<std::string_view, std::vector<std::string>> hooks_;  ///< by occasion
  std::vector<Question> questions_;
  std::vector<std::string> feedback_;
  std::map<std::string, Hooked> answers_;  ///< by what the hooks were shown
};

}  // namespace umsops::desk
