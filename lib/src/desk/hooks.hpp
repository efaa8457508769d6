// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/desk/hooks.hpp"

namespace umsops::desk {

inline constexpr std::string_view kOnAdd = "on-add", kOnModify = "on-modify";

/// A kind of record that hooks may see, as data.
struct HookKind {
  base::RecordType const& type;
  /// The record with the values that a hook wants changed, by field. Throws `record.invalid` for what does not fit, and
  /// where the whole is not sound.
  base::Row (*changed)(base::Row const& row, std::vector<std::pair<std::size_t, base::Value>> const& wanted);
};

/// A change after its hooks have seen it.
struct Hooked {
  base::Row row;
  std::vector<std::string> feedback;  ///< what they say to the person who makes the change: `hook: line`
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

  /// What becomes of a new record, or of a change, within a transaction; in a rehearsal it is left as it is. `before`
  /// is empty for a new record.
  Hooked look_up(HookKind const& kind, base::Row const& before, base::Row const& after);
  /// What hooks had to say about the changes that were looked up since the last time.
  std::vector<std::string> take_feedback() { return std::exchange(feedback_, {}); }
  /// The same as `look_up` at once, where there is no transaction.
  Hooked run(HookKind const& kind, base::Row const& before, base::Row const& after);

 private:
  struct Question {
    HookKind const* kind;
    base::Row before, after;
    std::string key;
  };
  std::vector<std::string> const& hooks(std::string_view occasion);

  HookRunner* runner_;
  bool within_ = false;
  std::map<std::string_view, std::vector<std::string>> hooks_;  ///< by occasion
  std::vector<Question> questions_;
  std::vector<std::string> feedback_;
  std::map<std::string, Hooked> answers_;  ///< by what the hooks were shown
};

}  // namespace umsops::desk
