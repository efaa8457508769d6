// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "search/varint.hpp"
#include "umsops/search/index.hpp"

namespace umsops::search {

/// `\1` and the filter's text; no word begins so. Of a long one the beginning and a hash.
std::string filter_term(std::string_view filter);

/// f: how strong a term is in a document, before saturation.
double strength(Ranking const& ranking, IndexMeta const& meta, std::uint32_t in_title, std::uint32_t in_body,
                Lengths lengths);

/// Terms of one document, gathered in a table that is used again for the next one.
class DocumentTerms : private TokenSink {
 public:
  struct Term {
    std::uint32_t begin = 0;  ///< in the bytes of all terms
    std::uint8_t size = 0;
    bool filter = false;
    std::uint32_t hash = 0;
    std::uint32_t in_title = 0, in_body = 0;
  };

  Lengths gather(Tokeniser& tokeniser, Document const& document);
  std::vector<Term> const& terms() const { return terms_; }
  std::string_view text(Term const& term) const { return {bytes_.data() + term.begin, term.size}; }
  std::uint8_t impact(Ranking const& ranking, IndexMeta const& meta, Term const& term, Lengths lengths) const;

 private:
  void token(Token const& token) override;
  Term& find(std::string_view text);
  void grow();

  std::vector<Term> terms_;
  std::string bytes_;
  std::vector<std::uint32_t> slots_;  ///< index of a term + 1
  bool title_ = false;
};

std::uint32_t term_hash(std::string_view term);

/// Terms in order, each with its impact: what a pending row holds.
std::string pack(Ranking const& ranking, IndexMeta const& meta, DocumentTerms const& terms, Lengths lengths);

class PackedReader {
 public:
  explicit PackedReader(std::string_view data) : reader_(data) {}
  bool next();
  std::string_view term() const { return term_; }
  std::uint8_t impact() const { return impact_; }

 private:
  Reader reader_;
  std::string term_;
  std::uint8_t impact_ = 0;
};

}  // namespace umsops::search
