// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/sla/levels.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using calendar::Date;
using std::chrono::days;

constexpr std::string_view kSchema = "umsops.calendar.show/v1";
constexpr std::size_t kCell = 11;  // seven of them fit 80 columns
constexpr std::string_view kWeekdays[] = {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};

/// One day as the calendar has it.
struct Day {
  Date date{};
  std::size_t weekday = 0;  ///< from Monday
  std::string_view kind;    ///< WORKING, MAKE_UP, HOLIDAY, CLOSED
  char mark = ' ';
  std::string name;
  std::span<calendar::Window const> windows;
  base::Milliseconds working{0};
};

Day day_of(calendar::Calendar const& calendar, Date date) {
  Day day;
  day.date = date;
  day.weekday = std::chrono::weekday(date).iso_encoding() - 1;
  day.windows = calendar.windows(date);
  day.kind = day.windows.empty() ? "CLOSED" : "WORKING";
  day.mark = day.windows.empty() ? '-' : ' ';
  if (auto const* const rule = calendar.exception(date)) {
    day.kind = rule->working ? "MAKE_UP" : "HOLIDAY";
    day.mark = rule->working ? '+' : '*';
    day.name = rule->name;
  }
  day.working =
      working_between(calendar, instant_of(calendar, date, 0), instant_of(calendar, date, calendar::kMinutesOfDay));
  return day;
}

std::vector<Day> days_of(calendar::Calendar const& calendar, std::chrono::year_month month) {
  std::vector<Day> out;
  Date const end{(month + std::chrono::months(1)) / 1};
  for (Date date{month / 1}; date < end; date += days(1)) out.push_back(day_of(calendar, date));
  return out;
}

base::Milliseconds total(std::vector<Day> const& month) {
  base::Milliseconds sum{0};
  for (auto const& day : month) sum += day.working;
  return sum;
}

/// A month of cells, two lines a week: the day with its mark, and its holiday or how long is worked.
class Grid {
 public:
  explicit Grid(Env& env) : env_(env), width_(env.style("date").ambiguous_width) {}

  void write(std::vector<Day> const& month) {
    std::string names = env_.phrase(Phrase::weekday_names), line;
    for (std::size_t at = 0; at < names.size();) {
      auto const end = std::min(names.find(' ', at), names.size());
      line += cell(std::string_view(names).substr(at, end - at));
      at = end + 1;
    }
    put(line);
    for (std::size_t i = 0; i < month.size();) i = write_week(month, i);
  }

  void put(std::string line) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    env_.out().write(line + "\n");
  }

 private:
  std::string cell(std::string_view text) const {
    std::string out = base::cut_cells(base::terminal_text(text, base::TextShape::line), kCell - 1, width_);
    out.append(kCell - std::min(kCell, base::cell_width(out, width_)), ' ');
    return out;
  }

  std::size_t write_week(std::vector<Day> const& month, std::size_t i) {
    std::string first(month[i].weekday * kCell, ' '), second = first;
    do {
      Day const& day = month[i];
      auto const number = unsigned(std::chrono::year_month_day(day.date).day());
      first += cell((number < 10 ? " " : "") + std::to_string(number) + " " + day.mark);
      second += cell(!day.name.empty() ? day.name : day.windows.empty() ? "" : levels::people_span(day.working));
    } while (++i < month.size() && month[i].weekday != 0);
    put(first);
    put(second);
    return i;
  }

  Env& env_;
  int width_;
};

/// The days that stand out, one line a run of days of the same name.
void write_legend(Grid& grid, Env& env, std::vector<Day> const& month) {
  for (std::size_t i = 0; i < month.size();) {
    std::size_t last = i;
    while (last + 1 < month.size() && month[last + 1].kind == month[i].kind && month[last + 1].name == month[i].name)
      ++last;
    if (month[i].kind == "HOLIDAY" || month[i].kind == "MAKE_UP") {
      std::string line = std::string(1, month[i].mark) + " " + levels::date_text(month[i].date);
      if (last > i) line += " - " + levels::date_text(month[last].date);
      line += "  " + env.phrase(month[i].kind == "HOLIDAY" ? Phrase::why_holiday : Phrase::why_make_up);
      if (!month[i].name.empty()) line += " " + month[i].name;
      if (!month[i].windows.empty()) line += "  " + levels::windows_text(month[i].windows);
      grid.put(base::terminal_text(line, base::TextShape::line));
    }
    i = last + 1;
  }
  bool const closed = std::any_of(month.begin(), month.end(), [](Day const& day) { return day.kind == "CLOSED"; });
  if (closed) grid.put("- " + env.phrase(Phrase::closed_day));
}

