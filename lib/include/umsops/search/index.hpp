// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/search/token.hpp"

namespace umsops::search {

/// What answers are ordered by. The first group lies in the index: other numbers there need another index.
struct Ranking {
  double saturation = 3;      ///< k1: how much the tenth occurrence still counts
  double title_weight = 4;    ///< of a word in the title, beside one in the body
  double title_length = 0.5;  ///< b: how much a long title counts less
  double body_length = 0.9;

  double idf_power = 1.2;
  double stop_weight = 0.1;    ///< of "the" and "is" in a question
  double single_weight = 0.1;  ///< of each character of a run, beside its pairs
  double single_idf = 3;       ///< how rare a character is held to be: nobody counts them
  double passage = 0.4;        ///< how much it helps that all words stand close together
  std::uint32_t window = 30;   ///< what close means, in positions
  double usefulness = 0.25;    ///< how much it helps that readers found a document useful
};

/// What is indexed: a revision of an article, a ticket. Its number is given once, and never again.
struct Document {
  std::string_view title, body;
  std::vector<std::string> filters;  ///< such as `kind=faq`: what lists of answers may be narrowed by
};

struct Lengths {
  std::uint32_t title = 0, body = 0;  ///< in positions
};

/// One row beside the tables. The pivots lie in every posting, so they stay as they are until the index is made anew.
struct IndexMeta {
  int version = kTokenVersion;
  std::uint32_t documents = 0, next_document = 1, next_segment = 1;
  std::uint64_t title_length = 0, body_length = 0;  ///< of all documents
  std::uint32_t title_pivot = 8, body_pivot = 200;  ///< the mean lengths, 1 at least, that postings were made with

  /// How far the mean length of bodies has gone from the pivot: 0.25 is a good time to make the index anew.
  double drift() const;
};

/// Terms in sorted pages. A segment is made once and read until it is merged into a larger one. What takes documents
/// back is a segment too: the same terms with the numbers of what was removed.
struct Segment {
  std::uint32_t number = 0, level = 0;
  bool removed = false;
};

struct IndexState {
  IndexMeta meta;
  std::vector<Segment> segments;
};

/// Terms of one document that no segment has yet.
struct PendingRow {
  std::uint32_t document = 0;
  bool removed = false;
  std::string data;
};

struct TermPage {
  std::uint32_t segment = 0;
  std::string first;  ///< its first term, compared as bytes
  std::string data;   ///< at most kLargestPage bytes
};
constexpr std::size_t kLargestPage = 3900;

/// The postings of a term that are too many for a page. The number has the segment's in its upper half.
struct PostingList {
  std::uint64_t number = 0;
  std::string data;
};

/// All terms from `from` to `to`, both of them included.
struct TermRange {
  std::string from, to;
};

/// Where an index lies. Each call is one statement, or one round trip; all of them together are one transaction of who
/// calls. What is read is trusted by nobody: damaged pages lead to `store.damaged`.
class IndexTables {
 public:
  virtual ~IndexTables() = default;

  virtual IndexState state() = 0;
  virtual std::vector<PendingRow> pending() = 0;
  /// Of every segment, the pages that may hold terms of these ranges: those that begin inside of one, and the last that
  /// begins before it.
  virtual std::vector<TermPage> pages(std::span<TermRange const> ranges) = 0;
  /// The next pages of a segment in order, behind the one that begins with `after` ("": from the first), `most` of
  /// them.
  virtual std::vector<TermPage> pages_after(std::uint32_t segment, std::string_view after, std::size_t most) = 0;
  virtual std::vector<PostingList> lists(std::span<std::uint64_t const> numbers) = 0;

  virtual void set_meta(IndexMeta const& meta) = 0;
  virtual void add_pending(PendingRow row) = 0;
  virtual void remove_pending(std::span<PendingRow const> rows) = 0;
  virtual void add_segment(Segment const& segment) = 0;
  virtual void add_page(TermPage page) = 0;
  virtual void add_list(PostingList list) = 0;
  /// With its pages and lists.
  virtual void remove_segment(std::uint32_t number) = 0;
};

/// So many rows may wait before a fold is due, and so many segments of one level before they are merged.
constexpr std::size_t kPendingRows = 64, kFanOut = 8;

/// Keeps an index in step with documents. Adding and removing belong into the transaction that changes the document;
/// `tidy` may come later, from time to time.
class Indexer {
 public:
  explicit Indexer(IndexTables& tables, Ranking ranking = {}) : tables_(tables), ranking_(ranking) {}

  /// The number that the document has from now on.
  std::uint32_t add(Document const& document, Lengths* lengths = nullptr);
  /// The document as it was added: the same text, the same filters.
  void remove(std::uint32_t number, Document const& document);

  /// Folds what is pending into a segment, and merges segments that are many; `all`: into one. Answers stay the same.
  /// Segments of level `highest` and above are left as they are, for who must not take long.
  void tidy(bool all = false, std::uint32_t highest = UINT32_MAX);

 private:
  IndexTables& tables_;
  Ranking ranking_;
  Tokeniser tokeniser_;
};

/// Of segments of some thousand documents: as many as folds and merges have there.
constexpr std::uint32_t kBuiltLevel = 3;

/// Indexes many documents in segments of bounded memory.
class IndexBuilder {
 public:
  /// `begin`: of a new index the mean lengths, or what is known of them; those of a first thousand documents do. Of an
  /// index that is there its own: documents are added to it. Segments are of that level.
  IndexBuilder(IndexTables& tables, IndexMeta begin, Ranking ranking = {}, std::uint32_t level = kBuiltLevel);
  ~IndexBuilder();
  IndexBuilder(IndexBuilder const&) = delete;

  std::uint32_t add(Document const& document, Lengths* lengths = nullptr);
  void finish();

 private:
  class Batch;
  IndexTables& tables_;
  IndexMeta meta_;
  Ranking ranking_;
  std::uint32_t level_;
  Tokeniser tokeniser_;
  std::unique_ptr<Batch> batch_;
};

/// The lengths of a document in positions: what pivots are made of.
Lengths measure(Tokeniser& tokeniser, Document const& document);

/// Holds an index against the documents it should have. Give it every live document, then ask.
class IndexCheck {
 public:
  explicit IndexCheck(IndexTables& tables, Ranking ranking = {});
  ~IndexCheck();
  IndexCheck(IndexCheck const&) = delete;

  void document(std::uint32_t number, Document const& document);
  /// What is wrong, one line each, at most a hundred; empty: nothing.
  std::vector<std::string> problems();

 private:
  class Sums;
  std::unique_ptr<Sums> sums_;
};

}  // namespace umsops::search
