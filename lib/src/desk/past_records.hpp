// SPDX-License-Identifier: Apache-2.0
// What the desk holds, for those who learn from it or try something on it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "desk/open_desk.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::desk {

/// A ticket or an incident as it stands, and as rules saw it when it came.
struct HeldRecord {
  std::string const& number;
  std::string const& title;
  std::string const& description;
  base::TimePoint created_at;
  model::Classification const& classification;
  std::function<rules::Facts()> first_facts;
  std::function<std::string(std::string_view field)> carried;  ///< empty: the kind has no such field, or it is empty
};

/// Gives each record of a kind, `ticket` or `incident`, that passes, oldest first, until `visit` returns false.
void each_record(OpenDesk& desk, std::string_view noun, query::Filter const& filter,
                 std::function<bool(HeldRecord const&)> const& visit);

}  // namespace umsops::desk
