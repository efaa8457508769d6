// SPDX-License-Identifier: Apache-2.0
#include "dialogue/callback_time.hpp"

#include <algorithm>
#include <chrono>

#include "dialogue/words.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::dialogue {
namespace {

using base::TimePoint;

constexpr auto kFurthest = std::chrono::days(31);
constexpr std::string_view kNow[] = {
    "now",  "asap",  "as soon as possible", "any time", "anytime", "现在", "马上", "尽快", "随时", "立刻",
    "立即", "都可以"};

struct Named {
  std::string_view word;
  int value;
};

/// A part of the day: how its hours are read, and its hour when none is said.
enum Part { kNoPart, kMorning, kNoon, kAfternoon, kEvening };
constexpr int kHourOf[] = {9, 9, 12, 14, 19};

// Longer words before those they begin with.
constexpr Named kDays[] = {{"day after tomorrow", 2},
                           {"tomorrow", 1},
                           {"today", 0},
                           {"后天", 2},
                           {"明天", 1},
                           {"明日", 1},
                           {"今天", 0},
                           {"今日", 0}};
constexpr Named kDayParts[] = {{"明早", 1}, {"明晚", 1}, {"今晚", 0}, {"今早", 0}, {"tonight", 0}};
constexpr Named kParts[] = {
    {"morning", kMorning}, {"noon", kNoon},  {"afternoon", kAfternoon}, {"evening", kEvening}, {"a.m", kMorning},
    {"p.m", kAfternoon},   {"am", kMorning}, {"pm", kAfternoon},        {"早上", kMorning},    {"早晨", kMorning},
    {"上午", kMorning},    {"中午", kNoon},  {"下午", kAfternoon},      {"傍晚", kEvening},    {"晚上", kEvening}};
constexpr Named kHours[] = {{"十二", 12}, {"十一", 11}, {"十", 10}, {"一", 1}, {"二", 2}, {"两", 2}, {"三", 3},
                            {"四", 4},    {"五", 5},    {"六", 6},  {"七", 7}, {"八", 8}, {"九", 9}};
constexpr std::string_view kFillers[] = {"in the", "at", "on", "在", "吧", "o'clock", ",", "."};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  /// Reads day, part of the day and time, in any order. False: there is something else.
  bool run() {
    while (skip_blanks(), !text_.empty()) {
      if (take_day() || take_part() || take_clock() || take_filler()) continue;
      return false;
    }
    return (day_ || part_ != kNoPart || hour_) && valid();
  }

  std::optional<TimePoint> resolve(TimePoint now, base::TimeZone const& zone) const {
    auto const today = zone.to_civil(now);
    int const day = day_.value_or(0);
    auto at = on(today, day, zone);
    if (at && *at < now && !day_) at = on(today, 1, zone);
    // Today, but no time of it: now is as good as any.
    if (at && *at < now && day == 0 && !hour_ && part_ == kNoPart) at = now;
    return at;
  }

