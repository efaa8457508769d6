// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"

namespace umsops::model {

/// How numbers of records are written: `T-{seq:6}`, `UMS-{yyyy}{seq:5}`.
class NumberFormat {
 public:
  /// Throws `config.invalid` unless there is exactly one {seq} and the rest is letters, digits and `-_./`.
  explicit NumberFormat(std::string_view pattern);

  std::string render(std::int64_t counter, base::TimePoint at) const;
  /// What a person typed for a number, as it is stored: `t-123`, `T123` → `T-000123`. nullopt: it is no such number.
  std::optional<std::string> normalise(std::string_view typed) const;
  /// The counter in a number of this format.
  std::optional<std::int64_t> counter(std::string_view number) const;

 private:
  struct Part {
    enum class Kind { text, counter, year, month } kind;
    std::string text;
    std::size_t digits = 0;
  };
  std::optional<std::string> match(std::string_view typed, std::int64_t* counter) const;

  std::vector<Part> parts_;
};

bool is_number_format(std::string_view pattern);

/// Whether both are one number whatever format it was given in: the case of letters and leading zeros do not count.
bool same_number(std::string_view a, std::string_view b);

}  // namespace umsops::model
