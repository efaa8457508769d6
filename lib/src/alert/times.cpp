// SPDX-License-Identifier: Apache-2.0
#include "alert/times.hpp"

#include <cmath>
#include <string>

#include "umsops/base/number.hpp"

namespace umsops::alert {
namespace {

using base::TimePoint;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The unit of a count since 1970 follows from its size.
WrittenTime since_1970(double count) {
  if (count == 0) return {true, std::nullopt};
  if (count < 0 || count >= 1e20) return {};
  double const ms = count >= 1e17 ? count / 1e6 : count >= 1e14 ? count / 1e3 : count >= 1e11 ? count : count * 1e3;
  return {true, TimePoint(std::chrono::milliseconds(std::llround(ms)))};
}

std::string_view trimmed(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// `Z`, ` UTC`, ` (UTC)`, `+0000`, `+01.00`, ` +0000 UTC m=+8.5` as RFC 3339 has it; empty: no zone of ours.
std::string zone_of(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text == "Z" || text == "z" || text == "UTC" || text == "(UTC)" || text == "GMT") return "Z";
  if (text[0] != '+' && text[0] != '-') return "";
  text = text.substr(0, text.find(' '));
  if (text.size() == 3) return std::string(text) + ":00";
  if (text.size() == 5) return std::string(text.substr(0, 3)) + ":" + std::string(text.substr(3));
  if (text.size() == 6 && (text[3] == ':' || text[3] == '.'))
    return std::string(text.substr(0, 3)) + ":" + std::string(text.substr(4));
  return "";
}

/// `2026-11-23T09:30`, with whatever stands between the parts.
bool begins_with_date(std::string_view text) {
  static constexpr std::string_view kForm = "dddd-dd-ddTdd:dd";
  if (text.size() < kForm.size()) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    bool const fits = kForm[i] == 'd'   ? is_digit(text[i])
                      : kForm[i] == '-' ? text[i] == '-' || text[i] == '/' || text[i] == '.'
                      : kForm[i] == 'T' ? text[i] == 'T' || text[i] == 't' || text[i] == ' '
                                        : text[i] == ':';
    if (!fits) return false;
  }
  return true;
}

}  // namespace

WrittenTime read_time(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return {true, std::nullopt};
  if (text.find_first_not_of(".0123456789") == std::string_view::npos) {
    auto const count = base::parse_decimal(text);
    return count ? since_1970(*count) : WrittenTime{};
  }
  if (!begins_with_date(text)) return {};
  std::string written(text.substr(0, 16));
  written[4] = written[7] = '-';
  written[10] = 'T';
  text.remove_prefix(16);
  if (text.starts_with(':')) {
    auto const end = std::min(text.find_first_not_of(".0123456789", 1), text.size());
    written += text.substr(0, end);
    text.remove_prefix(end);
  } else {
    written += ":00";
  }
  auto const zone = zone_of(text);
  if (zone.empty()) return {};
  if (written.starts_with("0001-")) return {true, std::nullopt};
  auto const at = base::parse_rfc3339(written + zone);
  return {at.has_value(), at};
}

}  // namespace umsops::alert
