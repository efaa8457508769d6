// SPDX-License-Identifier: Apache-2.0
#include "umsops/mute/silence.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::mute;

namespace {

base::TimePoint at(std::string_view time) { return *base::parse_rfc3339(time); }

Silence sound() {
  Silence silence;
  silence.id = "S-1";
  silence.matchers = parse_matchers("severity=critical");
  silence.starts_at = at("2026-11-23T09:00:00Z");
  silence.ends_at = at("2026-11-23T10:00:00Z");
  silence.comment = "maintenance";
  return silence;
}

std::string problem_of(Silence const& silence) {
  try {
    refuse_unsound(silence);
  } catch (base::Error const& error) {
    return error.message();
  }
  return "";
}

}  // namespace

TEST_CASE("a silence is pending, then active, then expired") {
  auto silence = sound();
  CHECK(silence.state(at("2026-11-23T08:59:59.999Z")) == SilenceState::pending);
  CHECK(silence.state(at("2026-11-23T09:00:00Z")) == SilenceState::active);
  CHECK(silence.state(at("2026-11-23T09:59:59.999Z")) == SilenceState::active);
  CHECK(silence.state(at("2026-11-23T10:00:00Z")) == SilenceState::expired);
  silence.ends_at.reset();
  CHECK(silence.state(at("2066-11-23T10:00:00Z")) == SilenceState::active);
}

TEST_CASE("a recurring silence is active all the time and mutes in its times") {
  auto silence = sound();
  silence.ends_at.reset();
  silence.intervals = intervals_from_value(base::parse_json(R"([{"weekdays":["saturday"]},{"weekdays":["sunday"]}])"));
  CHECK_FALSE(silence.mutes_at(at("2026-11-27T23:59:59Z")));
  CHECK(silence.state(at("2026-11-27T23:59:59Z")) == SilenceState::active);
  CHECK(silence.mutes_at(at("2026-11-28T00:00:00Z")));
  CHECK(silence.mutes_at(at("2026-11-29T12:00:00Z")));
  CHECK_FALSE(silence.mutes_at(at("2026-11-22T12:00:00Z")));  // before it starts
}

TEST_CASE("what no silence may be") {
  CHECK(problem_of(sound()).empty());
  auto silence = sound();
  silence.matchers.clear();
  CHECK(problem_of(silence) == "matchers: none; a silence needs one or more");
  silence.matchers = parse_matchers("a=~.*,d=\"\"");
  CHECK(problem_of(silence) == "matchers: all of them match an empty value; one must not");
  silence.matchers = parse_matchers("a=~.*,e!=f");  // which all match where the labels are missing
  CHECK(problem_of(silence).empty());
  silence.matchers = parse_matchers("a=~.*,e=f");
  CHECK(problem_of(silence).empty());
  silence.comment = "  ";
  CHECK(problem_of(silence) == "comment: it is empty");
  silence.comment = "a\x1b[31mb";
  CHECK(problem_of(silence) == "comment: control character U+001B at byte 1");
  silence.comment = std::string(1001, 'x');
  CHECK(problem_of(silence) == "comment: longer than 1000 characters");
  silence = sound();
  silence.ends_at = silence.starts_at;
  CHECK(problem_of(silence) == "ends_at: 2026-11-23T09:00:00Z is not behind the start, 2026-11-23T09:00:00Z");
  silence.ends_at = base::TimePoint::max();
  CHECK(problem_of(silence) == "ends_at: not in the years 1970 to 9999");
  silence.incident = "a\nb";
  CHECK(problem_of(silence).find("incident: ") == 0);
}

TEST_CASE("numbers of silences") {
  CHECK(silence_id(3) == "S-3");
  for (auto const* const text : {"S-3", "s-3", "#3", "3"}) CHECK(parse_silence_id(text) == 3);
  for (auto const* const text : {"", "S-", "S--3", "-3", "0", "T-3", "3x", "S-99999999999999999999"})
    CHECK_FALSE(parse_silence_id(text));
}
