// SPDX-License-Identifier: Apache-2.0
#include "base/time_words.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "umsops/base/number.hpp"

namespace umsops::base {
namespace {

using namespace std::chrono;

constexpr std::size_t kCharacter = 3;  // bytes of a Chinese one

// Texts and no tables: a table would have to be put right at every start of the program.
constexpr std::string_view kHalves = "半个小时 30分钟\n半小时 30分钟\n半天 12小时\n半个月 15天\n半年 6个月\n";
constexpr std::string_view kNearDays =
    "大前天 -3\n前天 -2\n昨天 -1\n昨日 -1\n今天 0\n今日 0\n明天 1\n明日 1\n大后天 3\n后天 2\n";
constexpr std::string_view kBegunDays = "昨 -1\n今 0\n明 1\n";

/// The two words of the first line, which is taken away.
std::pair<std::string_view, std::string_view> next_pair(std::string_view& lines) {
  auto const line = lines.substr(0, lines.find('\n'));
  lines.remove_prefix(line.size() + 1);
  auto const blank = line.find(' ');
  return {line.substr(0, blank), line.substr(blank + 1)};
}

/// Reads a text from its beginning.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  std::string_view rest() const { return text_; }
  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  template <class... Words>
  bool take_any(Words... words) {
    return (take(words) || ...);
  }
  /// `12`, 十二: up to 9999 in digits, up to 99 in Chinese.
  std::optional<int> number() {
    auto const before = text_;
    int value = 0, digits = 0;
    while (!text_.empty() && text_[0] >= '0' && text_[0] <= '9' && digits < 4) {
      value = value * 10 + (text_[0] - '0');
      text_.remove_prefix(1);
      ++digits;
    }
    if (digits > 0) return value;
    auto const tens = digit();
    if (!take("十")) return tens ? tens : (text_ = before, std::nullopt);
    return tens.value_or(1) * 10 + digit().value_or(0);
  }

 private:
  std::optional<int> digit() {
    static constexpr std::string_view kDigits = "零0一1二2两2三3四4五5六6七7八8九9";
    for (std::size_t at = 0; at < kDigits.size(); at += kCharacter + 1) {
      if (take(kDigits.substr(at, kCharacter))) return kDigits[at + kCharacter] - '0';
    }
    return std::nullopt;
  }

  std::string_view text_;
};

/// Without blanks between Chinese words, and in the usual characters: 3 天後 is 3天后.
std::string usual(std::string_view text) {
  static constexpr std::string_view kUsual = "後后點点週周號号兩两鐘钟時时禮礼";
  std::string out;
  while (!text.empty()) {
    std::size_t at = 0;
    while (at < kUsual.size() && !text.starts_with(kUsual.substr(at, kCharacter))) at += 2 * kCharacter;
    if (at < kUsual.size()) {
      out += kUsual.substr(at + kCharacter, kCharacter);
      text.remove_prefix(kCharacter);
      continue;
    }
    out += text[0];
    text.remove_prefix(1);
  }
  return out;
}

/// 三天前, 半小时后.
std::optional<std::string> relative(std::string_view text) {
  bool const behind = text.ends_with("前") || text.ends_with("后");
  if (!behind) return std::nullopt;
  for (auto rest = kHalves; !rest.empty();) {
    auto const [half, whole] = next_pair(rest);
    if (text.starts_with(half)) return std::string(whole).append(text.substr(half.size()));
  }
  Scanner scan(text);
  auto const count = scan.number();
  if (!count) return std::nullopt;
  scan.take(" ");
  return fmt::format("{}{}", *count, scan.rest());
}

enum class Part { none, night, morning, noon, evening };

Part part_of_day(Scanner& scan) {
  if (scan.take_any("凌晨", "半夜")) return Part::night;
  if (scan.take_any("早上", "早晨", "清晨", "上午")) return Part::morning;
  if (scan.take("中午")) return Part::noon;
  if (scan.take_any("下午", "傍晚", "晚上", "夜里")) return Part::evening;
  return Part::none;
}

std::optional<sys_days> date(int y, int m, int d) {
  year_month_day const day{year(y), month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d))};
  if (!day.ok() || y < 1 || m < 1 || d < 1) return std::nullopt;
  return sys_days(day);
}

/// 今天, 大前天, 昨晚.
std::optional<sys_days> near_day(Scanner& scan, sys_days today, Part& part) {
  for (auto rest = kNearDays; !rest.empty();) {
    auto const [word, offset] = next_pair(rest);
    if (scan.take(word)) return today + days(static_cast<int>(parse_integer(offset, -9, 9).value_or(0)));
  }
  for (auto rest = kBegunDays; !rest.empty();) {
    auto const [word, offset] = next_pair(rest);
    auto ahead = scan;
    if (!ahead.take(word)) continue;
    if (ahead.take("早")) {
      part = Part::morning;
    } else if (ahead.take("晚")) {
      part = Part::evening;
    } else {
      continue;
    }
    scan = ahead;
    return today + days(static_cast<int>(parse_integer(offset, -9, 9).value_or(0)));
  }
  return std::nullopt;
}

