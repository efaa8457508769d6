// SPDX-License-Identifier: Apache-2.0
#include "store/late_events.hpp"

#include <utility>

#include "base/quiet_thread.hpp"
#include "store/record_row.hpp"

namespace umsops::store {

LateEvents::LateEvents(std::string hash_before, std::string audit_key)
    : hash_(std::move(hash_before)), audit_key_(std::move(audit_key)) {}

LateEvents::~LateEvents() {
  if (!thread_.joinable()) return;
  {
    std::lock_guard const guard(lock_);
    ended_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void LateEvents::add(Item item) {
  batch_.reserve(kBatch);
  batch_.push_back(std::move(item));
  if (batch_.size() == kBatch) hand_over();
}

std::vector<EventRow> LateEvents::take_ready() {
  if (!batch_.empty()) return {};  // not so often
  std::unique_lock const guard(lock_);
  return take(guard);
}

std::vector<EventRow> LateEvents::take_rest() {
  if (!thread_.joinable()) {
    make_rows(batch_);
    batch_.clear();
  } else if (!batch_.empty()) {
    hand_over();
  }
  std::unique_lock guard(lock_);
  changed_.wait(guard, [this] { return unfinished_ == 0; });
  return take(guard);
}

std::vector<EventRow> LateEvents::take(std::unique_lock<std::mutex> const&) {
  if (failure_) std::rethrow_exception(failure_);
  return std::exchange(ready_, {});
}

void LateEvents::make_rows(Batch const& batch) {
  std::vector<EventRow> rows;
  rows.reserve(batch.size());
  for (Item const& item : batch) {
    EventRow& row = rows.emplace_back(to_event_row(item.event, item.place, item.salt));
    seal_event(row, state_text(*item.table, item.record), hash_, audit_key_);
    hash_ = row.hash;
  }
  std::lock_guard const guard(lock_);
  for (EventRow& row : rows) ready_.push_back(std::move(row));
}

void LateEvents::hand_over() {
  if (!thread_.joinable()) thread_ = base::start_quiet_thread([this] { run(); });
  std::unique_lock guard(lock_);
  changed_.wait(guard, [this] { return waiting_.size() < kMostBatches; });
  waiting_.push_back(std::exchange(batch_, {}));
  ++unfinished_;
  changed_.notify_all();
}

void LateEvents::run() {
  std::unique_lock guard(lock_);
  for (;;) {
    changed_.wait(guard, [this] { return ended_ || !waiting_.empty(); });
    if (ended_) return;
    Batch batch = std::move(waiting_.front());
    waiting_.pop_front();
    guard.unlock();
    std::exception_ptr failure;
    try {
      make_rows(batch);
    } catch (...) {
      failure = std::current_exception();
    }
    guard.lock();
    if (!failure_) failure_ = failure;
    --unfinished_;
    changed_.notify_all();
  }
}

}  // namespace umsops::store
