// SPDX-License-Identifier: Apache-2.0
#include "config/ics_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "config/ics_lines.hpp"
#include "config/ics_rule.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using calendar::Date;
using std::chrono::days;
using std::chrono::minutes;

constexpr std::size_t kMostDays = 20'000;
constexpr int kMostEvents = 5000;
constexpr int kLongestEvent = 366;
constexpr minutes kDay{1440};

/// A date, or a time of day on it.
struct Moment {
  Date date{};
  minutes of_day{0};
  bool timed = false;
};

struct Event {
  std::int64_t line = 0;
  std::optional<Moment> start, end;
  std::optional<minutes> duration;
  std::optional<IcsRule> rule;
  std::vector<Date> except;
  std::string name;
  bool left_out = false;  ///< cancelled, or unreadable
};

Moment in_zone(Moment const& utc, base::TimeZone const& zone) {
  auto const at = base::TimePoint(utc.date.time_since_epoch() + utc.of_day);
  auto const civil = zone.to_civil(at);
  auto const date = std::chrono::year(civil.year) / civil.month / civil.day;
  return {Date(date), minutes(civil.hour * 60 + civil.minute), true};
}

Moment moment_of(std::string_view text, base::SourceSpot const& spot, base::TimeZone const& zone) {
  auto const date = ics_date(text.substr(0, 8));
  bool const utc = text.ends_with('Z');
  std::string_view const clock = text.substr(std::min<std::size_t>(8, text.size()), std::string_view::npos);
  if (date && clock.empty()) return {*date, minutes(0), false};
  auto const hour = base::parse_integer(clock.substr(std::min<std::size_t>(1, clock.size()), 2), 0, 23);
  auto const minute = base::parse_integer(clock.substr(std::min<std::size_t>(3, clock.size()), 2), 0, 59);
  bool const shape = clock.size() == (utc ? 8U : 7U) && clock.front() == 'T';
  if (!date || !shape || !hour || !minute) {
    throw invalid(spot, fmt::format("{} is no date", echo(text)), "e.g. 20260101 or 20260101T090000Z");
  }
  Moment const out{*date, minutes(60 * *hour + *minute), true};
  return utc ? in_zone(out, zone) : out;
}

