// SPDX-License-Identifier: Apache-2.0
#include "config/calendar_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "config/ics_reader.hpp"
#include "config/ics_rule.hpp"
#include "umsops/base/date.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using calendar::CalendarSource;
using calendar::Date;
using calendar::DayRule;
using calendar::Window;
using std::chrono::days;

constexpr int kLongestHoliday = 366;
constexpr std::size_t kMostRules = 4000;
constexpr std::string_view kWeekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// `09:00`, `24:00`; minutes of the day.
std::optional<int> minute_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  auto const hour = base::parse_integer(text.substr(0, 2), 0, 24);
  auto const minute = base::parse_integer(text.substr(3, 2), 0, 59);
  if (!hour || !minute || (*hour == 24 && *minute > 0)) return std::nullopt;
  return static_cast<int>(*hour * 60 + *minute);
}

Window window_of(std::string_view text, base::SourceSpot const& spot) {
  auto const from = minute_of(text.substr(0, 5));
  auto const to = text.size() == 11 && text[5] == '-' ? minute_of(text.substr(6)) : std::nullopt;
  if (!from || !to) throw invalid(spot, fmt::format("{} is no window", echo(text)), "e.g. 09:00-12:00, 13:30-24:00");
  if (*from == *to) throw invalid(spot, fmt::format("{} is empty", echo(text)), "the whole day is 00:00-24:00");
  if (*from > *to) {
    std::string const begin(text.substr(0, 5)), end(text.substr(6));
    throw invalid(spot, fmt::format("{} goes over midnight", echo(text)),
                  *to == 0 ? fmt::format("write {}-24:00", begin)
                           : fmt::format("split it: {}-24:00, and 00:00-{} on the day behind it", begin, end));
  }
  return {*from, *to};
}

std::vector<Window> windows_of(Node const& node) {
  std::vector<Window> out;
  auto const add = [&](Node const& item) {
    out.push_back(window_of(text_of(item), item.spot));
    try {
      calendar::in_order(out);
    } catch (base::Error const&) {
      throw invalid(item.spot, fmt::format("{} overlaps another window of the day", echo(item.scalar)));
    }
  };
  if (node.kind == Node::Kind::scalar) add(node);
  if (node.kind != Node::Kind::scalar && node.kind != Node::Kind::list) {
    throw invalid(node.spot, "expected a list of windows", "e.g. [\"09:00-12:00\", \"13:30-18:00\"]");
  }
  for (auto const& item : node.items) add(item);
  return calendar::in_order(std::move(out));
}

/// `mon`, `mon-fri`: first and last, from 0.
std::pair<std::size_t, std::size_t> weekdays_of(Node const& key) {
  std::string const word = base::fold(key.scalar);
  std::size_t const dash = std::min(word.find('-'), word.size());
  auto const index = [&](std::string_view name) {
    auto const at = std::find(std::begin(kWeekdays), std::end(kWeekdays), name);
    if (at == std::end(kWeekdays)) {
      throw invalid(key.spot, fmt::format("{} is no weekday", echo(key.scalar)),
                    "mon, tue, wed, thu, fri, sat, sun, or mon-fri");
    }
    return static_cast<std::size_t>(at - std::begin(kWeekdays));
  };
  std::size_t const first = index(word.substr(0, dash));
  std::size_t const last = dash < word.size() ? index(word.substr(dash + 1)) : first;
  if (last < first)
    throw invalid(key.spot, fmt::format("{} runs backwards", echo(key.scalar)), "the week begins with mon");
  return {first, last};
}

void read_hours(Node const& node, CalendarSource& out, Problems& problems) {
  if (node.kind != Node::Kind::map) {
    return problems.add(node.spot, "hours is a map of weekdays", "e.g. hours: {mon-fri: [\"09:00-18:00\"]}");
  }
  std::array<bool, 7> said{};
  for (auto const& member : node.members) {
    problems.guard([&] {
      auto const [first, last] = weekdays_of(member.first);
      auto const windows = windows_of(member.second);
      for (std::size_t day = first; day <= last; ++day) {
        if (said[day]) throw invalid(member.first.spot, fmt::format("hours of {} twice", kWeekdays[day]));
        said[day] = true;
        out.week[day] = windows;
      }
    });
  }
}

