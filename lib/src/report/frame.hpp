// SPDX-License-Identifier: Apache-2.0
// Records as columns of numbers: what figures are made of, wherever the records lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "umsops/base/field.hpp"

namespace umsops::report {

/// A value that is absent.
inline constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();
/// A decimal is kept in millionths.
inline constexpr std::int64_t kMillion = 1'000'000;

/// What the numbers of a column are: themselves (integers, millionths, 0 and 1), epoch milliseconds, ranks of a choice,
/// or codes of texts (`Words`).
enum class Kind { number, decimal, time, choice, text };

/// One column that a report needs of its records.
struct Input {
  std::size_t field = 0;  ///< of the source's type
  std::string member;     ///< of an object field
  Kind kind = Kind::number;
  bool is_list = false;  ///< its texts are JSON lists of texts

  bool operator==(Input const& other) const { return field == other.field && member == other.member; }
};

/// Codes of the texts of one column, in the order of their first occurrence.
class Words {
 public:
  std::int64_t code(std::string_view text) {
    auto const found = codes_.find(text);
    if (found != codes_.end()) return found->second;
    texts_.emplace_back(text);
    auto const code = static_cast<std::int64_t>(texts_.size()) - 1;
    codes_.emplace(texts_.back(), code);
    return code;
  }
  std::string const& text(std::int64_t code) const { return texts_[static_cast<std::size_t>(code)]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;  ///< never move: the keys below are views of them
  std::unordered_map<std::string_view, std::int64_t> codes_;
};

/// A value as its column has it.
std::int64_t number_in(base::Value const& value, base::Field const& field, Words& words);

/// Some records: `rows` values in each column, in the order of the plan's inputs.
struct Batch {
  std::size_t rows = 0;
  std::vector<std::int64_t const*> columns;
  std::int64_t const* places = nullptr;  ///< of the records, where they are known
};

/// Most rows of one batch.
inline constexpr std::size_t kBatchRows = 4096;

}  // namespace umsops::report