/// `P1D`, `P1W`, `PT24H`
minutes duration_of(std::string_view text, base::SourceSpot const& spot) {
  std::string_view rest = text;
  if (rest.starts_with('+')) rest.remove_prefix(1);
  bool good = rest.starts_with('P') && rest.size() > 1;
  if (good) rest.remove_prefix(1);
  minutes out{0};
  while (good && !rest.empty()) {
    if (rest.front() == 'T') {
      rest.remove_prefix(1);
      continue;
    }
    std::size_t const digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    auto const number = base::parse_integer(rest.substr(0, digits), 0, 100'000);
    char const unit = digits < rest.size() ? rest[digits] : '\0';
    int const factor = unit == 'W'   ? 10'080
                       : unit == 'D' ? 1440
                       : unit == 'H' ? 60
                       : unit == 'M' ? 1
                       : unit == 'S' ? 0
                                     : -1;
    good = number && factor >= 0;
    if (!good) break;
    out += minutes(factor * *number);
    rest.remove_prefix(digits + 1);
  }
  if (!good) throw invalid(spot, fmt::format("{} is no duration", echo(text)), "e.g. P1D");
  return out;
}

/// First day and number of the days that the event covers whole.
std::pair<Date, int> whole_days(Event const& event) {
  Moment const start = *event.start;
  Moment end = event.end.value_or(start);
  if (!event.end && event.duration) {
    minutes const all = start.of_day + *event.duration;
    end = {start.date + days(all / kDay), minutes(all % kDay), start.timed};
  } else if (!event.end && !start.timed) {
    end.date += days(1);
  }
  if (end.of_day >= kDay - minutes(1)) end = {end.date + days(1), minutes(0), true};  // until 23:59
  Date const first = start.of_day > minutes(0) ? start.date + days(1) : start.date;
  return {first, static_cast<int>((end.date - first).count())};
}

class Reader {
 public:
  Reader(std::string const& file, base::TimeZone const& zone, Problems& problems)
      : file_(file), zone_(zone), problems_(problems) {}

  void take(IcsLine const& line) {
    if (line.name == "BEGIN") return begin(line);
    if (line.name == "END") return end(line);
    if (open_.empty()) throw invalid(spot(line), "no calendar: it begins with BEGIN:VCALENDAR");
    if (open_.back() != "VEVENT") return;
    try {
      property(line);
    } catch (base::Error const&) {
      event_.left_out = true;  // reported once
      throw;
    }
  }

  std::vector<IcsDay> finish(std::int64_t lines) {
    if (!open_.empty()) problems_.add({file_, lines, 1}, fmt::format("{} has no end", open_.back()));
    if (!seen_) problems_.add({file_, 1, 1}, "no calendar: it begins with BEGIN:VCALENDAR");
    return std::move(days_);
  }

 private:
  base::SourceSpot spot(IcsLine const& line) const { return {file_, line.number, 1}; }

  void begin(IcsLine const& line) {
    if (open_.size() >= 8) throw invalid(spot(line), "components inside components, too deep");
    if (open_.empty() && line.value != "VCALENDAR")
      throw invalid(spot(line), "no calendar: it begins with BEGIN:VCALENDAR");
    seen_ = true;
    open_.push_back(line.value);
    if (line.value == "VEVENT") event_ = Event{.line = line.number};
  }

  void end(IcsLine const& line) {
    if (open_.empty() || open_.back() != line.value) {
      throw invalid(spot(line), fmt::format("END:{} without its beginning", echo(line.value)));
    }
    open_.pop_back();
    if (line.value == "VEVENT") add_event();
  }

  void property(IcsLine const& line) {
    if (line.name == "DTSTART") event_.start = moment_of(line.value, spot(line), zone_);
    if (line.name == "DTEND") event_.end = moment_of(line.value, spot(line), zone_);
    if (line.name == "DURATION") event_.duration = duration_of(line.value, spot(line));
    if (line.name == "RRULE") event_.rule = read_ics_rule(line.value, spot(line));
    if (line.name == "RDATE") throw invalid(spot(line), "RDATE is not read", "write the dates as events of their own");
    if (line.name == "STATUS") event_.left_out = line.value == "CANCELLED";
    if (line.name == "SUMMARY") event_.name = name_of(line);
    if (line.name == "EXDATE") except(line);
  }

  std::string name_of(IcsLine const& line) const {
    std::string name = ics_text(line.value);
    if (auto const problem = base::check_text(name, base::TextShape::line)) {
      throw invalid(spot(line), fmt::format("SUMMARY: {}", problem->what), "the file must be UTF-8");
    }
    return name;
  }

  void except(IcsLine const& line) {
    std::string_view rest = line.value;
    while (!rest.empty()) {
      std::size_t const comma = std::min(rest.find(','), rest.size());
      event_.except.push_back(moment_of(rest.substr(0, comma), spot(line), zone_).date);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }

  void add_event() {
    base::SourceSpot const where{file_, event_.line, 1};
    if (++events_ > kMostEvents) throw invalid(where, fmt::format("more than {} events", kMostEvents));
    if (event_.left_out) return;
    if (!event_.start) throw invalid(where, "an event without DTSTART");
    auto const [first, count] = whole_days(event_);
    if (count > kLongestEvent) throw invalid(where, fmt::format("an event of more than {} days", kLongestEvent));
    auto const shift = first - event_.start->date;
    auto const starts =
        event_.rule ? dates_of(*event_.rule, event_.start->date) : std::vector<Date>{event_.start->date};
    for (Date const start : starts) {
      if (std::find(event_.except.begin(), event_.except.end(), start) != event_.except.end()) continue;
      for (int i = 0; i < count; ++i) days_.push_back({start + shift + days(i), event_.name});
      if (days_.size() > kMostDays) throw invalid(where, fmt::format("more than {} holidays", kMostDays));
    }
  }

  std::string const& file_;
  base::TimeZone const& zone_;
  Problems& problems_;
  std::vector<std::string> open_;
  Event event_;
  std::vector<IcsDay> days_;
  int events_ = 0;
  bool seen_ = false;
};

}  // namespace

std::vector<IcsDay> read_ics(std::string_view text, std::string const& file, base::TimeZone const& zone,
                             Problems& problems) {
  Reader reader(file, zone, problems);
  std::int64_t last = 1;
  each_ics_line(text, file, problems, [&](IcsLine const& line) {
    last = line.number;
    reader.take(line);
  });
  return reader.finish(last);
}

}  // namespace umsops::config
