// SPDX-License-Identifier: Apache-2.0
// The file of a model, little-endian: a head (header, targets, their small tables, texts), behind it what texts are
// looked up in. Places are offsets from the beginning. Damage to the head is found when it is opened, damage to a row
// when it is used, and any by `Model::verify`.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace umsops::learn::file {

inline constexpr std::array<char, 8> kMagic{'U', 'M', 'S', 'L', 'E', 'R', 'N', '1'};
inline constexpr std::uint32_t kFormat = 1;
inline constexpr std::size_t kAlignment = 64;
inline constexpr std::size_t kMostTargets = 16;

struct Header {
  std::array<char, 8> magic{};
  std::uint32_t format = 0, features = 0;  ///< versions
  std::uint64_t size = 0;                  ///< of the file
  std::uint64_t head_sum = 0;              ///< of what lies between `sum` and the end of the head
  std::uint64_t sum = 0;                   ///< of all behind the head
  std::uint64_t head_end = 0;
  std::uint64_t documents = 0, rows = 0, slots = 0;
  double largest_rarity = 0;
  std::uint64_t slots_at = 0, rows_at = 0, digests_at = 0, digests = 0;
  std::uint64_t targets = 0, targets_at = 0;
  std::uint64_t texts_at = 0, texts_size = 0;
};

/// A part of the texts.
struct Piece {
  std::uint32_t begin = 0, size = 0;
};

struct Target {
  Piece name;
  std::uint64_t classes = 0, learned_from = 0;
  std::uint64_t labels_at = 0;                         ///< a Label each
  std::uint64_t weights_at = 0;                        ///< of each row a WeightHead and a signed byte a class
  std::uint64_t stride = 0;                            ///< bytes from row to row
  std::array<double, 5> means{}, scales{}, weights{};  ///< of the confidence
  double confidence_bias = 0;
  double familiar = 0, threshold = 0, blend = 0, cost = 0;
  std::uint64_t applies = 0;
  std::uint64_t judged = 0, right = 0, answered = 0, right_answered = 0, majority = 0;
  double macro_f1 = 0, calibration_error = 0;
};

struct Label {
  Piece name, strongest;
  std::uint64_t examples = 0;
  float bias = 0;
  std::uint32_t unused = 0;
};

/// Open addressing by the key; `row` counts from 1, 0 is an empty slot.
struct Slot {
  std::uint32_t mark = 0, row = 0;
};

struct Row {
  std::uint32_t mark = 0;
  float rarity = 0;
};

struct WeightHead {
  float scale = 0;
  std::uint32_t sum = 0;  ///< of the row, its number included
};

constexpr std::uint32_t mark_of(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32); }
constexpr std::uint64_t slot_of(std::uint64_t key) { return key * 0x9E3779B97F4A7C15u >> 24; }
constexpr std::uint64_t stride_of(std::uint64_t classes) { return sizeof(WeightHead) + (classes + 7) / 8 * 8; }

/// Of a row of weights: all that is used of it.
std::uint32_t row_sum(std::uint64_t number, Row const& row, float scale, std::string_view weights);

}  // namespace umsops::learn::file
