// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/base/time.hpp"

namespace umsops::base {

/// Where "now" comes from. The library reads no other clock.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;
  /// Whether somebody gave the time (`--now`), so that it tells nothing of when something happened.
  virtual bool is_given() const { return false; }
};

/// The system's clock. Created by `main` only.
class SystemClock final : public Clock {
 public:
  TimePoint now() const override;
};

/// Always the same time: for `--now` and tests.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(TimePoint at) : at_(at) {}
  TimePoint now() const override { return at_; }
  bool is_given() const override { return true; }

 private:
  TimePoint at_;
};

}  // namespace umsops::base
