// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "report/frame.hpp"
#include "umsops/query/query.hpp"

namespace umsops::report {

/// A filter over columns of numbers; it lets pass what the store's SQL does (store/filter_sql.cpp), record by record.
class Mask {
 public:
  /// There is an input for each field of the filter, and `words` for each input; these may grow.
  Mask(query::Filter const& filter, base::RecordType const& type, std::vector<Input> const& inputs,
       std::vector<Words> const& words);
  ~Mask();
  Mask(Mask&&) noexcept;

  /// 1 for each record that passes, else 0. `passed` has `batch.rows` places.
  void apply(Batch const& batch, std::uint8_t* passed);

 private:
  class Node;
  std::unique_ptr<Node> root_;
};

}  // namespace umsops::report
