// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/notify/channel.hpp"
#include "umsops/people/roster.hpp"

namespace umsops::notify {

/// One place that a message goes to.
struct Contact {
  std::string person;   ///< empty: a room, or a file
  std::string channel;  ///< by its name
  std::string address;  ///< of mail; of other channels the name that the person has there, if any
  base::Language language = base::Language::en;
  std::string audience = {};  ///< that it was found for
  bool operator==(Contact const&) const = default;
};

/// Whom a name means at this moment, each once.
struct Reached {
  std::vector<Contact> contacts;
  std::vector<std::string> problems;  ///< names that mean nobody, people without an address
};

/// `recipient`: a person, an account or address of a requester, `team:NAME`, `oncall:SCHEDULE`, `audience:NAME`,
/// `channel:NAME`. `roster` may be null.
Reached reach(Setup const& setup, people::Roster const* roster, std::string_view recipient, base::TimePoint now);

/// The end of the quiet hours that this person has at `now`; nullopt: none.
std::optional<base::TimePoint> quiet_until(people::Person const& person, base::TimePoint now);

}  // namespace umsops::notify
