// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "search/postings.hpp"
#include "umsops/search/index.hpp"

namespace umsops::search {

/// Lists of more bytes lie beside the pages.
constexpr std::size_t kLargestInline = 1500;
/// Filters are longer than words; no term has more bytes.
constexpr std::size_t kLongestKey = 128;

/// A term of a page: (shared, rest, bytes; documents, largest impact, bytes of the list, or 0 and the list's number;
/// the list).
struct PageEntry {
  std::string_view term;  ///< until the next entry is read
  std::uint32_t documents = 0;
  std::uint8_t largest = 0;
  std::string_view postings;
  std::uint64_t list = 0;  ///< 0: they stand here
};

class PageReader {
 public:
  explicit PageReader(std::string_view data) : reader_(data) {}
  bool next(PageEntry& entry);

 private:
  Reader reader_;
  std::string term_;
};

/// Writes a segment: terms must come in order.
class SegmentWriter {
 public:
  SegmentWriter(IndexTables& tables, std::uint32_t segment) : tables_(tables), segment_(segment) {}
  void add(std::string_view term, std::span<Posting const> postings);
  void finish();
  bool empty() const { return !written_; }

 private:
  IndexTables& tables_;
  std::uint32_t segment_;
  std::uint32_t lists_ = 0;
  bool written_ = false;
  TermPage page_;
  std::string last_, list_, entry_;
};

/// Reads a segment from its first term to its last one.
class SegmentReader {
 public:
  SegmentReader(IndexTables& tables, std::uint32_t segment);
  bool done() const { return done_; }
  std::string_view term() const { return entry_.term; }
  std::vector<Posting> postings();
  void next();

 private:
  IndexTables& tables_;
  std::uint32_t segment_;
  std::vector<TermPage> pages_;
  std::size_t at_ = 0;
  PageReader reader_{""};
  PageEntry entry_;
  bool done_ = false;
};

}  // namespace umsops::search