void write_people(Env& env, calendar::Calendar const& calendar, std::string const& name,
                  std::vector<Day> const& month) {
  Grid grid(env);
  grid.put(base::terminal_text(calendar.name() + "  " + name + "  " + calendar.zone().name(), base::TextShape::line));
  grid.put("");
  grid.write(month);
  grid.put("");
  write_legend(grid, env, month);
  std::int64_t worked = 0;
  for (auto const& day : month) worked += day.working > base::Milliseconds{0} ? 1 : 0;
  grid.put(env.phrase(Phrase::month_total,
                      {{"days", std::to_string(worked)}, {"hours", levels::people_span(total(month))}}));
}

Value minutes_value(base::Milliseconds amount) {
  return std::int64_t{std::chrono::duration_cast<std::chrono::minutes>(amount).count()};
}

Value document_of(calendar::Calendar const& calendar, std::string const& name, std::vector<Day> const& month) {
  Value::List list;
  for (auto const& day : month) {
    list.emplace_back(Value::Object{{"date", levels::date_text(day.date)},
                                    {"weekday", kWeekdays[day.weekday]},
                                    {"kind", day.kind},
                                    {"name", day.name.empty() ? Value() : Value(day.name)},
                                    {"windows", levels::windows_value(day.windows)},
                                    {"working_minutes", minutes_value(day.working)}});
  }
  return Value::Object{{"schema", kSchema},
                       {"name", calendar.name()},
                       {"zone", calendar.zone().name()},
                       {"month", name},
                       {"working_minutes", minutes_value(total(month))},
                       {"days", std::move(list)}};
}

int run_show(Env& env, Call const& call) {
  auto const book = env.sla(call.all("sla"));
  auto const* const calendar = book.find_calendar(call.words[0]);
  if (calendar == nullptr) {
    std::vector<std::string> names;
    for (auto const& known : book.calendars()) names.push_back(known.name());
    std::string const best = base::nearest(call.words[0], names);
    throw base::Error(
        base::errors::calendar_unknown,
        {{"name", call.words[0]},
         {"suggestion", best.empty() ? "umsops calendar list" : env.phrase(Phrase::did_you_mean, {{"word", best}})}});
  }
  auto const text = call.text("month");
  auto const at = text ? base::parse_time(*text, env.clock().now(), calendar->zone()) : env.clock().now();
  std::chrono::year_month_day const date{date_of(*calendar, at)};
  auto const month = days_of(*calendar, date.year() / date.month());
  std::string const name = levels::month_text(date.year() / date.month());
  if (env.human()) {
    write_people(env, *calendar, name, month);
  } else {
    format::write_document(env.out(), env.style("name"), document_of(*calendar, name, month));
  }
  return 0;
}

constexpr Argument kArguments[] = {
    {"NAME", {"a calendar, see 'umsops calendar list'", "日历名称，见 umsops calendar list"}, true, false}};
constexpr Flag kFlags[] = {
    {.name = "month",
     .value = "MONTH",
     .type = FlagType::time,
     .doc = {"e.g. 2026-10, 'next month', 下月", "例如 2026-10、next month、下月"},
     .fallback = "this month"},
    flags::kSlaFile,
};
constexpr Example kExamples[] = {
    {"umsops calendar show business --sla china.yaml --month 2026-10",
     {"a month with holidays and make-up days", "含节假日和调休的月份"}},
    {"umsops calendar show business --month 'next month' -o json | jq '.working_minutes / 60'",
     {"working hours of the next month", "下个月的工作小时数"}},
};
constexpr int kExits[] = {3, 5, 9};

}  // namespace

constinit Command const kCalendarShow{
    .path = "calendar show",
    .summary = {"show a month of a business calendar", "显示工作日历的某个月"},
    .description =
        {"Shows each day of a month: working hours (real time, also on days with a clock change), holidays (*), "
         "make-up working days (+) and closed days (-).",
         "显示一个月中每一天：工作时长（按实际时间，夏令时切换日同样正确）、节假日（*）、调休上班（+）和休息日（-）。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_show,
};

}  // namespace umsops::cli
