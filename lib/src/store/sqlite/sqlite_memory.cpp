// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_memory.hpp"

#include <sqlite3.h>
#include <sys/single_threaded.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>

namespace umsops::store {
namespace {

constexpr std::size_t kStep = 16, kLargest = 2048, kPart = 64 * 1024;

/// Stands before each block. While the block is free, its first bytes hold the next free one of its size.
struct Head {
  std::size_t size;  ///< of the whole block, a multiple of kStep
};
static_assert(sizeof(Head) == 8 && alignof(Head) == 8);

Head* head_of(void* memory) { return static_cast<Head*>(memory) - 1; }

/// Small blocks are cut from large parts and used again for the same size. They never go back to the system.
class Pool {
 public:
  void* take(std::size_t size) {
    void*& first = free_[size / kStep];
    if (first == nullptr) return cut(size);
    void* const memory = first;
    std::memcpy(&first, memory, sizeof first);
    return memory;
  }

  void give_back(void* memory) {
    void*& first = free_[head_of(memory)->size / kStep];
    std::memcpy(memory, &first, sizeof first);
    first = memory;
  }

 private:
  void* cut(std::size_t size) {
    if (rest_ < size) {
      auto* const part = static_cast<char*>(std::malloc(kPart));
      if (part == nullptr) return nullptr;
      // So that what stands behind a head is aligned for anything.
      next_ = part + sizeof(Head);
      rest_ = kPart - kStep;
    }
    auto* const head = new (next_) Head{size};
    next_ += size;
    rest_ -= size;
    return head + 1;
  }

  void* free_[kLargest / kStep + 1] = {};
  char* next_ = nullptr;
  std::size_t rest_ = 0;
};

Pool pool;
std::mutex pool_mutex;

/// While there is one thread, as in most runs, nobody has to wait.
template <class Act>
auto with_pool(Act const& act) {
  if (__libc_single_threaded) return act();
  std::lock_guard const lock(pool_mutex);
  return act();
}

int rounded(int bytes) {
  auto const size = static_cast<std::size_t>(bytes) + sizeof(Head);
  return static_cast<int>((size + kStep - 1) / kStep * kStep - sizeof(Head));
}

void* take(int bytes) {
  std::size_t const size = static_cast<std::size_t>(rounded(bytes)) + sizeof(Head);
  if (size <= kLargest) return with_pool([size] { return pool.take(size); });
  void* const block = std::malloc(size);
  return block == nullptr ? nullptr : new (block) Head{size} + 1;
}

int size_of(void* memory) { return static_cast<int>(head_of(memory)->size - sizeof(Head)); }

void give_back(void* memory) {
  if (head_of(memory)->size > kLargest) return std::free(head_of(memory));
  with_pool([memory] { pool.give_back(memory); });
}

void* resize(void* memory, int bytes) {
  int const had = size_of(memory);
  if (rounded(bytes) == had) return memory;
  void* const other = take(bytes);
  if (other == nullptr) return nullptr;
  std::memcpy(other, memory, static_cast<std::size_t>(had < bytes ? had : bytes));
  give_back(memory);
  return other;
}

int start(void*) { return SQLITE_OK; }
void end(void*) {}

}  // namespace

void pool_sqlite_memory() {
#ifdef __SANITIZE_ADDRESS__
  return;  // it would see nothing of what happens within a part
#endif
  static sqlite3_mem_methods const kMethods{take, give_back, resize, size_of, rounded, start, end, nullptr};
  sqlite3_config(SQLITE_CONFIG_MALLOC, &kMethods);
}

}  // namespace umsops::store
