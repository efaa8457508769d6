// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/format/output.hpp"

namespace umsops::format {

/// Null, an empty list or an empty object: not shown to people.
bool says_nothing(base::Value const& value);

/// Lines of at most `cells` terminal cells: broken at blanks, and between wide characters. Blanks at a break go away.
std::vector<std::string> wrap_cells(std::string_view line, std::size_t cells, int ambiguous);

/// One record for people: `LABEL  value` lines, long values as a block beside their label. Empty values are left out.
/// Wraps on a terminal only.
class RecordBlock {
 public:
  explicit RecordBlock(Style const& style) : style_(style) {}
  void add(std::string_view label, base::Value const& value);
  std::string text() const;

 private:
  std::string people(base::Value const& value) const;
  void append_value(std::string& out, std::string_view value) const;

  Style const& style_;
  std::size_t width_ = 0;  ///< of the widest label
  std::vector<std::pair<std::string, std::string>> lines_;
};

}  // namespace umsops::format
