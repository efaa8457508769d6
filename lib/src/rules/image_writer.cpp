// SPDX-License-Identifier: Apache-2.0
#include "rules/image_writer.hpp"

#include <algorithm>
#include <cstddef>

#include "umsops/base/hash.hpp"

namespace umsops::rules {

Text ImageWriter::text(std::string_view text) {
  auto const [entry, fresh] = texts_.try_emplace(std::string(text));
  if (fresh) {
    auto& strings = parts_[static_cast<std::size_t>(Section::strings)];
    entry->second = {strings.count, static_cast<std::uint32_t>(text.size())};
    strings.bytes.append(text);
    strings.count = static_cast<std::uint32_t>(strings.bytes.size());
  }
  return entry->second;
}

std::string ImageWriter::finish(ImageTitle const& title) {
  ImageHeader header;
  std::memcpy(header.magic, ImageHeader::kMagic, sizeof header.magic);
  header.format = ImageHeader::kFormat;
  header.byte_order = ImageHeader::kByteOrder;
  std::memcpy(header.version, title.version.data(), std::min(title.version.size(), sizeof header.version));
  header.regexes = title.regexes;
  header.lengths = title.lengths;
  header.noun = text(title.noun);

  std::string image(sizeof header, '\0');
  for (std::size_t i = 0; i < kSections; ++i) {
    image.resize((image.size() + 7) / 8 * 8);
    header.sections[i] = {static_cast<std::uint32_t>(image.size()), parts_[i].count};
    image += parts_[i].bytes;
  }
  std::memcpy(image.data(), &header, sizeof header);
  seal(image);
  return image;
}

void seal(std::string& image) {
  std::uint64_t const size = image.size();
  std::memcpy(image.data() + offsetof(ImageHeader, size), &size, sizeof size);
  constexpr std::size_t kSummed = offsetof(ImageHeader, checksum) + sizeof(std::uint64_t);
  std::uint64_t const sum = base::checksum(std::string_view(image).substr(kSummed));
  std::memcpy(image.data() + offsetof(ImageHeader, checksum), &sum, sizeof sum);
}

}  // namespace umsops::rules
