// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/report/definition.hpp"

namespace umsops::config {

/// A report as its file has it. A section that is a name alone, or has nothing but a title beside it, stands for the
/// report of that name.
struct WrittenReport {
  report::Definition definition;
  NodeSpot spot;
  struct Section {
    std::string name;  ///< of another report; empty: written here
    NodeSpot spot;
  };
  std::vector<Section> sections;  ///< of `definition.sections`, one by one
};

/// Reads one file; all errors go to `problems`.
std::vector<WrittenReport> read_report_text(std::string_view text, std::string const& file, Problems& problems);

/// The definition fits its source: names of fields, filters, what may be measured.
void check_report(WrittenReport const& written, Problems& problems);

/// Looks up the sections among `written`, built-in ones before others. `whole`: names that are not there are errors.
std::vector<report::Definition> join_reports(std::vector<WrittenReport> written, bool whole, Problems& problems);

}  // namespace umsops::config
