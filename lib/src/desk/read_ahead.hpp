// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/quiet_thread.hpp"

namespace umsops::desk {

/// Makes items in a thread of its own while the caller uses earlier ones, in their order and never more than a few
/// hundred ahead, of `heavy` ones a handful. `make` gives the next item, or nothing at the end; what it throws is
/// thrown by `next` at its place.
template <class Item>
class ReadAhead {
 public:
  ReadAhead(std::function<std::optional<Item>()> make, std::function<bool(Item const&)> heavy)
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

  std::optional<Item> next() {
    if (used_ == batch_.items.size() && !fetch()) return std::nullopt;
    return std::move(batch_.items[used_++]);
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
      batch_ = std::move(batches_.front());
      batches_.pop_front();
      used_ = 0;
      room_.notify_one();
    }
    return true;
  }

  Batch make_batch() {
    Batch batch;
    try {
      for (bool full = false; !full && !batch.last;) {
        if (auto item = make_()) {
          batch.items.push_back(std::move(*item));
          full = batch.items.size() == kBatch || heavy_(batch.items.back());
        } else {
          batch.last = true;
        }
      }
    } catch (...) {
      batch.failure = std::current_exception();
    }
    return batch;
  }

  void run() {
    for (bool go_on = true; go_on;) {
      Batch batch = make_batch();
      go_on = !batch.last && !batch.failure;
      std::unique_lock guard(lock_);
      room_.wait(guard, [this] { return unwanted_ || batches_.size() < kMostBatches; });
      if (unwanted_) return;
      batches_.push_back(std::move(batch));
      made_.notify_one();
    }
  }

  std::function<std::optional<Item>()> make_;
  std::function<bool(Item const&)> heavy_;
  std::mutex lock_;
  std::condition_variable made_, room_;
  std::deque<Batch> batches_;
  bool unwanted_ = false;
  Batch batch_;  ///< the caller's, as all below
  std::size_t used_ = 0;
  std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace umsops::desk
