// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

enum class CallbackState { open, done };
std::span<std::string_view const> callback_state_names();  ///< `OPEN`, `DONE`
std::string_view to_string(CallbackState state);
std::optional<CallbackState> parse_callback_state(std::string_view text);  ///< case does not matter

/// A requested call-back: a row of `ticket_callbacks`.
struct Callback {
  std::string id;  ///< ULID
  std::string ticket_id;
  std::string contact;  ///< number or name, one line of up to 100 characters; empty: unknown
  std::string note;     ///< what to know before calling, up to 1,000 characters
  TimePoint due_at{};
  CallbackState state = CallbackState::open;
  TimePoint created_at{};
  std::string created_by;
  std::optional<TimePoint> done_at;
  std::string done_by;
  std::string outcome;  ///< how it went, up to 1,000 characters
  // Read from its ticket.
  std::string ticket_number, title, requester_id;
};

base::RecordType const& callback_type();
base::Row to_row(Callback const& callback);
/// Problems of lengths and characters. Empty: valid.
std::vector<Problem> check(Callback const& callback);

}  // namespace umsops::model
