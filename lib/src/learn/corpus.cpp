// SPDX-License-Identifier: Apache-2.0
#include "learn/corpus.hpp"

#include <algorithm>

#include "learn/work.hpp"

namespace umsops::learn {
namespace {

constexpr std::size_t kAtOnce = 1024;  ///< documents whose features are held beside the counts

/// A number for each key.
class KeyTable {
 public:
  explicit KeyTable(std::size_t expected = 512) {
    std::size_t size = 1024;
    while (size < expected * 2) size *= 2;
    slots_.resize(size);
  }
  /// Zero where it is new.
  std::uint32_t& at(std::uint64_t key) {
    if ((used_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = place(key);
    if (slot.key == 0) {
      slot.key = key;
      ++used_;
    }
    return slot.number;
  }
  std::uint32_t const* find(std::uint64_t key) const {
    Slot const& slot = const_cast<KeyTable*>(this)->place(key);
    return slot.key == 0 ? nullptr : &slot.number;
  }
  template <class Visit>
  void each(Visit visit) const {
    for (auto const& slot : slots_) {
      if (slot.key != 0) visit(slot.key, slot.number);
    }
  }

 private:
  struct Slot {
    std::uint64_t key = 0;  ///< no key is 0: kinds begin with 1
    std::uint32_t number = 0;
  };
  Slot& place(std::uint64_t key) {
    std::size_t const mask = slots_.size() - 1;
    std::size_t at = (key * 0x9E3779B97F4A7C15u >> 20) & mask;
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & mask;
    return slots_[at];
  }
  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (auto const& slot : old) {
      if (slot.key != 0) place(slot.key) = slot;
    }
  }
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace

class Corpus::Reader {
 public:
  Reader(Corpus& out, std::span<Text const> texts, unsigned threads)
      : out_(out), texts_(texts), threads_(std::max(1u, threads)), extractors_(threads_), counts_(threads_) {}
  void run();

 private:
  /// Features of the documents from `begin` on, and how much of each is of scripts without blanks.
  void extract(std::size_t begin);
  void count();
  void number();
  void keep(std::size_t begin);

  Corpus& out_;
  std::span<Text const> texts_;
  unsigned threads_;
  std::vector<Extractor> extractors_;
  std::vector<KeyTable> counts_;  ///< one for each share of the keys
  std::vector<std::vector<Feature>> found_;
  std::vector<double> shares_;
  KeyTable rows_;
};

void Corpus::Reader::extract(std::size_t begin) {
  std::size_t const size = std::min(kAtOnce, texts_.size() - begin);
  found_.resize(size);
  shares_.resize(size);
  share_work(threads_, size, [&](std::size_t i, unsigned worker) {
    auto& extractor = extractors_[worker];
    extractor.extract(texts_[begin + i]);
    found_[i].assign(extractor.features().begin(), extractor.features().end());
    shares_[i] = extractor.han_share();
  });
}

void Corpus::Reader::count() {
  share_work(threads_, threads_, [&](std::size_t share, unsigned) {
    for (auto const& features : found_) {
      for (auto const& feature : features) {
        if (feature.key % threads_ == share) ++counts_[share].at(feature.key);
      }
    }
  });
}

void Corpus::Reader::number() {
  struct Known {
    std::uint32_t documents;
    std::uint64_t key;
  };
  std::vector<Known> known;
  for (auto const& table : counts_) {
    table.each([&](std::uint64_t key, std::uint32_t documents) {
      if (documents > 1) known.push_back({documents, key});
    });
  }
  counts_.clear();
  std::sort(known.begin(), known.end(), [](Known const& a, Known const& b) {
    return a.documents != b.documents ? a.documents > b.documents : a.key < b.key;
  });
  rows_ = KeyTable(known.size());
  out_.keys_.reserve(known.size());
  std::size_t entries = 0;
  for (auto const& one : known) {
    rows_.at(one.key) = static_cast<std::uint32_t>(out_.keys_.size());
    out_.keys_.push_back(one.key);
    entries += one.documents;
  }
  out_.entries_.reserve(entries);
}

void Corpus::Reader::keep(std::size_t begin) {
  std::vector<std::vector<Entry>> entries(found_.size());
  std::vector<std::uint32_t> singles(found_.size()), pairs(found_.size());
  std::vector<std::uint64_t> digests(found_.size());
  share_work(threads_, found_.size(), [&](std::size_t i, unsigned) {
    for (auto const& feature : found_[i]) {
      if (auto const* row = rows_.find(feature.key)) {
        entries[i].push_back({*row, feature.count});
      } else {
        singles[i] += is_single(kind_of(feature.key));
        pairs[i] += is_pair(kind_of(feature.key));
      }
    }
    std::sort(entries[i].begin(), entries[i].end(), [](Entry const& a, Entry const& b) { return a.row < b.row; });
    digests[i] = text_digest(texts_[begin + i]);
  });
  for (std::size_t i = 0; i < found_.size(); ++i) {
    out_.entries_.insert(out_.entries_.end(), entries[i].begin(), entries[i].end());
    out_.begins_.push_back(out_.entries_.size());
    out_.shares_.push_back(shares_[i]);
    out_.lone_singles_.push_back(singles[i]);
    out_.lone_pairs_.push_back(pairs[i]);
    out_.digests_.push_back(digests[i]);
  }
}

void Corpus::Reader::run() {
  for (std::size_t begin = 0; begin < texts_.size(); begin += kAtOnce) {
    extract(begin);
    count();
  }
  number();
  out_.begins_.push_back(0);
  for (std::size_t begin = 0; begin < texts_.size(); begin += kAtOnce) {
    extract(begin);
    keep(begin);
  }
}

Corpus Corpus::read(std::span<Text const> texts, unsigned threads) {
  Corpus out;
  Reader(out, texts, threads).run();
  return out;
}

}  // namespace umsops::learn
