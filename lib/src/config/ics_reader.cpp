// SPDX-License-Identifier: Apache-2.0
#include "config/ics_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "config/ics_lines.hpp"
#include "config/ics_rule.hpp"
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

struct Event {
  std::int64_t line = 0;
  std::optional<IcsMoment> start, end;
  std::optional<minutes> duration;
  std::optional<IcsRule> rule;
  std::vector<Date> except, also;
  std::string name, uid;
  std::optional<Date> replaces;  ///< the occurrence that stands elsewhere, or not at all
  bool cancelled = false, unreadable = false;
};

/// First day and number of the days that the event covers whole.
std::pair<Date, int> whole_days(Event const& event) {
  IcsMoment const start = *event.start;
  IcsMoment end = event.end.value_or(start);
  if (!event.end && event.duration) {
    minutes const all = start.of_day + *event.duration;
    end = {start.date + days(all / kDay), minutes(all % kDay), start.timed};
  } else if (!start.timed && end.date == start.date) {
    end.date += days(1);  // no end, or an end on the same day, as many write it for one day
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
      event_.unreadable = true;  // reported once
      throw;
    }
  }

  std::vector<IcsDay> finish(std::int64_t lines) {
    if (!open_.empty()) problems_.add({file_, lines, 1}, fmt::format("{} has no end", open_.back()));
    if (!seen_) problems_.add({file_, 1, 1}, "no calendar: it begins with BEGIN:VCALENDAR");
    for (auto const& event : all_) problems_.guard([&] { place(event); });
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
    if (line.name == "DTSTART") event_.start = ics_moment(line.value, spot(line), zone_);
    if (line.name == "DTEND") event_.end = ics_moment(line.value, spot(line), zone_);
    if (line.name == "DURATION") event_.duration = ics_duration(line.value, spot(line));
    if (line.name == "RRULE") event_.rule = read_ics_rule(line.value, spot(line), zone_);
    if (line.name == "STATUS") event_.cancelled = line.value == "CANCELLED";
    if (line.name == "SUMMARY") event_.name = name_of(line);
    if (line.name == "UID") event_.uid = line.value;
    if (line.name == "EXDATE") add_dates(line, event_.except);
    if (line.name == "RDATE") add_dates(line, event_.also);
    if (line.name == "RECURRENCE-ID") event_.replaces = ics_moment(line.value, spot(line), zone_).date;
  }

  std::string name_of(IcsLine const& line) const {
    std::string name = ics_text(line.value);
    if (auto const problem = base::check_text(name, base::TextShape::line)) {
      throw invalid(spot(line), fmt::format("SUMMARY: {}", problem->what), "the file must be UTF-8");
    }
    return name;
  }

  /// Dates with commas between them; of a period its beginning.
  void add_dates(IcsLine const& line, std::vector<Date>& out) const {
    std::string_view rest = line.value;
    while (!rest.empty()) {
      std::size_t const comma = std::min(rest.find(','), rest.size());
      std::string_view const one = rest.substr(0, comma);
      out.push_back(ics_moment(one.substr(0, one.find('/')), spot(line), zone_).date);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }

  void add_event() {
    base::SourceSpot const where{file_, event_.line, 1};
    if (++events_ > kMostEvents) throw invalid(where, fmt::format("more than {} events", kMostEvents));
    if (event_.unreadable) return;
    if (event_.replaces) {
      if (event_.uid.empty()) throw invalid(where, "RECURRENCE-ID without UID: nobody knows what it replaces");
      replaced_.emplace(event_.uid, *event_.replaces);
    }
    if (!event_.cancelled) all_.push_back(std::move(event_));
  }

  /// The days of an event. Only now are all occurrences known that stand elsewhere, wherever the file tells of them.
  void place(Event const& event) {
    base::SourceSpot const where{file_, event.line, 1};
    if (!event.start) throw invalid(where, "an event without DTSTART");
    auto const [first, count] = whole_days(event);
    if (count > kLongestEvent) throw invalid(where, fmt::format("an event of more than {} days", kLongestEvent));
    if (count <= 0 && lasts_no_time(event)) {
      throw invalid(where, "an event without length", "write DTEND as the day behind its last one, or leave it out");
    }
    auto const shift = first - event.start->date;
    for (Date const start : starts_of(event)) {
      for (int i = 0; i < count; ++i) days_.push_back({start + shift + days(i), event.name});
      if (days_.size() > kMostDays) throw invalid(where, fmt::format("more than {} holidays", kMostDays));
    }
  }

  static bool lasts_no_time(Event const& event) {
    if (event.end)
      return std::pair(event.end->date, event.end->of_day) <= std::pair(event.start->date, event.start->of_day);
    return event.duration && *event.duration <= minutes(0);
  }

  std::vector<Date> starts_of(Event const& event) const {
    auto starts =
        event.rule ? dates_of(*event.rule, *event.start, kMostDays + 1) : std::vector<Date>{event.start->date};
    starts.insert(starts.end(), event.also.begin(), event.also.end());
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
    std::erase_if(starts, [&](Date start) {
      if (std::find(event.except.begin(), event.except.end(), start) != event.except.end()) return true;
      return !event.replaces && replaced_.contains({event.uid, start});
    });
    return starts;
  }

  std::string const& file_;
  base::TimeZone const& zone_;
  Problems& problems_;
  std::vector<std::string> open_;
  Event event_;
  std::vector<Event> all_;
  std::set<std::pair<std::string, Date>> replaced_;  ///< occurrences, by UID, that stand elsewhere or not at all
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
