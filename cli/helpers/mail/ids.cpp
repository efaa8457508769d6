// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/ids.hpp"

#include <algorithm>

#include "cli/helpers/mail/charset.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kLongestId = 998, kMostIds = 200, kKept = 900;
constexpr std::string_view kBlanks = " \t\r\n", kMarks = "[](){}\"'`,;:";

std::string sound_id(std::string_view text) {
  std::string id;
  for (char const c : mail::sound_text(guessed_to_utf8(text).text, base::TextShape::line)) {
    if (c != ' ') id += c;
  }
  if (id.size() <= kLongestId) return id;
  return std::string(base::first_bytes(id, kKept)) + "~" + base::sha256_hex(id);
}

std::string_view without_marks(std::string_view word) {
  auto const begin = word.find_first_not_of(kMarks);
  if (begin == word.npos) return {};
  return word.substr(begin, word.find_last_not_of(kMarks) - begin + 1);
}

/// What stands in the brackets that begin at `at`, which goes behind them; nothing when they are not closed.
std::string_view take_bracketed(std::string_view field, std::size_t& at) {
  auto const end = field.find('>', at);
  if (end == field.npos) return {};
  auto const open = field.rfind('<', end);  // the inner one of `<<a@b>>`
  at = end + 1;
  return field.substr(open + 1, end - open - 1);
}

}  // namespace

std::vector<std::string> read_ids(std::string_view field) {
  std::vector<std::string> found;
  auto const add = [&](std::string_view text) {
    if (auto id = sound_id(text); !id.empty()) found.push_back(std::move(id));
  };
  std::size_t const last = field.rfind('>');
  for (std::size_t at = 0; at < field.size();) {
    if (field[at] == '<' && last != field.npos && at < last) {
      add(take_bracketed(field, at));
      continue;
    }
    auto const end = std::min(field.find_first_of(" \t\r\n,<>", at), field.size());
    auto const word = without_marks(field.substr(at, end - at));
    if (word.find('@') != word.npos) add(word);
    at = end + (end == at ? 1 : 0);
  }
  // The first says where it began, the last ones what it answers.
  if (found.size() > kMostIds) found.erase(found.begin() + 1, found.end() - static_cast<std::ptrdiff_t>(kMostIds - 1));
  return found;
}

std::string read_id(std::string_view field) {
  if (auto ids = read_ids(field); !ids.empty()) return std::move(ids.front());
  auto const begin = field.find_first_not_of(kBlanks);
  if (begin == field.npos) return {};
  auto const word = field.substr(begin, field.find_first_of(kBlanks, begin) - begin);
  std::string bare;
  for (char const c : without_marks(word)) {
    if (c != '<' && c != '>') bare += c;
  }
  return sound_id(bare);
}

}  // namespace umsops::mail_helper
