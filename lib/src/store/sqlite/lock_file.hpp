// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "store/sqlite/store_file.hpp"

namespace umsops::store {

/// The queue of writers: one file beside the store, locked by the kernel, so no lock outlives its process. Everything
/// that changes the store or its log runs inside it, checkpoints above all.
class LockFile {
 public:
  explicit LockFile(std::string path);
  ~LockFile();
  LockFile(LockFile const&) = delete;

  /// Waits its turn in the file that bears the name when it comes: who removes that file splits the queue, and all who
  /// wait in it would wait for nobody. Throws `store.locked` with the holder after `limit`. Gives the time it waited.
  /// After a long turn of its own it stands back for a moment, or those who wait would never come before it.
  std::chrono::milliseconds acquire(std::chrono::milliseconds limit);
  void release() noexcept;
  /// Within a turn: a new file, locked as well, takes the place of this one, so that all who had a turn before notice.
  void renew();
  /// Whether the file that is locked still bears the name.
  bool in_place() const { return file_at(path_) == id_; }
  /// Whether it has become another file since the first turn.
  bool renewed() const { return renewed_; }
  /// `process 4711 (umsops)`, as the file says; `another program` when it says nothing.
  std::string holder() const;

 private:
  void open();
  std::chrono::milliseconds wait_for_turn(std::chrono::milliseconds limit, std::chrono::milliseconds waited);
  bool wait_in_queue(std::chrono::milliseconds limit);

  std::string path_;
  int fd_ = -1;
  FileId id_;
  bool had_turn_ = false, renewed_ = false;
  std::chrono::steady_clock::time_point turn_began_;
  bool had_long_turn_ = false;
};

}  // namespace umsops::store
