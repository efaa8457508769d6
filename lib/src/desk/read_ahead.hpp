// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/quiet_thread.hpp"

namespace umsops::desk {

/// Makes items in a thread of its own while the caller uses earlier ones, in their order and never more than a few
/// hundred ahead, of `heavy` ones a handful. `make` fills in the next item; false at the end. What it throws is thrown
/// by `next` at its place. That thread also takes used items apart: memory is cheapest to give back where it came from.
template <class Item>
class ReadAhead {
 public:
  ReadAhead(std::function<bool(Item&)> make, std::function<bool(Item const&)> heavy)
      : make_(std::move(make)), heavy_(std::move(heavy)), thread_(base::start_quiet_thread([this] { run(); })) {}

  /// Waits for the item that is being made, if one is.
  ~ReadAhead() {
    {
      std::lock_guard const guard(lock_);
      unwanted_ = true;
    }
    room_.notify_one();
    thread_.join();
  }
  ReadAhead(ReadAhead const&) = delete;

  /// Stays until the next call; null at the end.
  Item* next() {
    if (used_ == batch_.items.size() && !fetch()) return nullptr;
    return &batch_.items[used_++];
  }

 private:
  // Handing over one by one would cost more in locks than the work itself.
  static constexpr std::size_t kBatch = 64, kMostBatches = 4;

  struct Batch {
    std::vector<Item> items;
    bool last = false;
    std::exception_ptr failure;  ///< what ended the making, behind the items
  };

  /// The next batch with something in it; false at the end.
  bool fetch() {
    while (used_ == batch_.items.size()) {
      if (batch_.failure) std::rethrow_exception(batch_.failure);
      if (batch_.last) return false;
      std::unique_lock guard(lock_);
      made_.wait(guard, [this] { return !batches_.empty(); });
      used_batches_.push_back(std::exchange(batch_, std::move(batches_.front())));
      batches_.pop_front();
      used_ = 0;
      room_.notify_one();
    }
    return true;
  }

  void fill(Batch& batch) {
    batch.items.clear();
    batch.items.reserve(kBatch);
    try {
      for (bool full = false; !full && !batch.last;) {
        batch.last = !make_(batch.items.emplace_back());
        if (batch.last) batch.items.pop_back();
        full = batch.items.size() == kBatch || (!batch.last && heavy_(batch.items.back()));
      }
    } catch (...) {
      batch.items.pop_back();
      batch.failure = std::current_exception();
    }
  }

  void run() {
    Batch batch;
    for (bool go_on = true; go_on;) {
      fill(batch);
      go_on = !batch.last && !batch.failure;
      std::unique_lock guard(lock_);
      room_.wait(guard, [this] { return unwanted_ || batches_.size() < kMostBatches; });
      if (unwanted_) return;
      batches_.push_back(std::exchange(batch, Batch()));
      if (!used_batches_.empty()) {
        batch = std::move(used_batches_.back());
        used_batches_.pop_back();
      }
      made_.notify_one();
    }
  }

  std::function<bool(Item&)> make_;
  std::function<bool(Item const&)> heavy_;
  std::mutex lock_;
  std::condition_variable made_, room_;
  std::deque<Batch> batches_;
  std::vector<Batch> used_batches_;
  bool unwanted_ = false;
  Batch batch_;  ///< the caller's, as all below
  std::size_t used_ = 0;
  std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace umsops::desk
