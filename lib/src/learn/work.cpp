// SPDX-License-Identifier: Apache-2.0
#include "learn/work.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "base/quiet_thread.hpp"
#include "umsops/base/interruption.hpp"

namespace umsops::learn {

void share_work(unsigned threads, std::size_t count, std::function<void(std::size_t, unsigned)> const& piece) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stopped{false};
  std::exception_ptr failure;
  std::mutex guard;
  auto const run = [&](unsigned worker) {
    try {
      for (std::size_t i; !stopped && base::interrupting_signal == 0 && (i = next++) < count;) piece(i, worker);
    } catch (...) {
      std::lock_guard const lock(guard);
      stopped = true;
      if (!failure) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  try {
    for (unsigned worker = 1; worker < threads && worker < count; ++worker) {
      others.push_back(base::start_quiet_thread([&run, worker] { run(worker); }));
    }
  } catch (std::system_error const&) {  // with fewer it takes longer
  }
  run(0);
  for (auto& thread : others) thread.join();
  if (failure) std::rethrow_exception(failure);
  base::check_interruption();
}

}  // namespace umsops::learn