/// 周五, 上周五, 下下星期一.
std::optional<sys_days> weekday_of(Scanner& scan, sys_days today) {
  auto ahead = scan;
  int week = 0;
  while (ahead.take("上")) --week;
  if (week == 0) {
    while (ahead.take("下")) ++week;
  }
  if (week == 0) (void)ahead.take_any("本", "这");
  (void)ahead.take("个");
  if (!ahead.take_any("周", "星期", "礼拜")) return std::nullopt;
  static constexpr std::string_view kDays = "一二三四五六日天";
  for (std::size_t i = 0; i < kDays.size() / kCharacter; ++i) {
    if (!ahead.take(kDays.substr(i * kCharacter, kCharacter))) continue;
    scan = ahead;
    auto const monday = today - days(weekday(today).iso_encoding() - 1);
    return monday + days(7 * week + static_cast<int>(std::min<std::size_t>(i, 6)));
  }
  return std::nullopt;
}

/// 2026年11月28日, 11月28号, 2026/11/28, 11/28, 2026-11-28 with one digit, too.
std::optional<sys_days> written_day(Scanner& scan, int this_year) {
  auto ahead = scan;
  auto const first = ahead.number();
  if (!first) return std::nullopt;
  std::optional<sys_days> found;
  if (ahead.take("年")) {
    auto const m = ahead.number();
    if (!m || !ahead.take("月")) return std::nullopt;
    auto const d = ahead.number();
    if (!d || !ahead.take_any("日", "号")) return std::nullopt;
    found = date(*first, *m, *d);
  } else if (ahead.take("月")) {
    auto const d = ahead.number();
    if (!d || !ahead.take_any("日", "号")) return std::nullopt;
    found = date(this_year, *first, *d);
  } else if (ahead.rest().starts_with('/') || (ahead.rest().starts_with('-') && *first > 31)) {
    auto const sign = ahead.rest().substr(0, 1);
    ahead.take(sign);
    auto const second = ahead.number();
    if (!second) return std::nullopt;
    if (!ahead.take(sign)) {
      found = *first > 31 ? std::nullopt : date(this_year, *first, *second);
    } else if (auto const third = ahead.number()) {
      found = date(*first, *second, *third);
    }
  }
  if (found) scan = ahead;
  return found;
}

/// Minutes since midnight: 9点半, 下午3点20分, 9:30. Up to the end of the text.
std::optional<int> clock_of(Scanner& scan, Part part) {
  scan.take(" ");
  if (auto const said = part_of_day(scan); said != Part::none) part = said;
  auto hour = scan.number();
  if (!hour || *hour > 24) return std::nullopt;
  int minute = 0;
  if (scan.take(":")) {
    auto const digits = scan.rest().size();
    auto const said = scan.number();
    if (!said || digits != 2) return std::nullopt;
    minute = *said;
  } else if (scan.take_any("点钟", "点整", "点", "时")) {
    if (scan.take("半")) {
      minute = 30;
    } else if (scan.take("一刻")) {
      minute = 15;
    } else if (scan.take("三刻")) {
      minute = 45;
    } else if (auto const said = scan.number()) {
      minute = *said;
      scan.take("分");
    }
  } else {
    return std::nullopt;
  }
  if (!scan.at_end() || minute > 59) return std::nullopt;
  if ((part == Part::evening && *hour <= 12) || (part == Part::noon && *hour < 4))
    hour = *hour == 12 && part == Part::evening ? 24 : *hour + 12;
  if (part == Part::night && *hour == 12) hour = 0;
  if (*hour > 24 || (*hour == 24 && minute > 0)) return std::nullopt;
  return *hour * 60 + minute;
}

/// 2026年11月
std::optional<std::string> month_of(std::string_view text) {
  Scanner scan(text);
  auto const y = scan.number();
  if (!y || !scan.take("年")) return std::nullopt;
  auto const m = scan.number();
  if (!m || *m < 1 || *m > 12 || !scan.take_any("月份", "月") || !scan.at_end()) return std::nullopt;
  return fmt::format("{:04}-{:02}", *y, *m);
}

}  // namespace

std::optional<std::string> plain_time(std::string_view given, CivilTime const& now) {
  auto const text = usual(given);
  if (auto said = relative(text)) return said;
  if (auto said = month_of(text)) return said;
  auto const today = date(now.year, now.month, now.day);
  if (!today) return std::nullopt;
  Scanner scan(text);
  Part part = Part::none;
  auto day = near_day(scan, *today, part);
  if (!day) day = weekday_of(scan, *today);
  if (!day) day = written_day(scan, now.year);
  std::optional<int> minutes;
  if (!scan.at_end()) {
    scan.take("的");
    minutes = clock_of(scan, part);
    if (!minutes) return std::nullopt;
  } else if (!day || part != Part::none) {
    return std::nullopt;
  }
  auto at = day.value_or(*today);
  if (minutes && *minutes == 24 * 60) {
    at += days(1);
    minutes = 0;
  }
  year_month_day const civil{at};
  auto out = fmt::format("{:04}-{:02}-{:02}", int(civil.year()), unsigned(civil.month()), unsigned(civil.day()));
  if (minutes) out += fmt::format(" {:02}:{:02}", *minutes / 60, *minutes % 60);
  return out;
}

}  // namespace umsops::base
