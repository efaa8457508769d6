// SPDX-License-Identifier: Apache-2.0
#include "desk/duplicates.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "store/ticket_table.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kMostRead = 200, kMostNamed = 5;
constexpr double kSameCategory = 0.1;

/// The characters that carry meaning, each as its UTF-8 bytes.
std::vector<std::string> characters(std::string_view text) {
  std::string const folded = base::fold(text);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < folded.size();) {
    auto const lead = static_cast<unsigned char>(folded[at]);
    std::size_t const size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::string const c = folded.substr(at, size);
    at += size;
    bool const word = size > 1 ? c < "\u3000" || c > "\u303f" : (c >= "a" && c <= "z") || (c >= "0" && c <= "9");
    bool const wide_mark = c == "，" || c == "。" || c == "！" || c == "？" || c == "；" || c == "：";
    if (word && !wide_mark) out.push_back(c);
  }
  return out;
}

std::vector<std::string> bigrams(std::string_view text) {
  auto const chars = characters(text);
  std::vector<std::string> out;
  if (chars.size() == 1) out.push_back(chars[0]);
  for (std::size_t i = 1; i < chars.size(); ++i) out.push_back(chars[i - 1] + chars[i]);
  std::sort(out.begin(), out.end());
  return out;
}

double likeness(std::vector<std::string> const& a, std::vector<std::string> const& b) {
  if (a.empty() || b.empty()) return 0;
  std::vector<std::string> shared;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(shared));
  return 2.0 * static_cast<double>(shared.size()) / static_cast<double>(a.size() + b.size());
}

}  // namespace

double title_likeness(std::string_view a, std::string_view b) { return likeness(bigrams(a), bigrams(b)); }

std::vector<DuplicateCandidate> find_duplicates(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket) {
  std::vector<DuplicateCandidate> out;
  if (ticket.requester_id.empty()) return out;
  auto const since = desk.now() - desk.options().duplicate_window;
  auto const wanted = bigrams(ticket.title);
  for (auto const& row : store::recent_titles(db, ticket.requester_id, since, kMostRead)) {
    double score = likeness(wanted, bigrams(row.title));
    if (score > 0 && !row.category.empty() && row.category == ticket.category)
      score = std::min(1.0, score + kSameCategory);
    score = std::round(score * 100) / 100;
    if (score >= desk.options().duplicate_score) out.push_back({row.ticket_number, row.title, row.status, score});
  }
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.score > b.score; });
  if (out.size() > kMostNamed) out.resize(kMostNamed);
  return out;
}

}  // namespace umsops::desk
