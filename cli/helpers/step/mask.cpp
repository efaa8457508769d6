// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/step/mask.hpp"

#include <algorithm>
#include <cstring>

#include "umsops/base/base64.hpp"
#include "umsops/base/json.hpp"

namespace umsops::step_helper {
namespace {

constexpr std::string_view kMasked = "***";

std::string for_url(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    bool const plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::strchr("-._~", c) != nullptr;
    if (plain && c != '\0') {
      out += c;
    } else {
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
  }
  return out;
}

std::string for_json(std::string_view text) {
  std::string out;
  base::append_json_string(out, text);
  return out.substr(1, out.size() - 2);
}

}  // namespace

Mask::Mask(std::vector<std::string> const& secrets) {
  for (auto const& secret : secrets) {
    if (secret.empty()) continue;
    auto const base64 = base::base64_encode(secret);
    for (auto const& spelling : {secret, base64, base64.substr(0, base64.find('=')), for_url(secret), for_json(secret)})
      spellings_.push_back(spelling);
  }
  std::sort(spellings_.begin(), spellings_.end(),
            [](auto const& a, auto const& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  spellings_.erase(std::unique(spellings_.begin(), spellings_.end()), spellings_.end());
  if (!spellings_.empty()) longest_ = spellings_.front().size();
}

std::string Mask::masked(bool last) {
  std::string out;
  std::size_t at = 0;
  // Where each of them comes next: looked for again only behind that place.
  std::vector<std::size_t> next(spellings_.size());
  for (std::size_t i = 0; i < next.size(); ++i) next[i] = held_.find(spellings_[i]);
  // A longer one may begin where the bytes so far end.
  std::size_t const safe = last ? held_.size() : held_.size() - std::min(held_.size(), longest_ - 1);
  while (at < safe) {
    std::size_t first = std::string::npos, length = 0;
    for (std::size_t i = 0; i < next.size(); ++i) {
      if (next[i] < at) next[i] = held_.find(spellings_[i], at);
      if (next[i] < first) first = next[i], length = spellings_[i].size();
    }
    if (first >= safe) {
      out.append(held_, at, safe - at);
      at = safe;
    } else {
      out.append(held_, at, first - at).append(kMasked);
      at = first + length;
    }
  }
  held_.erase(0, at);
  return out;
}

std::string Mask::pass(std::string_view bytes) {
  if (spellings_.empty()) return std::string(bytes);
  held_.append(bytes);
  return masked(false);
}

std::string Mask::rest() { return spellings_.empty() ? std::string() : masked(true); }

}  // namespace umsops::step_helper
