// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "cli/env.hpp"

namespace umsops::cli {

/// While it lives: on a terminal, and not with -q, one line on standard error says how far a command has come, once a
/// second has passed. What is counted is `base::progress`; nothing of the command's own work waits for it.
class Progress {
 public:
  explicit Progress(Env const& env);
  ~Progress();
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

 private:
  void show();
  std::string line(double seconds) const;

  Env const& env_;
  std::mutex guard_;
  std::condition_variable over_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace umsops::cli
