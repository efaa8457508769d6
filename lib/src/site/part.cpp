// SPDX-License-Identifier: Apache-2.0
#include "site/part.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "umsops/base/hash.hpp"
#include "umsops/base/text.hpp"

namespace umsops::site {

namespace {

constexpr std::size_t kLeadLength = 110, kLeadRead = 2000;

bool is_plain_word(std::string_view text) {
  return !text.empty() && text.size() <= 60 && text[0] != '-' && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

std::string kind_page(Kind kind) { return std::string(kind_word(kind)) + ".html"; }

std::string category_page(std::string_view category) {
  // No plain word begins with a bar.
  std::string const name =
      is_plain_word(category) ? std::string(category) : "-" + base::sha256_hex(category).substr(0, 16);
  return "category-" + name + ".html";
}

std::string category_name(std::string_view category, Part const& part) {
  return category.empty() ? std::string(part.labels.no_category) : word_of(category, part.language);
}

std::vector<Part::Group> grouped(std::vector<Entry const*> const& entries) {
  std::map<std::string, std::vector<Entry const*>> by_name;
  for (auto const* entry : entries) by_name[entry->category].push_back(entry);
  std::vector<Part::Group> out(by_name.begin(), by_name.end());
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) {
    return std::tuple(a.first.empty(), b.second.size()) < std::tuple(b.first.empty(), a.second.size());
  });
  return out;
}

std::string lead(std::string_view text) {
  std::string line;
  for (char const c : base::first_bytes(text, kLeadRead)) {
    bool const blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return base::shortened(base::trimmed(line), kLeadLength);
}

std::string day_text(base::TimePoint at, base::TimeZone const& zone) { return zone.format(at).substr(0, 10); }

}  // namespace umsops::site
