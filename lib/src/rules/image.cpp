// SPDX-License-Identifier: Apache-2.0
#include "rules/image.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::rules {
namespace {

[[noreturn]] void refuse(char const* problem) {
  throw base::Error(base::errors::rules_invalid, {{"problem", std::string("compiled rules: ") + problem},
                                                  {"suggestion", "compile them again: remove the cached file"}});
}

constexpr std::size_t record_size(std::size_t section) {
  switch (static_cast<Section>(section)) {
    case Section::strings:
      return 1;
    case Section::facts:
      return sizeof(FactRecord);
    case Section::rules:
      return sizeof(RuleRecord);
    case Section::tests:
      return sizeof(TestRecord);
    case Section::patterns:
      return sizeof(PatternRecord);
    case Section::postings:
      return sizeof(PostingRecord);
    case Section::groups:
      return sizeof(GroupRecord);
    case Section::mappings:
      return sizeof(MappingRecord);
    case Section::rows:
      return sizeof(RowRecord);
    case Section::sets:
    case Section::extracts:
    case Section::defaults:
    case Section::without_text:
      return sizeof(PairRecord);
    case Section::words:
    case Section::weighed:
    case Section::columns:
    case Section::cells:
      return sizeof(Text);
    case Section::test_facts:
    case Section::filter:
    case Section::always:
    case Section::count_:
      return sizeof(std::uint32_t);
  }
  return 1;
}

bool is_power_of_two(std::uint32_t n) { return n != 0 && (n & (n - 1)) == 0; }

}  // namespace

Image::Image(std::string_view bytes, std::string_view noun, bool check_sum) : bytes_(bytes) {
  if (bytes.size() < sizeof(ImageHeader)) refuse("too short");
  std::memcpy(&header_, bytes.data(), sizeof header_);
  if (std::memcmp(header_.magic, ImageHeader::kMagic, sizeof header_.magic) != 0) refuse("not an image of rules");
  if (header_.format != ImageHeader::kFormat || header_.byte_order != ImageHeader::kByteOrder) {
    refuse("made by another version or machine");
  }
  if (header_.size != bytes.size()) refuse("cut, or with something behind it");
  constexpr std::size_t kSummed = offsetof(ImageHeader, checksum) + sizeof header_.checksum;
  if (check_sum && base::checksum(bytes.substr(kSummed)) != header_.checksum) refuse("altered");
  check_sections();
  if (text(header_.noun) != noun) refuse("made for another kind of record");
  check_rules();
}

void Image::check_sections() const {
  for (std::size_t i = 0; i < kSections; ++i) {
    auto const& place = header_.sections[i];
    if (place.offset > bytes_.size() || place.count > (bytes_.size() - place.offset) / record_size(i)) {
      refuse("a section lies outside");
    }
  }
  if (header_.regexes > count(Section::tests)) refuse("more expressions than conditions");
  if (!is_power_of_two(count(Section::groups)) || !is_power_of_two(count(Section::filter)) ||
      count(Section::filter) < 2) {
    refuse("a table has no sound size");
  }
}

/// Each rule owns its conditions: evaluating all of them is linear then, whatever the records say.
void Image::check_rules() const {
  std::uint32_t next = 0;
  for (std::uint32_t i = 0; i < count(Section::rules); ++i) {
    Span const tests = get<RuleRecord>(Section::rules, i).tests;
    if (tests.begin != next || tests.end <= tests.begin) refuse("conditions are shared");
    next = tests.end;
  }
  if (next != count(Section::tests)) refuse("conditions without a rule");
}

}  // namespace umsops::rules
