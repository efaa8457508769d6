// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/chain.hpp"
#include "store/record_table.hpp"

namespace umsops::store {

/// First events of new records that have their places in the chain. Their rows, with all digests and hashes, are made
/// meanwhile, in their order, by a thread of its own. Where there are few, none is started.
class LateEvents {
 public:
  struct Item {
    model::Event event;
    EventPlace place;
    std::string salt;
    RecordTable const* table;
    StoredRow record;  ///< the event's, as it is stored
  };

  /// `hash_before`: of the event before the first one.
  LateEvents(std::string hash_before, std::string audit_key);
  ~LateEvents();
  LateEvents(LateEvents const&) = delete;

  void add(Item item);
  /// Rows that are ready to be stored, each once; now and then many.
  std::vector<EventRow> take_ready();
  /// The same for all that are left.
  std::vector<EventRow> take_rest();
  /// Of the last event, once all are taken.
  std::string const& hash() const { return hash_; }

 private:
  static constexpr std::size_t kBatch = 64, kMostBatches = 4;

  using Batch = std::vector<Item>;

  void make_rows(Batch const& batch);
  void hand_over();
  void run();
  std::vector<EventRow> take(std::unique_lock<std::mutex> const& guard);

  std::string hash_, audit_key_;
  Batch batch_;  ///< the caller's
  std::mutex lock_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  std::vector<EventRow> ready_;
  std::size_t unfinished_ = 0;  ///< batches handed over and not ready
  bool ended_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  ///< last: it uses all of the above
};

}  // namespace umsops::store
