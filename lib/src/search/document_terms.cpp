// SPDX-License-Identifier: Apache-2.0
#include "search/document_terms.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "search/pages.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::search {

std::string filter_term(std::string_view filter) {
  std::string term = "\1";
  if (filter.size() < kLongestKey) return term.append(filter);
  auto const digest = base::sha256_hex(filter).substr(0, 32);
  return term.append(filter.substr(0, kLongestKey - 2 - digest.size())).append("\1").append(digest);
}

double strength(Ranking const& ranking, IndexMeta const& meta, std::uint32_t in_title, std::uint32_t in_body,
                Lengths lengths) {
  double const title = 1 - ranking.title_length + ranking.title_length * lengths.title / meta.title_pivot;
  double const body = 1 - ranking.body_length + ranking.body_length * lengths.body / meta.body_pivot;
  return ranking.title_weight * in_title / title + in_body / body;
}

std::uint32_t term_hash(std::string_view term) {
  std::uint64_t hash = term.size();
  auto mix = [&](std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  };
  std::size_t at = 0;
  for (; at + 8 <= term.size(); at += 8) {
    std::uint64_t eight;
    std::memcpy(&eight, term.data() + at, 8);
    mix(eight);
  }
  std::uint64_t rest = 0;
  for (; at < term.size(); ++at) rest = rest << 8 | static_cast<unsigned char>(term[at]);
  mix(rest);
  return static_cast<std::uint32_t>(hash);
}

DocumentTerms::Term& DocumentTerms::find(std::string_view text) {
  if (terms_.size() * 2 >= slots_.size()) grow();
  std::uint32_t const hash = term_hash(text);
  std::size_t const mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0) {
      slots_[slot] = static_cast<std::uint32_t>(terms_.size() + 1);
      Term term;
      term.begin = static_cast<std::uint32_t>(bytes_.size());
      term.size = static_cast<std::uint8_t>(text.size());
      term.hash = hash;
      bytes_ += text;
      return terms_.emplace_back(term);
    }
    Term& known = terms_[slots_[slot] - 1];
    if (known.hash == hash && this->text(known) == text) return known;
  }
}

void DocumentTerms::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  std::size_t const mask = slots_.size() - 1;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    std::size_t slot = terms_[i].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

void DocumentTerms::token(Token const& token) {
  Term& term = find(token.term);
  ++(title_ ? term.in_title : term.in_body);
}

Lengths DocumentTerms::gather(Tokeniser& tokeniser, Document const& document) {
  if (slots_.size() > 8192 && terms_.size() * 16 < slots_.size()) slots_.resize(4096);  // after a large one
  terms_.clear();
  bytes_.clear();
  std::fill(slots_.begin(), slots_.end(), 0);
  Lengths lengths;
  title_ = true;
  lengths.title = tokeniser.tokenise(document.title, *this);
  title_ = false;
  lengths.body = tokeniser.tokenise(document.body, *this);
  for (auto const& filter : document.filters) find(filter_term(filter)).filter = true;
  return lengths;
}

std::uint8_t DocumentTerms::impact(Ranking const& ranking, IndexMeta const& meta, Term const& term,
                                   Lengths lengths) const {
  if (term.filter) return 0;
  double const f = strength(ranking, meta, term.in_title, term.in_body, lengths);
  return static_cast<std::uint8_t>(std::clamp(std::lround(255 * f / (ranking.saturation + f)), 1L, 255L));
}

std::string pack(Ranking const& ranking, IndexMeta const& meta, DocumentTerms const& terms, Lengths lengths) {
  std::vector<DocumentTerms::Term const*> order;
  for (auto const& term : terms.terms()) order.push_back(&term);
  std::sort(order.begin(), order.end(), [&](auto const* a, auto const* b) { return terms.text(*a) < terms.text(*b); });
  std::string out;
  std::string_view last;
  for (auto const* term : order) {
    std::string_view const text = terms.text(*term);
    auto const shared = std::mismatch(last.begin(), last.end(), text.begin(), text.end()).first - last.begin();
    out += static_cast<char>(shared);
    out += static_cast<char>(text.size() - static_cast<std::size_t>(shared));
    out += text.substr(static_cast<std::size_t>(shared));
    out += static_cast<char>(terms.impact(ranking, meta, *term, lengths));
    last = text;
  }
  return out;
}

bool PackedReader::next() {
  if (reader_.done()) return false;
  std::size_t const shared = reader_.byte();
  if (shared > term_.size()) throw damaged("a pending term shares more than there is");
  std::string_view const rest = reader_.bytes(reader_.byte());
  if (!term_.empty() && std::string_view(term_).substr(shared) >= rest) throw damaged("pending terms are out of order");
  term_.resize(shared);
  term_ += rest;
  if (term_.empty() || term_.size() > kLongestKey) throw damaged("a pending term has an impossible length");
  impact_ = reader_.byte();
  return true;
}

}  // namespace umsops::search
