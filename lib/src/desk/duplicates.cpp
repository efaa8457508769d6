// SPDX-License-Identifier: Apache-2.0
#include "desk/duplicates.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "base/utf8.hpp"
#include "desk/requester_lookup.hpp"
#include "store/tickets.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kMostRead = 200, kMostNamed = 5;
constexpr double kSameCategory = 0.1;

/// Two neighbouring characters that carry meaning; a title with only one such character has that one alone.
using Bigram = std::uint64_t;
using Bigrams = std::vector<Bigram>;

/// In folded text: letters, digits and Han, no blanks or marks.
bool carries_meaning(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  return c < 0x3000 || c > 0x303F;
}

/// The title's bigrams, sorted, in place of what `out` holds.
void take_bigrams(std::string_view title, Bigrams& out) {
  std::string const folded = base::fold(title);
  out.clear();
  Bigram last = 0;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < folded.size();) {
    auto const [c, size, valid] = base::decode_utf8(folded, at);
    at += size;
    if (!carries_meaning(c)) continue;
    if (characters++ > 0) out.push_back(last << 32 | c);
    last = c;
  }
  if (characters == 1) out.push_back(last);
  std::sort(out.begin(), out.end());
}

/// How many both have, repeated ones as often as both repeat them.
std::size_t shared(Bigrams const& a, Bigrams const& b) {
  std::size_t count = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    count += *x == *y ? 1 : 0;
    bool const next_x = *x <= *y, next_y = *y <= *x;
    x += next_x ? 1 : 0;
    y += next_y ? 1 : 0;
  }
  return count;
}

double likeness(Bigrams const& a, Bigrams const& b) {
  if (a.empty() || b.empty()) return 0;
  return 2.0 * static_cast<double>(shared(a, b)) / static_cast<double>(a.size() + b.size());
}

}  // namespace

double title_likeness(std::string_view a, std::string_view b) { return LikeTitle(a).likeness(b); }

LikeTitle::LikeTitle(std::string_view title) { take_bigrams(title, wanted_); }

double LikeTitle::likeness(std::string_view other) {
  take_bigrams(other, seen_);
  return desk::likeness(wanted_, seen_);
}

std::vector<DuplicateCandidate> find_duplicates(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket) {
  std::vector<DuplicateCandidate> out;
  if (ticket.requester_id.empty()) return out;
  auto const since = desk.now() - desk.options().duplicate_window;
  LikeTitle title(ticket.title);
  auto rows = store::recent_titles(db, ticket.requester_id, since, kMostRead);
  // Somebody whom the directory knows may have asked by mail before, and by phone.
  if (!ticket.requester_facts.empty()) {
    for (auto const& name : all_names(db, ticket.requester_id)) {
      if (name == ticket.requester_id) continue;
      for (auto& row : store::recent_titles(db, name, since, kMostRead)) rows.push_back(std::move(row));
    }
  }
  for (auto const& row : rows) {
    double score = title.likeness(row.title);
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
