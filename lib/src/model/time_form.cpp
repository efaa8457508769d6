// SPDX-License-Identifier: Apache-2.0
#include "model/time_form.hpp"

#include <array>
#include <chrono>

#include "umsops/base/ascii.hpp"
#include "umsops/base/number.hpp"

namespace umsops::model {
namespace {

using base::TimePoint;

constexpr int kUnset = -1;

/// What a text has told so far.
struct Parts {
  int year = kUnset, short_year = kUnset, month = kUnset, day = kUnset;
  int hour = 0, hour12 = kUnset, half = kUnset, minute = 0, second = 0, weekday = kUnset, milliseconds = 0;
  std::optional<int> offset;  ///< minutes east of UTC
  std::optional<std::int64_t> epoch;
};

struct Number {
  char letter;
  int digits, least, most;
  int Parts::*part;
};
constexpr Number kNumbers[] = {
    {'Y', 4, 1, 9999, &Parts::year}, {'y', 2, 0, 99, &Parts::short_year}, {'m', 2, 1, 12, &Parts::month},
    {'d', 2, 1, 31, &Parts::day},    {'e', 2, 1, 31, &Parts::day},        {'H', 2, 0, 23, &Parts::hour},
    {'k', 2, 0, 23, &Parts::hour},   {'I', 2, 1, 12, &Parts::hour12},     {'l', 2, 1, 12, &Parts::hour12},
    {'M', 2, 0, 59, &Parts::minute}, {'S', 2, 0, 60, &Parts::second}};

constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 2> kHalves{"am", "pm"};

/// The short forms that stand for several conversions.
std::string expanded(std::string_view form) {
  std::string out;
  for (std::size_t i = 0; i < form.size(); ++i) {
    char const c = form[i] == '%' && i + 1 < form.size() ? form[i + 1] : '\0';
    if (c == 'T')
      out += "%H:%M:%S";
    else if (c == 'R')
      out += "%H:%M";
    else if (c == 'D')
      out += "%m/%d/%y";
    else if (c == 'F')
      out += "%Y-%m-%d";
    else if (c != '\0')
      out.append(form, i, 2);
    else
      out += form[i];
    if (c != '\0') ++i;
  }
  return out;
}

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
Number const* number_of(char letter) {
  for (auto const& known : kNumbers) {
    if (known.letter == letter) return &known;
  }
  return nullptr;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool read(std::string_view form) {
    for (std::size_t i = 0; i < form.size(); ++i) {
      if (is_blank(form[i])) {
        skip_blanks();
      } else if (form[i] == '%' && i + 1 < form.size()) {
        if (!convert(form[++i])) return false;
      } else if (!take(form[i])) {
        return false;
      }
    }
    return at_ == text_.size();
  }
  Parts const& parts() const { return parts_; }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  /// One to `digits` digits.
  int take_number(int digits) {
    int value = 0, seen = 0;
    for (; seen < digits && at_ < text_.size() && is_digit(text_[at_]); ++seen)
      value = value * 10 + (text_[at_++] - '0');
    return seen == 0 ? kUnset : value;
  }

  bool convert(char letter) {
    if (Number const* const number = number_of(letter)) {
      skip_blanks();
      int const value = take_number(number->digits);
      parts_.*number->part = value;
      return value >= number->least && value <= number->most;
    }
    switch (letter) {
      case 'b':
      case 'B':
      case 'h':
        return take_name(kMonths, 3, parts_.month, 1);
      case 'a':
      case 'A':
        return take_name(kWeekdays, 3, parts_.weekday, 0);
      case 'p':
        return take_name(kHalves, 2, parts_.half, 0);
      case 'f':
        return take_fraction();
      case 'z':
        return take_offset();
      case 's':
        return take_epoch();
      case 'n':
      case 't':
        skip_blanks();
        return true;
      case '%':
        return take('%');
      default:
        return false;
    }
  }

  /// The whole name, or its first letters.
  template <std::size_t N>
  bool take_name(std::array<std::string_view, N> const& names, std::size_t least, int& part, int first) {
    skip_blanks();
    for (std::size_t i = 0; i < N; ++i) {
      std::size_t same = 0;
      while (same < names[i].size() && at_ + same < text_.size() &&
             base::ascii_lower(text_[at_ + same]) == names[i][same])
        ++same;
      if (same < least) continue;
      at_ += same == names[i].size() ? same : least;
      part = static_cast<int>(i) + first;
      return true;
    }
    return false;
  }

  bool take_fraction() {
    std::size_t const begin = at_;
    int value = 0;
    for (; at_ < text_.size() && is_digit(text_[at_]); ++at_) {
      if (at_ - begin < 3) value = value * 10 + (text_[at_] - '0');
    }
    for (std::size_t seen = at_ - begin; seen < 3; ++seen) value *= 10;
    parts_.milliseconds = value;
    return at_ > begin;
  }

  bool take_offset() {
    skip_blanks();
    if (take('Z') || take('z')) return parts_.offset = 0, true;
    int const sign = take('+') ? 1 : take('-') ? -1 : 0;
    int const hours = sign == 0 ? kUnset : take_number(2);
    bool const colon = take(':');
    bool const more = at_ < text_.size() && is_digit(text_[at_]);
    int const rest = more ? take_number(2) : 0;
    parts_.offset = sign * (hours * 60 + rest);
    return hours >= 0 && hours <= 23 && rest <= 59 && (more || !colon);
  }

  bool take_epoch() {
    std::size_t const begin = at_;
    if (at_ < text_.size() && text_[at_] == '-') ++at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    parts_.epoch = base::parse_integer(text_.substr(begin, at_ - begin), -62'135'596'800, 253'402'300'799);
    return parts_.epoch.has_value();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Parts parts_;
};

/// POSIX: 69 to 99 are of the 20th century.
int year_of(Parts const& parts) {
  if (parts.year != kUnset) return parts.year;
  return parts.short_year >= 69 ? 1900 + parts.short_year : 2000 + parts.short_year;
}

int hour_of(Parts const& parts) {
  if (parts.hour12 == kUnset) return parts.hour;
  return parts.hour12 % 12 + (parts.half == 1 ? 12 : 0);
}

}  // namespace

std::optional<TimePoint> read_time_form(std::string_view text, std::string_view form, base::TimeZone const& zone) {
  using namespace std::chrono;
  Reader reader(text);
  if (time_form_problem(form) || !reader.read(expanded(form))) return std::nullopt;
  Parts const& parts = reader.parts();
  milliseconds const fraction(parts.milliseconds);
  if (parts.epoch) return TimePoint(seconds(*parts.epoch)) + fraction;
  year_month_day const date =
      year(year_of(parts)) / month(static_cast<unsigned>(parts.month)) / day(static_cast<unsigned>(parts.day));
  if (!date.ok()) return std::nullopt;
  if (parts.offset) {
    return TimePoint(sys_days(date)) + hours(hour_of(parts)) + minutes(parts.minute - *parts.offset) +
           seconds(parts.second) + fraction;
  }
  base::CivilTime const civil{year_of(parts), parts.month, parts.day, hour_of(parts), parts.minute, parts.second};
  return zone.to_instants(civil).at.front() + fraction;
}

std::optional<std::string> time_form_problem(std::string_view form) {
  constexpr std::string_view kOthers = "bBhaApfzsnt%";
  std::string const whole = expanded(form);
  bool years = false, months = false, days = false;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole[i] != '%') continue;
    if (++i == whole.size()) return "a % at its end";
    char const c = whole[i];
    if (!number_of(c) && kOthers.find(c) == std::string_view::npos) {
      return c > ' ' && c < '\x7f' ? std::string("no conversion %") + c : "an unknown conversion";
    }
    years |= c == 'Y' || c == 'y' || c == 's';
    months |= c == 'm' || c == 'b' || c == 'B' || c == 'h' || c == 's';
    days |= c == 'd' || c == 'e' || c == 's';
  }
  if (!years || !months || !days) return "it names no year, month or day";
  return std::nullopt;
}

}  // namespace umsops::model
