// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/time.hpp"

namespace umsops::base {

/// Source of ids and salts: random in production, counted in tests.
class IdSource {
 public:
  virtual ~IdSource() = default;
  /// A ULID, 26 characters of Crockford's base 32 in lower case: 48 bits of `at`, 80 random bits.
  virtual std::string next_id(TimePoint at) = 0;
  /// 128 random bits as 32 hexadecimal digits.
  virtual std::string next_salt() = 0;
};

/// The time that a ULID begins with; nothing when the text is none.
std::optional<TimePoint> time_of_id(std::string_view id);

/// 128 random bits.
using Random = std::array<std::uint8_t, 16>;

/// Ids from the kernel's random source, read in batches. Created by `main` only.
class RandomIds final : public IdSource {
 public:
  std::string next_id(TimePoint at) override;
  std::string next_salt() override;

 private:
  Random next();

  std::array<Random, 16> pool_{};
  std::size_t left_ = 0;
};

/// Reproducible ids: the same `seed` gives the same sequence.
class CountedIds final : public IdSource {
 public:
  explicit CountedIds(std::uint64_t seed = 0) : next_(seed) {}
  std::string next_id(TimePoint at) override;
  std::string next_salt() override;

 private:
  std::uint64_t next_;
};

}  // namespace umsops::base