Date date_of(Node const& node) {
  std::string const text = text_of(node);
  auto const date = base::parse_date(text);
  if (!date) throw invalid(node.spot, fmt::format("{} is no date", echo(text)), "e.g. 2026-10-01");
  return Date{*date};
}

std::string name_of(Node const& entry) {
  Node const* const node = entry.find("name");
  if (!node) return "";
  std::string name = text_of(*node);
  if (auto const problem = base::check_text(name, base::TextShape::line))
    throw invalid(node->spot, "name: " + problem->what);
  if (base::code_points(name) > 100) throw invalid(node->spot, "a name has at most 100 characters");
  return name;
}

/// First and last date of an entry: `date`, or `from` and `to`.
std::pair<Date, Date> dates_of(Node const& entry) {
  Node const *const date = entry.find("date"), *const from = entry.find("from"), *const to = entry.find("to");
  if (date && (from || to)) throw invalid(entry.spot, "both date and from/to", "give one of them");
  if (date) return {date_of(*date), date_of(*date)};
  if (!from || !to) throw invalid(entry.spot, "no date", "give date, or from and to");
  std::pair<Date, Date> const out{date_of(*from), date_of(*to)};
  if (out.second < out.first) throw invalid(to->spot, "it ends before it begins");
  if (out.second - out.first >= days(kLongestHoliday)) throw invalid(to->spot, "more than a year at once");
  return out;
}

/// The exceptions of one calendar, each date once.
class Exceptions {
 public:
  explicit Exceptions(Problems& problems) : problems_(problems) {}

  void read(Node const& entries, bool working, CalendarSource const& calendar) {
    if (entries.kind == Node::Kind::null) return;
    if (entries.kind != Node::Kind::list) {
      return problems_.add(entries.spot, "expected a list of days", "e.g. - {date: 2026-10-01, name: National Day}");
    }
    for (auto const& entry : entries.items) {
      problems_.guard([&] { read_entry(entry, working, calendar); });
    }
  }

  void add_feed(std::vector<IcsDay> const& feed) {
    for (auto const& day : feed) rules_.emplace(day.date, Entry{{day.date, false, day.name, {}}, {}});
  }

  std::vector<DayRule> take() {
    std::vector<DayRule> out;
    for (auto& [date, entry] : rules_) out.push_back(std::move(entry.rule));
    return out;
  }

 private:
  struct Entry {
    DayRule rule;
    NodeSpot spot;
  };

  void read_entry(Node const& entry, bool working, CalendarSource const& calendar) {
    if (entry.kind != Node::Kind::map)
      throw invalid(entry.spot, "a day is a map", "e.g. {date: 2026-10-01, name: National Day}");
    std::vector<std::string_view> keys{"date", "from", "to", "name"};
    if (working) keys.push_back("hours");
    problems_.check_keys(entry, keys);
    auto const [first, last] = dates_of(entry);
    DayRule rule{first, working, name_of(entry), {}};
    if (working) rule.windows = hours_of(entry, calendar);
    for (; rule.date <= last; rule.date += days(1)) add(rule, entry.spot);
  }

  static std::vector<Window> hours_of(Node const& entry, CalendarSource const& calendar) {
    Node const* const hours = entry.find("hours");
    auto windows = hours ? windows_of(*hours) : calendar.week[0];
    if (windows.empty()) {
      throw invalid(entry.spot, "a working day without hours", hours ? "" : "Monday has none either: give it hours");
    }
    return windows;
  }

  void add(DayRule const& rule, NodeSpot const& spot) {
    auto const [at, fresh] = rules_.emplace(rule.date, Entry{rule, spot});
    if (!fresh) {
      std::chrono::year_month_day const date{rule.date};
      throw invalid(
          spot,
          fmt::format("{:04}-{:02}-{:02} is {}", int(date.year()), unsigned(date.month()), unsigned(date.day()),
                      at->second.rule.working == rule.working ? "named twice" : "both holiday and working day"),
          fmt::format("first at line {}", at->second.spot.line));
    }
    if (rules_.size() > kMostRules) throw invalid(spot, fmt::format("more than {} days", kMostRules));
  }

