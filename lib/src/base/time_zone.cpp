// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/time_zone.hpp"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <algorithm>
#include <filesystem>

#include "base/digits.hpp"
#include "umsops/base/error.hpp"

namespace umsops::base {

struct TimeZone::Rules {
  absl::TimeZone zone;
};

namespace {

absl::Time to_absl(TimePoint at) { return absl::FromUnixMillis(at.time_since_epoch().count()); }
TimePoint from_absl(absl::Time at) { return TimePoint(Milliseconds(absl::ToUnixMillis(at))); }

/// `Asia/Shanghai`, `Etc/GMT+8`, `UTC`: never a path out of the zone database.
bool is_iana_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '/' || name.find("..") != std::string_view::npos)
    return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '+';
  });
}

/// The name of the zone that the host is set to, which its rules do not tell; empty: /etc/localtime leads to none.
std::string host_zone() {
  std::error_code problem;
  auto const target = std::filesystem::read_symlink("/etc/localtime", problem).string();
  constexpr std::string_view kDatabase = "/zoneinfo/";
  auto const at = target.find(kDatabase);
  return at == std::string::npos ? std::string() : target.substr(at + kDatabase.size());
}

bool names_utc(std::string_view name) { return name == "UTC" || name == "Z" || name == "Etc/UTC"; }

/// Without Abseil, which makes the rules of UTC at their first use.
CivilTime utc_civil(TimePoint at) {
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{at - day};
  return {int(date.year()),
          static_cast<int>(unsigned(date.month())),
          static_cast<int>(unsigned(date.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count())};
}

}  // namespace

TimeZone::TimeZone() : name_("UTC") {}

TimeZone TimeZone::load(std::string_view name) {
  TimeZone out;
  if (names_utc(name)) return out;
  absl::TimeZone zone;
  if (!is_iana_name(name) || !absl::LoadTimeZone(std::string(name), &zone)) {
    throw Error(errors::time_unknown_zone, {{"zone", std::string(name.substr(0, 80))}});
  }
  out.rules_ = std::make_shared<Rules const>(Rules{zone});
  out.name_ = std::string(name);
  return out;
}

TimeZone TimeZone::local(std::string_view tz_variable) {
  if (!tz_variable.empty() && tz_variable.front() == ':') tz_variable.remove_prefix(1);
  std::string const name = tz_variable.empty() ? host_zone() : std::string(tz_variable);
  TimeZone out;
  if (names_utc(name)) return out;
  absl::TimeZone zone;
  if (is_iana_name(name) && absl::LoadTimeZone(name, &zone)) {
    out.name_ = name;
  } else {
    if (!tz_variable.empty()) return out;
    zone = absl::LocalTimeZone();
    if (zone == absl::UTCTimeZone()) return out;
    out.name_ = zone.name().find("localtime") != std::string::npos ? "local" : zone.name();
  }
  out.rules_ = std::make_shared<Rules const>(Rules{zone});
  return out;
}

CivilTime TimeZone::to_civil(TimePoint at) const {
  if (is_utc()) return utc_civil(at);
  absl::CivilSecond const c = absl::ToCivilSecond(to_absl(at), rules_->zone);
  return {static_cast<int>(c.year()), c.month(), c.day(), c.hour(), c.minute(), c.second()};
}

TimeZone::Readings TimeZone::to_instants(CivilTime const& c) const {
  absl::TimeZone const zone = rules_ ? rules_->zone : absl::UTCTimeZone();
  auto const info = zone.At(absl::CivilSecond(c.year, c.month, c.day, c.hour, c.minute, c.second));
  using Kind = absl::TimeZone::TimeInfo;
  if (info.kind == Kind::UNIQUE) return {{from_absl(info.pre)}, false};
  // In a gap the reading by the rules after it is the earlier instant.
  if (info.kind == Kind::SKIPPED) return {{from_absl(info.post), from_absl(info.pre)}, true};
  return {{from_absl(info.pre), from_absl(info.post)}, false};
}

TimePoint TimeZone::first_at(CivilTime const& c) const {
  absl::TimeZone const zone = rules_ ? rules_->zone : absl::UTCTimeZone();
  auto const info = zone.At(absl::CivilSecond(c.year, c.month, c.day, c.hour, c.minute, c.second));
  return from_absl(info.kind == absl::TimeZone::TimeInfo::SKIPPED ? info.trans : info.pre);
}

std::string TimeZone::format(TimePoint at) const {
  CivilTime const c = to_civil(at);
  char rest[] = "-MM-DD hh:mm";
  put_digits(rest + 1, c.month, 2);
  put_digits(rest + 4, c.day, 2);
  put_digits(rest + 7, c.hour, 2);
  put_digits(rest + 10, c.minute, 2);
  return std::to_string(c.year) + rest;
}

}  // namespace umsops::base
