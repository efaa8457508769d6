// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/chinese.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/embedded.hpp"

namespace umsops::base {
namespace {

constexpr int kDeepest = 4;              // texts within texts
constexpr std::size_t kLongest = 2'000;  // bytes of a text that is looked up
constexpr std::string_view kHole = "{}";

/// A Chinese character of three bytes; signs of punctuation are none.
bool is_ideograph(std::string_view text) {
  auto const lead = text.empty() ? 0U : static_cast<unsigned char>(text[0]);
  return lead >= 0xE4U && lead <= 0xE9U;
}
bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool ends_in_ideograph(std::string_view text) { return text.size() >= 3 && is_ideograph(text.substr(text.size() - 3)); }

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

/// What stands in quotes belongs to somebody else: a hole takes the whole of it or nothing.
bool whole_quotes(std::string_view text) { return std::count(text.begin(), text.end(), '"') % 2 == 0; }

/// What the holes of the pattern hold; false: it is another text.
bool match(std::string_view pattern, std::string_view text, std::vector<std::string_view>& holes) {
  auto const hole = pattern.find(kHole);
  if (hole == pattern.npos) return pattern == text;
  if (text.substr(0, hole) != pattern.substr(0, hole)) return false;
  pattern.remove_prefix(hole + kHole.size());
  text.remove_prefix(hole);
  auto const next = pattern.substr(0, pattern.find(kHole));
  for (std::size_t at = 1; at <= text.size(); ++at) {
    auto const end = next.empty() ? text.size() : text.find(next, at);
    if (end == text.npos) return false;
    at = end;
    if (!whole_quotes(text.substr(0, end))) continue;
    holes.push_back(text.substr(0, end));
    if (match(pattern, text.substr(end), holes)) return true;
    holes.pop_back();
  }
  return false;
}

struct Found {
  std::string_view chinese;
  std::vector<std::string_view> holes;
  std::size_t worth = 0;  ///< bytes that are not holes
};

/// The entry with the most of the text in itself.
std::optional<Found> look_up(std::string_view text) {
  std::optional<Found> best;
  for (auto const& file : embedded::chinese()) {
    auto rest = file.bytes;
    while (!rest.empty()) {
      auto const line = first_line(rest);
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (line.empty() || line.starts_with('#') || line.starts_with('\t')) continue;
      std::size_t holes = 0;
      for (auto at = line.find(kHole); at != line.npos; at = line.find(kHole, at + 2)) ++holes;
      auto const worth = line.size() - holes * kHole.size();
      if (worth > text.size() || (best && worth <= best->worth)) continue;
      Found found{first_line(rest).substr(1), {}, worth};
      if (match(line, text, found.holes)) best = std::move(found);
    }
  }
  return best;
}

std::string translated(std::string_view text, int depth);

std::string filled(Found const& found, int depth) {
  std::string out;
  std::size_t next = 0;
  for (auto rest = found.chinese; !rest.empty();) {
    auto const open = rest.find('{');
    append_chinese(out, rest.substr(0, open));
    if (open == rest.npos) break;
    rest.remove_prefix(open);
    auto hole = found.holes.size();
    std::size_t size = 2;
    if (rest.starts_with(kHole)) {
      hole = next++;
    } else if (rest.size() > 2 && rest[2] == '}' && rest[1] >= '1' && rest[1] <= '9') {
      hole = static_cast<std::size_t>(rest[1] - '1');
      size = 3;
    }
    if (hole < found.holes.size()) {
      append_chinese(out, translated(found.holes[hole], depth + 1));
      rest.remove_prefix(size);
    } else {
      out += '{';  // the character itself
      rest.remove_prefix(1);
    }
  }
  return out;
}

/// Two texts with a sign between them, each of which may be known.
std::optional<std::string> in_parts(std::string_view text, int depth) {
  static constexpr std::pair<std::string_view, std::string_view> kSigns[] = {{"; ", "；"}, {": ", "："}};
  for (auto const& [sign, chinese] : kSigns) {
    for (auto at = text.find(sign); at != text.npos; at = text.find(sign, at + 1)) {
      auto const before = text.substr(0, at), behind = text.substr(at + sign.size());
      if (!whole_quotes(before) || behind.empty()) continue;
      auto const first = translated(before, depth + 1), second = translated(behind, depth + 1);
      if (first != before || second != behind) return first + std::string(chinese) + second;
    }
  }
  return std::nullopt;
}

std::string translated(std::string_view text, int depth) {
  if (depth > kDeepest || text.size() > kLongest) return std::string(text);
  if (auto const found = look_up(text)) return filled(*found, depth);
  return in_parts(text, depth).value_or(std::string(text));
}

}  // namespace

std::string in_chinese(std::string_view text) { return translated(text, 0); }

void append_chinese(std::string& out, std::string_view text) {
  if (text.empty()) return;
  if (is_ideograph(text) && out.ends_with(' ') && ends_in_ideograph(std::string_view(out).substr(0, out.size() - 1)))
    out.pop_back();
  if (text[0] == ' ' && is_ideograph(text.substr(1)) && ends_in_ideograph(out)) text.remove_prefix(1);
  bool const meet =
      (ends_in_ideograph(out) && is_word(text[0])) || (is_ideograph(text) && !out.empty() && is_word(out.back()));
  if (meet) out += ' ';
  out += text;
}

}  // namespace umsops::base
