// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"

namespace umsops::base {

/// A calendar day and time of day without a zone.
struct CivilTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  auto operator<=>(CivilTime const&) const = default;
};

/// One IANA time zone. Cheap to copy; the rules behind it are shared and never change.
class TimeZone {
 public:
  /// UTC: needs no file.
  TimeZone();
  /// Reads the zone from the system's zone database. Throws `time.unknown_zone`.
  static TimeZone load(std::string_view name);
  /// The zone of this process: `TZ`, else /etc/localtime, else UTC. A POSIX-form TZ is read as UTC.
  static TimeZone local(std::string_view tz_variable);

  std::string const& name() const { return name_; }
  /// True when every day has 24 hours and begins with that of `sys_days`.
  bool is_utc() const { return !rules_; }
  CivilTime to_civil(TimePoint at) const;
  /// The instants a civil time can mean: one, none in a DST gap (then the two instants around the gap), two in an
  /// overlap.
  struct Readings {
    std::vector<TimePoint> at;
    bool gap = false;
  };
  Readings to_instants(CivilTime const& civil) const;
  /// The first instant at which a local clock shows this time or a later one: the earlier reading in an overlap, the
  /// jump itself in a gap. Monotonic in the civil time; hour 24 is hour 0 of the next day.
  TimePoint first_at(CivilTime const& civil) const;
  /// `2026-11-23 17:30` in this zone: what tables show.
  std::string format(TimePoint at) const;

 private:
  struct Rules;
  std::shared_ptr<Rules const> rules_;
  std::string name_;
};

}  // namespace umsops::base
