// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <memory>

#include "search/document_terms.hpp"
#include "search/merge.hpp"
#include "umsops/search/index.hpp"

namespace umsops::search {

namespace {

void check_version(IndexMeta const& meta) {
  if (meta.version == kTokenVersion) return;
  throw base::Error(base::errors::search_version,
                    {{"found", std::to_string(meta.version)}, {"known", std::to_string(kTokenVersion)}});
}

}  // namespace

double IndexMeta::drift() const {
  if (documents == 0) return 0;
  double const mean = static_cast<double>(body_length) / documents;
  return mean / body_pivot - 1;
}

Lengths measure(Tokeniser& tokeniser, Document const& document) {
  class : public TokenSink {
    void token(Token const&) override {}
  } nowhere;
  Lengths lengths;
  lengths.title = tokeniser.tokenise(document.title, nowhere);
  lengths.body = tokeniser.tokenise(document.body, nowhere);
  return lengths;
}

std::uint32_t Indexer::add(Document const& document, Lengths* lengths) {
  IndexMeta meta = tables_.state().meta;
  check_version(meta);
  DocumentTerms terms;
  Lengths const length = terms.gather(tokeniser_, document);
  std::uint32_t const number = meta.next_document++;
  ++meta.documents;
  meta.title_length += length.title;
  meta.body_length += length.body;
  tables_.add_pending({number, false, pack(ranking_, meta, terms, length)});
  tables_.set_meta(meta);
  if (lengths != nullptr) *lengths = length;
  return number;
}

void Indexer::remove(std::uint32_t number, Document const& document) {
  IndexMeta meta = tables_.state().meta;
  check_version(meta);
  DocumentTerms terms;
  Lengths const length = terms.gather(tokeniser_, document);
  if (meta.documents == 0 || meta.title_length < length.title || meta.body_length < length.body) {
    throw damaged("more is removed than was added");
  }
  --meta.documents;
  meta.title_length -= length.title;
  meta.body_length -= length.body;
  tables_.add_pending({number, true, pack(ranking_, meta, terms, length)});
  tables_.set_meta(meta);
}

void Indexer::tidy(bool all, std::uint32_t highest) {
  IndexState state = tables_.state();
  check_version(state.meta);
  auto const pending = tables_.pending();
  if (!pending.empty() && (all || pending.size() >= kPendingRows)) {
    fold(tables_, state, pending);
    tables_.remove_pending(pending);
  }
  if (all) {
    merge(tables_, state, state.segments);
    return;
  }
  for (std::uint32_t level = 0; level < highest; ++level) {
    std::vector<Segment> same;
    bool higher = false;
    for (auto const& segment : state.segments) {
      if (segment.level == level) same.push_back(segment);
      higher = higher || segment.level > level;
    }
    if (same.size() >= kFanOut) {
      merge(tables_, state, same);
    } else if (!higher) {
      return;
    }
  }
}

}  // namespace umsops::search
