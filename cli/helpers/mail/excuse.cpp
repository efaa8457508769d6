// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/excuse.hpp"

#include <algorithm>
#include <string>

#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kLongestStub = 300, kLongestSentence = 400, kLongestName = 500, kLongestExcuse = 20'000;
constexpr std::string_view kStubWords[] = {"html", "browser", "不支持", "网页", "瀏覽器"};
constexpr std::string_view kMimeWords[] = {"mime", "multi-part", "multipart", "mehrteilige", "multipartes", "多部分"};

template <std::size_t N>
bool has_one(std::string_view small, std::string_view const (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view word) { return small.find(word) != small.npos; });
}

/// The text without `[cid:x]`, `[image: x]`, `<https://x>` and rules of dashes.
std::string without_pictures(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto const rest = text.substr(at);
    bool const picture = rest.starts_with("[cid:") || base::ascii_lower(rest.substr(0, 7)) == "[image:" ||
                         rest.starts_with("[image]") || rest.starts_with("<http");
    auto const end = picture ? rest.substr(0, kLongestName).find_first_of("]>\n") : rest.npos;
    if (picture && end != rest.npos && rest[end] != '\n') {
      at += end + 1;
      continue;
    }
    if (std::string_view("-_=*").find(text[at]) == text.npos) out += text[at];
    ++at;
  }
  return out;
}

}  // namespace

bool shows_only_pictures(std::string_view plain) {
  return plain.size() < kLongestExcuse && mail::shows_nothing(without_pictures(plain));
}

bool is_about_html(std::string_view plain) {
  return plain.size() < kLongestExcuse && base::code_points(plain) < kLongestStub &&
         has_one(base::ascii_lower(plain), kStubWords);
}

bool says_only_mime(std::string_view text) {
  return text.size() < kLongestSentence && has_one(base::ascii_lower(text), kMimeWords);
}

bool hides_its_end(std::string_view html) {
  std::string const small = base::ascii_lower(html);
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"<!--", "-->"}, {"<script", "</script"}, {"<style", "</style"}};
  return std::any_of(std::begin(kPairs), std::end(kPairs), [&](auto const& pair) {
    auto const begin = small.rfind(pair.first);
    return begin != small.npos && small.find(pair.second, begin) == small.npos;
  });
}

}  // namespace umsops::mail_helper