 private:
  void skip_blanks() {
    while (text_.starts_with(' ')) text_.remove_prefix(1);
  }
  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    // A Latin word ends where its letters end.
    bool const latin = word.back() >= 'a' && word.back() <= 'z';
    if (latin && text_.size() > word.size() && text_[word.size()] >= 'a' && text_[word.size()] <= 'z') return false;
    text_.remove_prefix(word.size());
    return true;
  }
  template <class List>
  std::optional<int> take_named(List const& list) {
    for (auto const& named : list) {
      if (take(named.word)) return named.value;
    }
    return std::nullopt;
  }
  bool take_filler() {
    return std::any_of(std::begin(kFillers), std::end(kFillers), [&](auto const word) { return take(word); });
  }
  bool take_day() {
    if (day_) return false;
    bool const evening = text_.starts_with("今晚") || text_.starts_with("明晚") || text_.starts_with("tonight");
    if ((day_ = take_named(kDayParts))) {
      part_ = evening ? kEvening : kMorning;
      return true;
    }
    return (day_ = take_named(kDays)).has_value();
  }
  bool take_part() {
    if (part_ != kNoPart) return false;
    part_ = static_cast<Part>(take_named(kParts).value_or(kNoPart));
    return part_ != kNoPart;
  }
  std::optional<int> take_number(std::size_t least, std::size_t most) {
    std::size_t digits = 0;
    int value = 0;
    while (digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9') {
      if (digits < most) value = value * 10 + (text_[digits] - '0');
      ++digits;
    }
    if (digits < least || digits > most) return std::nullopt;
    text_.remove_prefix(digits);
    return value;
  }
  bool take_clock() {
    if (hour_) return false;
    if (auto const both = take_number(4, 4)) {  // as pressed on a phone
      hour_ = *both / 100;
      minute_ = *both % 100;
      return true;
    }
    auto hour = take_number(1, 2);
    bool const in_words = !hour;
    if (in_words) hour = take_named(kHours);
    if (!hour) return false;
    hour_ = hour;
    if (take(":")) return !in_words && (minute_ = take_number(2, 2)).has_value();
    if (take("点") || take("點") || take("时") || take("時")) return take_minutes();
    skip_blanks();
    if (take("o'clock")) return true;
    return !in_words && part_of_day_follows();  // a bare 3 may be anything
  }
  bool take_minutes() {
    if (take("半"))
      minute_ = 30;
    else if (take("一刻"))
      minute_ = 15;
    else if (auto const minutes = take_number(1, 2)) {
      minute_ = minutes;
      take("分");
    } else {
      take("钟");
      take("整");
    }
    return true;
  }
  bool part_of_day_follows() {
    if (part_ != kNoPart) return true;
    return take_part();
  }
  bool valid() const { return hour_.value_or(0) <= 23 && minute_.value_or(0) <= 59; }

  int hour() const {
    if (!hour_) return kHourOf[part_];
    int const said = *hour_;
    if ((part_ == kAfternoon || part_ == kEvening) && said < 12) return said + 12;
    if (part_ == kNoon && said < 3) return said + 12;
    if (part_ == kMorning && said == 12) return 0;
    return part_ == kNoPart && said >= 1 && said <= 6 ? said + 12 : said;
  }

  std::optional<TimePoint> on(base::CivilTime const& today, int days, base::TimeZone const& zone) const {
    auto const date = std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::year(today.year) / today.month / today.day) + std::chrono::days(days));
    base::CivilTime const wanted{static_cast<int>(date.year()),
                                 static_cast<int>(static_cast<unsigned>(date.month())),
                                 static_cast<int>(static_cast<unsigned>(date.day())),
                                 hour(),
                                 minute_.value_or(0),
                                 0};
    // In an overlap the earlier one; in a gap as the clocks would show it had they not been moved.
    auto const readings = zone.to_instants(wanted);
    if (readings.at.empty()) return std::nullopt;
    return readings.gap ? readings.at.back() : readings.at.front();
  }

  std::string_view text_;
  std::optional<int> day_, hour_, minute_;
  Part part_ = kNoPart;
};

/// 半小时后, 2小时后, 30分钟后, `half an hour`, `2 hours`, `in 30 minutes`.
std::optional<base::Milliseconds> read_delay(std::string_view text) {
  for (std::string_view const begin : {"in ", "过"}) {
    if (text.starts_with(begin)) text.remove_prefix(begin.size());
  }
  for (std::string_view const end : {"以后", "之后", "后"}) {
    if (text.ends_with(end)) text.remove_suffix(end.size());
  }
  for (std::string_view const half : {"半小时", "半个小时", "half an hour", "half hour"}) {
    if (text == half) return std::chrono::minutes(30);
  }
  for (std::string_view const one : {"an hour", "one hour", "一小时", "一个小时", "1个小时"}) {
    if (text == one) return std::chrono::hours(1);
  }
  std::string short_form(text.substr(0, text.find_first_not_of("0123456789")));
  std::string_view unit = text.substr(short_form.size());
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  for (std::string_view const hours : {"hours", "hour", "个小时", "小时"}) {
    if (unit == hours) short_form += "h";
  }
  for (std::string_view const minutes : {"minutes", "minute", "min", "分钟"}) {
    if (unit == minutes) short_form += "m";
  }
  return base::parse_duration(short_form.ends_with('h') || short_form.ends_with('m') ? short_form : std::string(text));
}

std::optional<TimePoint> read(std::string_view text, TimePoint now, base::TimeZone const& zone) {
  if (std::find(std::begin(kNow), std::end(kNow), text) != std::end(kNow)) return now;
  Reader reader(text);
  if (reader.run()) return reader.resolve(now, zone);
  if (auto const delay = read_delay(text)) return *delay <= kFurthest ? std::optional(now + *delay) : std::nullopt;
  try {
    return base::parse_time(text, now, zone);
  } catch (base::Error const&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<TimePoint> read_callback_time(std::string_view text, TimePoint now, base::TimeZone const& zone) {
  std::string const words = bare(text);
  if (words.empty() || words.size() > 100) return std::nullopt;
  auto at = read(words, now, zone);
  // What was written in capitals, as RFC 3339 is, has lost them.
  if (!at) at = read(text, now, zone);
  if (!at || *at < now || *at > now + kFurthest) return std::nullopt;
  return at;
}

}  // namespace umsops::dialogue
