// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "umsops/desk/spool.hpp"

namespace umsops::desk {

/// The report as a line, without its end.
std::string spool_line(SpooledReport const& report, std::optional<SpoolRefusal> const& refused = {});

/// Whether a target is this desk. A path that leads to the same file by other links is.
class SpoolTarget {
 public:
  explicit SpoolTarget(std::string own) : own_(std::move(own)) {}
  SpoolPlace place_of(std::string const& target);

 private:
  std::string own_;
  std::unordered_map<std::string, bool> known_;
};

/// The lines of a spool's text, one after the other.
class SpoolLines {
 public:
  SpoolLines(std::string path, std::string_view text) : path_(std::move(path)), rest_(text) {}

  /// False: there is none left. Empty lines are passed over.
  bool next();
  std::string_view line() const { return line_; }
  SpoolEntry entry(SpoolTarget& target) const;
  base::SourceSpot spot() const { return {path_, number_, 0}; }

 private:
  std::string path_;
  std::string_view rest_, line_;
  std::int64_t number_ = 0;
};

}  // namespace umsops::desk
