// SPDX-License-Identifier: Apache-2.0
#include "umsops/mail/rating.hpp"

#include <algorithm>
#include <array>

#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"

namespace umsops::mail {
namespace {

constexpr std::int64_t kBest = 5;
/// What may stand before the number, and behind it; the longer ones first.
constexpr std::array<std::string_view, 9> kBefore{"my rating is", "satisfaction", "rating", "score", "满意度",
                                                  "我的评分",     "评分",         "打分",   "我打"};
constexpr std::array<std::string_view, 14> kBehind{"out of 5", "/ 5",  "/5", "stars", "star", "points", "point",
                                                   "颗星",     "星级", "星", "分",    "*",    "。",     "."};
constexpr std::string_view kStar = "★", kNoStar = "☆";

std::string_view take_line(std::string_view& text) {
  auto const end = std::min(text.find('\n'), text.size());
  auto const line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return base::trimmed(line);
}

std::optional<std::int64_t> stars_in(std::string_view line) {
  std::int64_t stars = 0, places = 0;
  while (!line.empty()) {
    bool const full = line.starts_with(kStar);
    if (!full && !line.starts_with(kNoStar)) return std::nullopt;
    if (full && stars != places) return std::nullopt;  // a full one behind an empty one is no count
    stars += full ? 1 : 0;
    ++places;
    line.remove_prefix(kStar.size());
  }
  bool const fits = stars >= 1 && places <= kBest;
  return fits ? std::optional(stars) : std::nullopt;
}

std::optional<std::int64_t> number_in(std::string_view line) {
  for (auto const word : kBefore) {
    if (!line.starts_with(word)) continue;
    line = base::trimmed(line.substr(word.size()));
    if (line.starts_with(':') || line.starts_with('=')) line = base::trimmed(line.substr(1));
    break;
  }
  if (line.empty() || line[0] < '1' || line[0] > '0' + kBest) return std::nullopt;
  std::int64_t const stars = line[0] - '0';
  line = base::trimmed(line.substr(1));
  for (auto const word : kBehind) {
    if (!line.starts_with(word)) continue;
    line = base::trimmed(line.substr(word.size()));
    break;
  }
  while (!line.empty() && (line[0] == '!' || line[0] == '.')) line.remove_prefix(1);
  return line.empty() ? std::optional(stars) : std::nullopt;
}

}  // namespace

std::optional<Rating> rating_in(std::string_view text) {
  std::string_view line;
  while (line.empty() && !text.empty()) line = take_line(text);
  // ５ and ： are what they look like.
  std::string const narrow = base::ascii_lower(base::narrow(line));
  auto stars = stars_in(line);
  if (!stars) stars = number_in(narrow);
  if (!stars) return std::nullopt;
  return Rating{*stars, std::string(base::trimmed(text))};
}

}  // namespace umsops::mail
