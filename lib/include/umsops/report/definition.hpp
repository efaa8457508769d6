// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace umsops::report {

/// How a figure is made of the records of a group.
///   n               how many
///   share           of those `among`, the part that `where` holds for: 0 to 1
///   sum, mean       of the values that are there
///   median          the middle value; of an even number the mean of the middle two
///   p90, p95        nearest rank: the smallest value that 90 (95) of 100 do not exceed
///   min, max        also of times
///   ratio           sum of one field by the sum of another, or by `n`
///   balance         at the end of each period, how many have begun and not ended: `balance:created_at..resolved_at`
///   count, pending, not_applicable, invalid   values that are there; that may still come; that never will; of spans
///                   that end before they begin, which no other function takes
enum class Function {
  n,
  share,
  sum,
  mean,
  median,
  p90,
  p95,
  min,
  max,
  ratio,
  balance,
  count,
  pending,
  not_applicable,
  invalid
};
std::span<std::string_view const> function_names();

/// What is measured: a field, or the minutes from one time to another. `to` may be `now`.
struct Subject {
  std::string from, to;  ///< `to` empty: the field `from` itself
  bool operator==(Subject const&) const = default;
};

/// A text in both languages; an empty one in Chinese is the other.
struct BothTexts {
  std::string en, zh;
};

/// One figure of each row.
struct Measure {
  std::string name;  ///< of the column: small letters, digits, `_`
  Function function = Function::n;
  Subject of, per;           ///< `per` divides, of a ratio
  std::string where, among;  ///< filters; empty: all
  std::string at;          ///< the time that puts a record into the period: a field, `any`, or empty: the report's own
  std::int64_t scale = 1;  ///< the figure times this: 100 gives percents
  bool aside = false;      ///< not a column of `-o table`
  BothTexts doc, label;
};

/// What a group goes by: a field as it is, a part of a time in the report's zone, or the band of a span.
enum class Part { value, date, week, month, quarter, year, weekday, hour, band };
std::span<std::string_view const> part_names();
/// Such parts follow each other in time without end.
constexpr bool is_period(Part part) { return part >= Part::date && part <= Part::year; }

struct Group {
  std::string name;
  Part part = Part::value;
  Subject of;                       ///< the field, the time (empty: the measure's own), or the span of a band
  std::vector<std::int64_t> bands;  ///< in minutes, ascending: where the next band begins
  BothTexts label;
};

/// A report as data: figures over groups of records, a list of records, or other reports one below the other.
struct Definition {
  std::string name;
  BothTexts title, doc;
  std::string from;                   ///< name of the source, see `sources()`
  std::string time;                   ///< the time that puts a record into the period; empty: the source's own
  std::string since;                  ///< the period's begin when nobody gives one, e.g. `-30d`; `any`: no period
  std::string where;                  ///< a filter; empty: all
  std::vector<Group> by;              ///< none: one row
  std::vector<Measure> measures;      ///< none: a list of records
  std::vector<std::string> fields;    ///< of a list
  std::string sort;                   ///< columns, `-` before one for descending; empty: by the groups
  std::string having;                 ///< a filter over the columns that are made; empty: all rows
  std::optional<std::int64_t> limit;  ///< most rows
  bool fill = false;                  ///< a row also for periods without records; of one group that is a period
  std::string schema;                 ///< of its JSON; empty: the one of all
  std::vector<Definition> sections;   ///< of a composition, which has nothing else of the above but `since`
};

/// Most groups and measures of one report, sections of a composition, and rows that a report may have.
inline constexpr std::size_t kMostGroups = 4, kMostMeasures = 60, kMostSections = 24;
inline constexpr std::size_t kMostRows = 1'000'000;

/// Whether the definition fits its source. Throws `field.unknown`, `filter.syntax` or `usage.bad_value`.
void check(Definition const& definition);

/// `n`, `p90:resolution_time_minutes`, `mean:detected_at..recovered_at`, `share:status=CLOSED`,
/// `ratio:worked_count/used_count`, each also with its name before it: `closed=share:status=CLOSED`. Throws
/// `usage.bad_value`; fields are not looked up.
Measure parse_measure(std::string_view text);
/// `category`, `month`, `week:resolved_at`, `attributes.site`, `age`, `band:created_at..resolved_at`.
Group parse_group(std::string_view text);
/// Lists of them. A comma divides measures where a function follows, so that filters may have commas, too.
std::vector<Measure> parse_measures(std::string_view text);
std::vector<Group> parse_groups(std::string_view text);
/// As `parse_measure` and `parse_group` read it, without the name.
std::string text_of(Measure const& measure);
std::string text_of(Group const& group);
std::string text_of(Subject const& subject);

}  // namespace umsops::report
