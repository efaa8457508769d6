// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "umsops/base/field.hpp"

namespace umsops::report {

/// What reports are made from.
struct Source {
  std::string_view name;  ///< `tickets`
  std::string_view doc, doc_zh;
  base::RecordType const& (*type)();  ///< its fields, and behind them what only reports know of such records
  std::string_view time;              ///< the time that puts a record into a period
  std::string_view number;            ///< what a list's rows are called by; empty: nothing
  std::string_view state;             ///< a choice, of which the last so many mean that no further value will come;
  std::size_t finished = 0;           ///< empty: none does
  std::string_view only = {};         ///< a filter: what it leaves out counts in no report
  bool has_past = true;               ///< what stood at a past moment can be told
};

std::span<Source const> sources();
/// Throws `usage.bad_value` with the nearest name.
Source const& require_source(std::string_view name);

}  // namespace umsops::report
