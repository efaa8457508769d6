// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace umsops::store {

/// The queue of writers: one file beside the store, locked by the kernel, so no lock outlives its process. Everything
/// that changes the store or its log runs inside it, checkpoints above all.
class LockFile {
 public:
  explicit LockFile(std::string path);
  ~LockFile();
  LockFile(LockFile const&) = delete;

  /// Waits its turn. Throws `store.locked` with the holder after `limit`. Gives the time it waited.
  std::chrono::milliseconds acquire(std::chrono::milliseconds limit);
  void release() noexcept;
  /// `process 4711 (umsops)`, as the file says; `another program` when it says nothing.
  std::string holder() const;

 private:
  void open();
  bool wait_in_queue(std::chrono::milliseconds limit);

  std::string path_;
  int fd_ = -1;
};

}  // namespace umsops::store
