// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "search/document_terms.hpp"
#include "search/pages.hpp"
#include "umsops/search/index.hpp"

namespace umsops::search {

namespace {

constexpr std::size_t kMostProblems = 100;

/// One number for a term of a document; the sum of all of them does not depend on their order.
std::uint64_t term_sum(std::string_view term, std::uint8_t impact) {
  std::uint64_t sum = (static_cast<std::uint64_t>(term_hash(term)) << 8 | impact) + 1;
  sum = (sum ^ sum >> 31) * 0xBF58476D1CE4E5B9u;
  return sum ^ sum >> 29;
}

}  // namespace

/// Of each document: what its text should have put into the index, less what lies there.
class IndexCheck::Sums {
 public:
  Sums(IndexTables& own_tables, Ranking const& own_ranking)
      : tables(own_tables), ranking(own_ranking), state(own_tables.state()) {}

  IndexTables& tables;
  Ranking ranking;
  IndexState state;
  Tokeniser tokeniser;
  DocumentTerms terms;
  std::map<std::uint32_t, std::uint64_t> sums;
  IndexMeta counted;
};

IndexCheck::IndexCheck(IndexTables& tables, Ranking ranking) : sums_(std::make_unique<Sums>(tables, ranking)) {}
IndexCheck::~IndexCheck() = default;

void IndexCheck::document(std::uint32_t number, Document const& document) {
  Lengths const lengths = sums_->terms.gather(sums_->tokeniser, document);
  std::uint64_t& sum = sums_->sums[number];
  for (auto const& term : sums_->terms.terms()) {
    sum += term_sum(sums_->terms.text(term), sums_->terms.impact(sums_->ranking, sums_->state.meta, term, lengths));
  }
  ++sums_->counted.documents;
  sums_->counted.title_length += lengths.title;
  sums_->counted.body_length += lengths.body;
}

std::vector<std::string> IndexCheck::problems() {
  std::vector<std::string> problems;
  IndexMeta const& meta = sums_->state.meta;
  if (meta.version != kTokenVersion) problems.push_back("made by another version of the index");
  auto const& counted = sums_->counted;
  if (meta.documents != counted.documents || meta.title_length != counted.title_length ||
      meta.body_length != counted.body_length) {
    problems.push_back("counts " + std::to_string(meta.documents) + " documents, there are " +
                       std::to_string(counted.documents));
  }
  auto const take = [&](std::string_view term, std::uint32_t document, std::uint8_t impact, bool removed) {
    std::uint64_t const sum = term_sum(term, impact);
    sums_->sums[document] -= removed ? -sum : sum;
  };
  for (auto const& row : sums_->tables.pending()) {
    PackedReader reader(row.data);
    while (reader.next()) take(reader.term(), row.document, reader.impact(), row.removed);
  }
  for (auto const& segment : sums_->state.segments) {
    for (SegmentReader reader(sums_->tables, segment.number); !reader.done(); reader.next()) {
      for (auto const& posting : reader.postings()) {
        take(reader.term(), posting.document, posting.impact, segment.removed);
      }
    }
  }
  for (auto const& [document, sum] : sums_->sums) {
    if (sum == 0) continue;
    if (problems.size() == kMostProblems) break;
    problems.push_back("document " + std::to_string(document) + " differs from its text");
  }
  return problems;
}

}  // namespace umsops::search
