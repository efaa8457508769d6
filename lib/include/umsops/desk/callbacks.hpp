// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "umsops/desk/record_desk.hpp"
#include "umsops/model/callback.hpp"

namespace umsops::desk {

class OpenDesk;

/// A call that somebody waits for.
struct NewCallback {
  std::string contact, note;
  base::TimePoint due_at{};
};

struct CallbackResult {
  model::Callback callback;
  Result result = Result::created;
  bool dry_run = false;
};

/// Call-backs. Each change is one transaction with one event of the ticket: `callback_added`, `callback_done`.
/// Errors: `ticket.not_found`, `callback.not_found`, `callback.ambiguous`, `record.invalid`, `store.*`.
class CallbackDesk {
 public:
  explicit CallbackDesk(OpenDesk& desk) : desk_(desk) {}

  /// `ticket` as in TicketDesk::show.
  CallbackResult add(std::string const& ticket, NewCallback const& wanted, bool dry_run);
  /// `id` is that of the call-back, a unique beginning of it, or a ticket's that has one open call-back. One that is
  /// done already stays as it is: unchanged.
  CallbackResult done(std::string const& id, std::string const& outcome, bool dry_run);
  /// In the order of their times; all states when none is given.
  ListEnd list(std::optional<model::CallbackState> state, std::optional<base::TimePoint> due_by,
               std::function<bool(model::Callback const&)> const& visit);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
