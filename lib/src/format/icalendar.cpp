// SPDX-License-Identifier: Apache-2.0
#include "umsops/format/icalendar.hpp"

namespace umsops::format {
namespace {

constexpr std::size_t kLongestLine = 75;  // octets, without the line's end

std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {
      out += c;
    }
  }
  return out;
}

/// `20261123T093000Z`
std::string stamp_of(base::TimePoint at) {
  std::string out;
  for (char const c : base::format_rfc3339(std::chrono::floor<std::chrono::seconds>(at))) {
    if (c != '-' && c != ':') out += c;
  }
  return out;
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Writes one content line, folded where a character ends.
void write_line(Sink& sink, std::string_view line) {
  std::size_t room = kLongestLine;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 0 && continues_character(line[cut])) --cut;
    sink.write(line.substr(0, cut));
    sink.write("\r\n ");
    line.remove_prefix(cut);
    room = kLongestLine - 1;
  }
  sink.write(line);
  sink.write("\r\n");
}

}  // namespace

void write_calendar(Sink& sink, std::vector<CalendarEvent> const& events, base::TimePoint stamp) {
  for (auto const* const line :
       {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//umsops//on call//EN", "CALSCALE:GREGORIAN"}) {
    write_line(sink, line);
  }
  if (events.empty()) {  // a calendar has one component at least
    for (auto const* const line : {"BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
                                   "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"}) {
      write_line(sink, line);
    }
  }
  for (auto const& event : events) {
    write_line(sink, "BEGIN:VEVENT");
    write_line(sink, "UID:" + escaped(event.uid));
    write_line(sink, "DTSTAMP:" + stamp_of(stamp));
    write_line(sink, "DTSTART:" + stamp_of(event.begin));
    write_line(sink, "DTEND:" + stamp_of(event.end));
    write_line(sink, "SUMMARY:" + escaped(event.summary));
    if (!event.description.empty()) write_line(sink, "DESCRIPTION:" + escaped(event.description));
    write_line(sink, "TRANSP:TRANSPARENT");
    write_line(sink, "END:VEVENT");
  }
  write_line(sink, "END:VCALENDAR");
}

}  // namespace umsops::format
