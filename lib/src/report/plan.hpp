// SPDX-License-Identifier: Apache-2.0
// A definition with its names looked up: what is read of each record, and what is made of it.
#pragma once

#include <optional>
#include <vector>

#include "report/frame.hpp"
#include "umsops/base/time_zone.hpp"
#include "umsops/query/query.hpp"
#include "umsops/report/definition.hpp"
#include "umsops/report/source.hpp"

namespace umsops::report {

/// When and where a report is made.
struct Context {
  base::TimePoint now{};
  base::TimeZone zone;
  std::optional<base::TimePoint> since, until;  ///< the period, [since, until)
  bool by_id = false;                           ///< the records' ids are read, too
  bool brief = false;                           ///< without the figures that stand aside
  base::Milliseconds shift{0};  ///< later by so much, a period stands beside the one it is compared with
};

/// Who looks at the filter of all records: the store while it reads, or whoever makes the figures.
enum class Where { store, here };

/// Records get into the period, and into the parts of time, by one of their times; none: all are in it.
struct View {
  std::optional<std::size_t> time;  ///< an input
  bool operator==(View const&) const = default;
};

/// What is measured: an input, or the span between two times.
struct Measured {
  std::size_t from = 0;
  std::optional<std::size_t> to;  ///< of a span; none: it lasts until now
  bool is_span = false;
  bool operator==(Measured const&) const = default;
};

/// Numbers that are gathered for each group.
struct Series {
  std::size_t view = 0;
  std::optional<std::size_t> mask;  ///< of `Plan::masks`; none: all records of the group
  std::optional<Measured> measured;
  bool sample = false;   ///< ranks are asked
  bool balance = false;  ///< counted where it begins, and taken off where it ends
};

struct Figure {
  Measure measure;
  std::size_t series = 0, other = 0;  ///< `other` divides, of a share or ratio
};

/// What a group goes by.
struct GroupKey {
  Group group;
  std::optional<std::size_t> input;  ///< none: the time of the view
  std::optional<Measured> span;      ///< of a band
};

struct SortBy {
  std::size_t column = 0;  ///< of the table, groups first
  bool descending = false;
};

struct Plan {
  Definition definition;
  Source const* source = nullptr;
  Context context;
  Where filtered = Where::store;
  std::vector<Input> inputs;
  query::Filter where;
  std::vector<View> views;  ///< the first is that of the report
  std::vector<query::Filter> masks;
  std::vector<GroupKey> keys;
  std::vector<Series> series;
  std::vector<Figure> figures;
  std::vector<std::size_t> listed;  ///< inputs that are the columns of a list
  std::vector<SortBy> sort;
  std::optional<std::size_t> id;     ///< the input, where it is asked for
  std::optional<std::size_t> state;  ///< the input that tells whether a value may still come

  base::RecordType const& type() const { return source->type(); }
  base::Field const& field_of(std::size_t input) const { return type().fields[inputs[input].field]; }
  bool is_list() const { return definition.measures.empty(); }
  /// The columns of the table: groups and figures, or what a list shows.
  std::size_t width() const { return is_list() ? listed.size() : keys.size() + figures.size(); }
  std::string column_name(std::size_t column) const;
  /// What has to hold for a record that the report needs.
  query::Filter fetch() const;
};

/// Throws `field.unknown`, `filter.syntax` or `usage.bad_value`.
Plan make_plan(Definition const& definition, Context const& context, Where filtered);

/// The first moment of the day, week, month, ... that this moment is in.
base::TimePoint period_begin(base::TimeZone const& zone, Part part, base::TimePoint at);

/// A `Kind` for values of such a field.
Kind kind_of(base::FieldType type);
/// What a column is called that tells of a subject's values: `resolution_time_minutes`, `detected_to_recovered`.
std::string subject_name(Subject const& subject);

}  // namespace umsops::report
