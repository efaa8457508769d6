// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time_zone.hpp"
#include "umsops/report/table.hpp"

namespace umsops::desk {

class OpenDesk;

/// What a report looks at, beside what its definition says.
struct ReportOptions {
  std::optional<base::TimePoint> since, until;  ///< absent: as the definition says, up to now
  base::TimeZone zone;                          ///< days are days of this zone
  std::optional<base::TimePoint> as_of;         ///< what was stored then, from the history
  bool compare = false;                         ///< with the period before
  bool brief = false;                           ///< without the figures that only -o wide and programs are shown
};

/// How one figure of a report is made.
struct ReportFigure {
  report::BothTexts words;  ///< in a sentence
  std::string sql;          ///< over the whole period, for the store of the desk; empty: of a group, or without a table
};

/// Tickets as columns beside the store, for reports over many of them.
struct ReportColumns {
  std::string folder;
  std::int64_t rows = 0;     ///< tickets in them
  std::int64_t renewed = 0;  ///< so many were written, new ones and changed ones
  bool busy = false;         ///< another process is at it
};

/// A report as a message, with its page beside the text.
struct ReportMail {
  std::string report, title;
  std::string text;        ///< for who does not open the page
  std::string file, page;  ///< name and content, HTML
};

/// Figures over the store.
class ReportDesk {
 public:
  explicit ReportDesk(OpenDesk& desk) : desk_(desk) {}

  /// Throws `field.unknown`, `filter.syntax` or `usage.bad_value` for a definition that does not fit its source.
  report::Result run(report::Definition const& definition, ReportOptions const& options);
  /// The names of its columns.
  std::vector<std::string> columns(report::Definition const& definition, ReportOptions const& options);
  /// Throws `field.unknown` for a column that the report has not.
  ReportFigure explain(report::Definition const& definition, std::string_view column, ReportOptions const& options);

  /// Makes the columns, or takes in what changed; nullopt: a store on a server has none. Reports use them where they
  /// are there, and read what changed since from the store: the figures are the same. They may be removed at any time.
  std::optional<ReportColumns> keep_columns();

  /// The zone by whose days tickets are counted in the store; empty: they are not.
  std::string days_of();
  /// Counts all tickets by the days of that zone, now and from now on.
  void count_days_of(base::TimeZone const& zone);
  /// Counts them anew where the counts are wrong; whether they were.
  bool repair_counts();

  /// Puts it into the outbox for an address, a person, `team:NAME`, `oncall:NAME`, `channel:NAME` or an audience, and
  /// gives the message's id; a dry run stores nothing and gives none. Throws `outbox.no_channels`, and
  /// `usage.bad_value` for who cannot be reached.
  std::string send(ReportMail const& mail, std::string const& recipient, bool dry_run);

 private:
  report::Table run_one(report::Definition const& definition, ReportOptions const& options);

  OpenDesk& desk_;
};

}  // namespace umsops::desk
