// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "rules/image.hpp"

namespace umsops::rules {

/// The header of an image, apart from the positions of its sections.
struct ImageTitle {
  std::string_view noun, version;
  std::uint32_t regexes = 0, lengths = 0;
};

/// Collects records and assembles the image.
class ImageWriter {
 public:
  /// Appends a record; returns its index.
  template <class Record>
  std::uint32_t add(Section section, Record const& record) {
    static_assert(std::is_trivially_copyable_v<Record>);
    auto& part = parts_[static_cast<std::size_t>(section)];
    part.bytes.append(reinterpret_cast<char const*>(&record), sizeof record);
    return part.count++;
  }
  /// Replaces a record that was added before.
  template <class Record>
  void replace(Section section, std::uint32_t index, Record const& record) {
    std::memcpy(parts_[static_cast<std::size_t>(section)].bytes.data() + std::size_t{index} * sizeof(Record), &record,
                sizeof record);
  }
  std::uint32_t count(Section section) const { return parts_[static_cast<std::size_t>(section)].count; }

  /// Equal texts are kept once.
  Text text(std::string_view text);

  /// The whole image.
  std::string finish(ImageTitle const& title);

 private:
  struct Part {
    std::string bytes;
    std::uint32_t count = 0;
  };
  std::array<Part, kSections> parts_;
  std::unordered_map<std::string, Text> texts_;
};

/// Sets size and checksum in the header to match the bytes.
void seal(std::string& image);

}  // namespace umsops::rules
