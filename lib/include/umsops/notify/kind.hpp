// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace umsops::notify {

/// One kind of message, by the topic of its row in the outbox or, of audiences, by what their rule says.
struct Kind {
  std::string_view name;          ///< `ticket.confirmation`
  bool to_requester = false;      ///< to whom asked for help: nothing internal may stand in it
  bool urgent = false;            ///< quiet hours do not hold it back
  bool moot_when_over = false;    ///< not sent once its record is RESOLVED or CLOSED
  bool own_acts_told = false;     ///< also to whom it goes back to
  bool alone = false;             ///< never put together with others: what it encloses would be lost
  std::string_view summary = {};  ///< for lists and man pages
};

std::span<Kind const> kinds();
/// Null: there is none of that name.
Kind const* find_kind(std::string_view name);

/// The names that a template may use.
std::span<std::string_view const> variables();

}  // namespace umsops::notify
