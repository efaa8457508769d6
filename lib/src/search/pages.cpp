// SPDX-License-Identifier: Apache-2.0
#include "search/pages.hpp"

#include <algorithm>

namespace umsops::search {

bool PageReader::next(PageEntry& entry) {
  if (reader_.done()) return false;
  std::size_t const shared = reader_.byte();
  if (shared > term_.size()) throw damaged("a term shares more than there is");
  std::string_view const rest = reader_.bytes(reader_.byte());
  bool const first = term_.empty();
  if (!first && std::string_view(term_).substr(shared) >= rest) throw damaged("terms are out of order");
  term_.resize(shared);
  term_ += rest;
  if (term_.empty() || term_.size() > kLongestKey) throw damaged("a term has an impossible length");
  entry.term = term_;
  entry.documents = reader_.number();
  entry.largest = reader_.byte();
  std::uint64_t const size = reader_.varint();
  entry.list = size == 0 ? reader_.varint() : 0;
  entry.postings = reader_.bytes(size);
  if (entry.documents == 0 || (size == 0 && entry.list == 0)) throw damaged("a term has no documents");
  return true;
}

void SegmentWriter::add(std::string_view term, std::span<Posting const> postings) {
  list_.clear();
  append_postings(list_, postings);
  auto const entry = [&](std::size_t shared) {
    entry_.clear();
    entry_ += static_cast<char>(shared);
    entry_ += static_cast<char>(term.size() - shared);
    entry_ += term.substr(shared);
    append_varint(entry_, postings.size());
    auto const largest = std::max_element(postings.begin(), postings.end(),
                                          [](auto const& a, auto const& b) { return a.impact < b.impact; });
    entry_ += static_cast<char>(largest->impact);
    if (list_.size() > kLargestInline) {
      entry_ += '\0';
      append_varint(entry_, (static_cast<std::uint64_t>(segment_) << 32) | lists_);
    } else {
      append_varint(entry_, list_.size());
      entry_ += list_;
    }
  };
  if (list_.size() > kLargestInline) {
    ++lists_;
    tables_.add_list({(static_cast<std::uint64_t>(segment_) << 32) | lists_, list_});
  }
  auto const common = std::mismatch(last_.begin(), last_.end(), term.begin(), term.end()).first - last_.begin();
  entry(page_.data.empty() ? 0 : static_cast<std::size_t>(common));
  if (page_.data.size() + entry_.size() > kLargestPage) {
    tables_.add_page(std::move(page_));
    page_ = {};
    entry(0);
  }
  if (page_.data.empty()) {
    page_.segment = segment_;
    page_.first = term;
  }
  page_.data += entry_;
  last_ = term;
  written_ = true;
}

void SegmentWriter::finish() {
  if (!page_.data.empty()) tables_.add_page(std::move(page_));
  page_ = {};
}

SegmentReader::SegmentReader(IndexTables& tables, std::uint32_t segment) : tables_(tables), segment_(segment) {
  next();
}

void SegmentReader::next() {
  constexpr std::size_t kPagesAtOnce = 64;
  while (!reader_.next(entry_)) {
    if (at_ == pages_.size()) {
      std::string const after = pages_.empty() ? "" : pages_.back().first;
      pages_ = tables_.pages_after(segment_, after, kPagesAtOnce);
      at_ = 0;
      if (pages_.empty()) {
        done_ = true;
        return;
      }
      if (pages_.front().first <= after) throw damaged("pages are out of order");
    }
    reader_ = PageReader(pages_[at_++].data);
  }
}

std::vector<Posting> SegmentReader::postings() {
  if (entry_.list == 0) return all_postings(entry_.postings, entry_.documents);
  auto const lists = tables_.lists(std::span(&entry_.list, 1));
  if (lists.size() != 1) throw damaged("a list is missing");
  return all_postings(lists[0].data, entry_.documents);
}

}  // namespace umsops::search
