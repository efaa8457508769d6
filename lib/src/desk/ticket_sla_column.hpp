// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "desk/column_folder.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// Where tickets stand with their due times, made of the columns that decide it: no column has it, since it changes by
/// the passing of time alone.
class SlaColumn {
 public:
  static constexpr std::string_view kName = "sla";

  /// `column_of` finds the column of a field of tickets.
  SlaColumn(base::TimePoint now, std::function<std::size_t(std::string_view)> const& column_of);
  /// As `ColumnReader::read`: ranks of `model::SlaStatus`.
  void read(ColumnReader const& reader, std::int64_t first, std::size_t count, std::int64_t* into);

 private:
  enum Of { policy, status, breach, first_response, response_due, resolution_due, deadline, risk, kCount };
  base::TimePoint now_;
  std::vector<std::size_t> columns_;
  std::vector<std::vector<std::int64_t>> values_;
  model::Ticket ticket_;  ///< one for all rows: only what decides is set
};

}  // namespace umsops::desk
