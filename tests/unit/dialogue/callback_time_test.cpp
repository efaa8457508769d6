// SPDX-License-Identifier: Apache-2.0
#include "dialogue/callback_time.hpp"

#include <catch2/catch.hpp>

using namespace umsops;

namespace {

/// Now is Monday 2026-11-23 10:30 in Shanghai.
std::string read(std::string const& text) {
  auto const zone = base::TimeZone::load("Asia/Shanghai");
  auto const at = dialogue::read_callback_time(text, *base::parse_rfc3339("2026-11-23T02:30:00Z"), zone);
  return at ? zone.format(*at) : "-";
}

}  // namespace

TEST_CASE("when somebody wants to be called") {
  struct Row {
    std::string text, at;
  };
  Row const rows[] = {
      {"now", "2026-11-23 10:30"},
      {"ASAP!", "2026-11-23 10:30"},
      {"尽快", "2026-11-23 10:30"},
      {"15:00", "2026-11-23 15:00"},
      {"1500", "2026-11-23 15:00"},
      {"0900", "2026-11-24 09:00"},
      {"9:30", "2026-11-24 09:30"},
      {"at 3pm", "2026-11-23 15:00"},
      {"3 p.m.", "2026-11-23 15:00"},
      {"3:30 pm", "2026-11-23 15:30"},
      {"12 am", "2026-11-24 00:00"},
      {"12 noon", "2026-11-23 12:00"},
      {"3点", "2026-11-23 15:00"},
      {"下午3点", "2026-11-23 15:00"},
      {"下午三点半", "2026-11-23 15:30"},
      {"上午十点一刻", "2026-11-24 10:15"},
      {"晚上8点20分", "2026-11-23 20:20"},
      {"中午1点", "2026-11-23 13:00"},
      {"tomorrow", "2026-11-24 09:00"},
      {"Tomorrow 9:30", "2026-11-24 09:30"},
      {"tomorrow at 14:00", "2026-11-24 14:00"},
      {"tomorrow morning", "2026-11-24 09:00"},
      {"tomorrow in the afternoon", "2026-11-24 14:00"},
      {"day after tomorrow 10:00", "2026-11-25 10:00"},
      {"明天", "2026-11-24 09:00"},
      {"明天上午9点半", "2026-11-24 09:30"},
      {"明天下午", "2026-11-24 14:00"},
      {"明晚8点", "2026-11-24 20:00"},
      {"后天 10：00", "2026-11-25 10:00"},
      {"today", "2026-11-23 10:30"},
      {"today 16:45", "2026-11-23 16:45"},
      {"今天下午", "2026-11-23 14:00"},
      {"tonight", "2026-11-23 19:00"},
      {"in 2 hours", "2026-11-23 12:30"},
      {"in half an hour", "2026-11-23 11:00"},
      {"45 minutes", "2026-11-23 11:15"},
      {"2h", "2026-11-23 12:30"},
      {"半小时后", "2026-11-23 11:00"},
      {"2小时后", "2026-11-23 12:30"},
      {"两点", "2026-11-23 14:00"},
      {"2026-11-25 08:00", "2026-11-25 08:00"},
      {"2026-11-23T09:00:00Z", "2026-11-23 17:00"},
      {"2026-11-23T17:00:00+08:00", "2026-11-23 17:00"},
      // Not understood, passed, or too far away.
      {"", "-"},
      {"3", "-"},
      {"whenever you like it best", "-"},
      {"today 9:00", "-"},
      {"yesterday", "-"},
      {"25:00", "-"},
      {"9:75", "-"},
      {"2460", "-"},
      {"99999", "-"},
      {"15:00 15:00", "-"},
      {"2027-11-23 09:00", "-"},
      {"999999999999h", "-"},
      {"2020-01-01", "-"},
      {"tomorrowish", "-"},
  };
  for (auto const& row : rows) {
    INFO(row.text);
    CHECK(read(row.text) == row.at);
  }
}

TEST_CASE("a call is wanted at an hour that the clocks leave out, or have twice") {
  auto const zone = base::TimeZone::load("Europe/Berlin");
  auto const gap =
      dialogue::read_callback_time("tomorrow 02:30 am", *base::parse_rfc3339("2026-03-28T12:00:00Z"), zone);
  REQUIRE(gap);
  CHECK(zone.format(*gap) == "2026-03-29 03:30");
  auto const twice =
      dialogue::read_callback_time("tomorrow 02:30 am", *base::parse_rfc3339("2026-10-24T12:00:00Z"), zone);
  REQUIRE(twice);
  CHECK(base::format_rfc3339(*twice) == "2026-10-25T00:30:00Z");
}
