// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "search/document_terms.hpp"
#include "search/pages.hpp"
#include "umsops/search/index.hpp"

namespace umsops::search {

namespace {

constexpr std::size_t kMostPostings = 1'700'000;  // 14 MB, and half as much again while they are sorted
constexpr std::uint32_t kMostDocuments = 1u << 24;

}  // namespace

/// Terms and postings of some thousand documents. A posting is one number: term, document, impact.
class IndexBuilder::Batch {
 public:
  explicit Batch(std::uint32_t first) : first_(first) {
    slots_.assign(1u << 16, 0);
    postings_.reserve(kMostPostings + kMostPostings / 16);  // doubling would hold them three times for a moment
  }

  bool full(std::uint32_t next) const { return postings_.size() >= kMostPostings || next - first_ >= kMostDocuments; }
  bool empty() const { return postings_.empty(); }
  DocumentTerms& terms() { return document_; }

  void add(std::uint32_t number, Ranking const& ranking, IndexMeta const& meta, Lengths lengths) {
    for (auto const& term : document_.terms()) {
      std::uint64_t const id = find(document_.text(term), term.hash);
      postings_.push_back(id << 32 | static_cast<std::uint64_t>(number - first_) << 8 |
                          document_.impact(ranking, meta, term, lengths));
    }
  }
  void write(IndexTables& tables, std::uint32_t segment);

 private:
  std::uint32_t find(std::string_view text, std::uint32_t hash);
  std::string_view text(std::uint32_t id) const {
    return std::string_view(bytes_).substr(ends_[id], ends_[id + 1] - ends_[id]);
  }

  std::uint32_t first_;
  DocumentTerms document_;
  std::vector<std::uint64_t> postings_;
  std::string bytes_;
  std::vector<std::uint32_t> ends_{0}, hashes_, slots_;
};

std::uint32_t IndexBuilder::Batch::find(std::string_view text, std::uint32_t hash) {
  if (hashes_.size() * 2 >= slots_.size()) {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t id = 0; id < hashes_.size(); ++id) {
      std::size_t slot = hashes_[id] & (slots_.size() - 1);
      while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = id + 1;
    }
  }
  std::size_t const mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot] == 0) {
      bytes_ += text;
      ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
      hashes_.push_back(hash);
      return (slots_[slot] = static_cast<std::uint32_t>(hashes_.size())) - 1;
    }
    std::uint32_t const id = slots_[slot] - 1;
    if (hashes_[id] == hash && this->text(id) == text) return id;
  }
}

void IndexBuilder::Batch::write(IndexTables& tables, std::uint32_t segment) {
  std::vector<std::uint32_t> starts(hashes_.size() + 1);  // a counting sort by term keeps documents in order
  for (auto const posting : postings_) ++starts[(posting >> 32) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<std::uint32_t> sorted(postings_.size());
  auto next = starts;
  for (auto const posting : postings_) sorted[next[posting >> 32]++] = static_cast<std::uint32_t>(posting);
  postings_ = {};

  std::vector<std::uint32_t> order(hashes_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return text(a) < text(b); });
  SegmentWriter writer(tables, segment);
  std::vector<Posting> list;
  for (auto const id : order) {
    list.clear();
    for (std::uint32_t i = starts[id]; i < starts[id + 1]; ++i) {
      list.push_back({first_ + (sorted[i] >> 8), static_cast<std::uint8_t>(sorted[i])});
    }
    writer.add(text(id), list);
  }
  writer.finish();
}

IndexBuilder::IndexBuilder(IndexTables& tables, IndexMeta begin, Ranking ranking, std::uint32_t level)
    : tables_(tables), meta_(begin), ranking_(ranking), level_(level) {}
IndexBuilder::~IndexBuilder() = default;

std::uint32_t IndexBuilder::add(Document const& document, Lengths* lengths) {
  if (batch_ != nullptr && batch_->full(meta_.next_document)) finish();
  if (batch_ == nullptr) batch_ = std::make_unique<Batch>(meta_.next_document);
  Lengths const length = batch_->terms().gather(tokeniser_, document);
  std::uint32_t const number = meta_.next_document++;
  batch_->add(number, ranking_, meta_, length);
  ++meta_.documents;
  meta_.title_length += length.title;
  meta_.body_length += length.body;
  if (lengths != nullptr) *lengths = length;
  return number;
}

void IndexBuilder::finish() {
  if (batch_ != nullptr && !batch_->empty()) {
    Segment const segment{meta_.next_segment++, level_, false};
    batch_->write(tables_, segment.number);
    tables_.add_segment(segment);
  }
  batch_ = nullptr;
  tables_.set_meta(meta_);
}

}  // namespace umsops::search
