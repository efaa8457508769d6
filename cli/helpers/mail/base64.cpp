// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/base64.hpp"

#include <algorithm>
#include <cstdint>

#include "umsops/mail/raw.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kShortestRun = 20;  // signs: no word of a language is as long

int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// Whether a line may be base64: one word of it, or long ones.
bool is_coded(std::string_view line) {
  auto const padding = line.find('=');
  auto const letters = line.substr(0, padding);
  if (letters.empty() ||
      (padding != line.npos && mail::trimmed(line.substr(padding)).find_first_not_of("= ") != line.npos)) {
    return false;
  }
  std::size_t run = 0;
  for (char const c : letters) {
    bool const blank = c == ' ' || c == '\t' || c == '\r';
    if (!blank && value_of(c) < 0) return false;
    if (blank && run > 0 && run < kShortestRun) return false;
    run = blank ? 0 : run + 1;
  }
  return true;
}

/// Where the coded lines end, and how much is in them and between them.
struct Extent {
  std::size_t end = 0;      ///< behind the last one
  std::size_t letters = 0;  ///< in coded lines
  std::size_t strange = 0;  ///< signs of other lines before it
  bool padded = false;
};
Extent extent_of(std::string_view body) {
  Extent extent;
  std::size_t strange = 0;
  bool over = false;  // padding came, or words: only what can be nothing else goes on
  for (auto rest = body; !rest.empty();) {
    auto const line = mail::trimmed(mail::take_line(rest));
    if (line.empty()) continue;
    bool const padded = line.ends_with('=');
    if (is_coded(line) && (!over || padded || line.size() >= kShortestRun)) {
      extent = {body.size() - rest.size(), extent.letters + line.size(), strange, extent.padded || padded};
      over = padded;
    } else {
      strange += line.size();
      over = true;
    }
  }
  return extent;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int count = 0;
  auto const flush = [&] {
    // Of a group that is not full, whole bytes count.
    if (count == 2) bytes += static_cast<char>(bits >> 4);
    if (count == 3) bytes += static_cast<char>(bits >> 10), bytes += static_cast<char>(bits >> 2);
    bits = 0, count = 0;
  };
  for (char const c : text) {
    if (c == '=') flush();
    auto const value = value_of(c);
    if (value < 0) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (++count < 4) continue;
    bytes += static_cast<char>(bits >> 16);
    bytes += static_cast<char>(bits >> 8);
    bytes += static_cast<char>(bits);
    bits = 0, count = 0;
  }
  flush();
  return bytes;
}

Base64Body decode_base64_body(std::string_view body) {
  if (mail::trimmed(body).empty()) return {};
  auto const extent = extent_of(body);
  auto const rest = mail::trimmed(body.substr(extent.end));
  bool const few = !extent.padded && (extent.letters % 4 == 1 || !rest.empty()) && extent.letters < kShortestRun;
  if (few || extent.strange * 20 > extent.letters) return {std::string(body), {}, "said to be base64, which it is not"};
  std::string_view doubt;
  if (extent.strange > 0) doubt = "base64 with other signs in it";
  if (!rest.empty()) doubt = "text behind base64";
  return {decode_base64(body.substr(0, extent.end)), rest, doubt};
}

}  // namespace umsops::mail_helper