  Problems& problems_;
  std::map<Date, Entry> rules_;
};

void read_feeds(Node const& node, CalendarSource const& calendar, ReadFile const& read, Exceptions& out,
                Problems& problems) {
  for (auto const& path : texts_of(node)) {
    std::string const file = beside(node.spot.file(), path);
    std::string text;
    try {
      text = read(file, kMostIcsBytes);
    } catch (base::Error const& error) {
      throw invalid(node.spot, error.message(), error.hint());
    }
    out.add_feed(read_ics(text, file, calendar.zone, problems));
  }
}

void read_zone(Node const& node, CalendarSource& out, Problems& problems) {
  Node const* const zone = node.find("zone");
  if (!zone)
    return problems.add(node.spot, fmt::format("calendar {} has no zone", out.name), "e.g. zone: Asia/Shanghai");
  problems.guard([&] {
    try {
      out.zone = base::TimeZone::load(text_of(*zone));
    } catch (base::Error const& error) {
      throw invalid(zone->spot, error.message(), error.hint());
    }
  });
}

void read_days(Node const& node, ReadFile const& read, CalendarSource& out, Problems& problems) {
  Node const* const hours = node.find("hours");
  Problems in_hours = problems.fresh();
  if (hours) read_hours(*hours, out, in_hours);
  bool const empty = std::all_of(out.week.begin(), out.week.end(), [](auto const& day) { return day.empty(); });
  if (empty && in_hours.all().empty()) {
    problems.add(hours ? hours->spot : node.spot, fmt::format("calendar {} has not a single window", out.name),
                 "e.g. hours: {mon-fri: [\"09:00-18:00\"]}");
  }
  for (auto const& error : in_hours.all()) problems.add(error);
  Exceptions exceptions(problems);
  if (Node const* const holidays = node.find("holidays")) exceptions.read(*holidays, false, out);
  if (Node const* const working = node.find("working_days"); working && !empty) exceptions.read(*working, true, out);
  if (Node const* const feeds = node.find("holidays_ics")) {
    problems.guard([&] { read_feeds(*feeds, out, read, exceptions, problems); });
  }
  out.exceptions = exceptions.take();
}

calendar::Calendar read_calendar(Node const& key, Node const& node, ReadFile const& read, Problems& problems) {
  CalendarSource out;
  out.name = id_of(key);
  if (node.kind != Node::Kind::map)
    throw invalid(node.spot, "a calendar is a map", "it has zone and hours, or always: true");
  problems.check_keys(node, {"zone", "always", "hours", "holidays", "holidays_ics", "working_days"});
  Node const* const always = node.find("always");
  out.always = always && boolean_of(*always);
  Problems inside = problems.fresh();
  if (out.always) {
    for (auto const& [name, value] : node.members) {
      if (name.scalar != "always") inside.add(name.spot, fmt::format("always stands alone: no {}", echo(name.scalar)));
    }
  } else {
    read_zone(node, out, inside);
    read_days(node, read, out, inside);
  }
  for (auto const& error : inside.all()) problems.add(error);
  if (inside.all().empty()) return calendar::Calendar::make(std::move(out));
  // A stand-in of that name, so that policies with this calendar are not reported too.
  CalendarSource stand_in;
  stand_in.name = out.name;
  stand_in.always = true;
  return calendar::Calendar::make(std::move(stand_in));
}

}  // namespace

std::vector<calendar::Calendar> read_calendars(Node const& node, ReadFile const& read, Problems& problems) {
  std::vector<calendar::Calendar> out;
  if (node.kind == Node::Kind::null) return out;
  if (node.kind != Node::Kind::map) {
    problems.add(node.spot, "calendars is a map", "e.g. calendars: {office: {zone: Europe/Berlin, hours: {...}}}");
    return out;
  }
  for (auto const& member : node.members) {
    problems.guard([&] { out.push_back(read_calendar(member.first, member.second, read, problems)); });
  }
  return out;
}

}  // namespace umsops::config
