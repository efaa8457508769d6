// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/text.hpp"
#include "umsops/format/icalendar.hpp"
#include "unit/format/fixture.hpp"

using namespace umsops;
using namespace umsops::tests;

namespace {

std::string calendar(std::vector<format::CalendarEvent> const& events) {
  Text text;
  format::write_calendar(text, events, base::parse_rfc3339("2026-11-23T09:30:00.123Z").value());
  return text.text;
}

format::CalendarEvent event(std::string summary) {
  return {"u@umsops", base::parse_rfc3339("2026-11-23T09:00:00Z").value(),
          base::parse_rfc3339("2026-11-23T10:00:00.9Z").value(), std::move(summary), ""};
}

/// The summary as a reader of calendars gets it: lines joined, escapes undone.
std::string summary_read_back(std::string text) {
  for (std::size_t at; (at = text.find("\r\n ")) != std::string::npos;) text.erase(at, 3);
  auto const begin = text.find("SUMMARY:") + 8;
  std::string const line = text.substr(begin, text.find("\r\n", begin) - begin);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    bool const escape = line[i] == '\\' && i + 1 < line.size();
    out += escape ? (line[++i] == 'n' ? '\n' : line[i]) : line[i];
  }
  return out;
}

}  // namespace

TEST_CASE("a calendar of one event") {
  CHECK(calendar({event("primary: li.na")}) ==
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//umsops//on "
        "call//EN\r\nCALSCALE:GREGORIAN\r\nBEGIN:VEVENT\r\nUID:u@umsops\r\n"
        "DTSTAMP:20261123T093000Z\r\nDTSTART:20261123T090000Z\r\nDTEND:20261123T100000Z\r\nSUMMARY:primary: li.na\r\n"
        "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST_CASE("any text comes back, in lines of up to 75 octets, each of whole characters") {
  std::mt19937 random(7);
  std::string const parts[] = {"a", ",", ";", "\\", "\n", "李", "😀", "é", " ", "n"};
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (auto length = random() % 120; length > 0; --length) text += parts[random() % std::size(parts)];
    auto const written = calendar({event(text)});
    REQUIRE(summary_read_back(written) == text);
    for (std::size_t at = 0; at < written.size();) {
      auto const end = written.find("\r\n", at);
      REQUIRE(end - at <= 75);
      REQUIRE(!base::check_text(written.substr(at, end - at), base::TextShape::line));
      at = end + 2;
    }
  }
}

TEST_CASE("a calendar without events still has a component") {
  CHECK(calendar({}).find("BEGIN:VTIMEZONE") != std::string::npos);
}
