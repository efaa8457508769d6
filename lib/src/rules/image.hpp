// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

/// The compiled rule set as bytes. Records lie in sections, refer to each other by index, and are read in place. The
/// reader trusts no number in them: an index outside reads as an empty record, so a foreign file cannot crash it.
namespace umsops::rules {

struct Text {
  std::uint32_t offset = 0, size = 0;
};
/// Indexes of another section: [begin, end).
struct Span {
  std::uint32_t begin = 0, end = 0;
};

struct FactRecord {
  Text name;
  std::uint32_t scanned = 0;  ///< keywords or literals are looked for in it
};

struct RuleRecord {
  double weight = 0;
  Text id, file;
  std::uint32_t line = 0;
  std::uint32_t stop = 0;
  Span tests;  ///< its conditions, each before those inside it
  Span sets, extracts;
};

struct TestRecord {
  enum Flag : std::uint32_t {
    kGuard = 1,  ///< negated words do not count
    kMin = 2,
    kMax = 4,
    kLiterals = 8,  ///< regex: one of its literals must occur
  };
  double min = 0, max = 0;
  std::uint32_t kind = 0;  ///< rules::Test::Kind
  std::uint32_t flags = 0;
  std::uint32_t end = 0;    ///< behind the last condition inside this one
  std::uint32_t regex = 0;  ///< number of the regex in the set
  Span facts, words;
};

struct PairRecord {
  Text name, value;
};

/// A keyword, an exception or a literal of a regex.
struct PatternRecord {
  Text text;
  std::uint32_t parent = 0;  ///< 1 + index of the longest pattern of its group that it begins with; 0: none
  Span postings;             ///< what its occurrence means
};

struct PostingRecord {
  enum Kind : std::uint32_t { keyword, exception, literal };
  std::uint32_t test = 0, rule = 0;
  std::uint32_t kind = keyword;
};

/// Patterns that share their first bytes.
struct GroupRecord {
  std::uint64_t key = 0;
  Span patterns;
};

struct MappingRecord {
  Text id, fact, file;
  std::uint32_t line = 0;
  Span columns, rows;
};

struct RowRecord {
  Text key;
  std::uint32_t cells = 0;  ///< first of as many as there are columns
};

enum class Section : std::uint32_t {
  strings,
  facts,
  rules,
  tests,
  test_facts,
  words,
  sets,
  extracts,
  patterns,
  postings,
  groups,
  filter,
  always,
  weighed,
  defaults,
  without_text,
  mappings,
  columns,
  rows,
  cells,
  count_
};
inline constexpr std::size_t kSections = static_cast<std::size_t>(Section::count_);

struct ImageHeader {
  static constexpr char kMagic[8] = {'u', 'm', 's', 'r', 'u', 'l', 'e', 's'};
  static constexpr std::uint32_t kFormat = 3;
  static constexpr std::uint32_t kByteOrder = 0x01020304;

  char magic[8] = {};
  std::uint32_t format = 0, byte_order = 0;
  std::uint64_t size = 0, checksum = 0;  ///< over everything behind this member
  char version[16] = {};
  std::uint32_t regexes = 0;
  std::uint32_t lengths = 0;  ///< of the groups' keys, see word_key.hpp
  Text noun;                  ///< the kind of record that the rules are for
  struct Place {
    std::uint32_t offset = 0, count = 0;
  };
  std::array<Place, kSections> sections{};
};

/// A view of an image. The caller owns the bytes; they need no alignment.
class Image {
 public:
  /// Throws `rules.invalid` unless the bytes are an intact image of this format for records of that noun.
  Image(std::string_view bytes, std::string_view noun, bool check_sum = true);

  std::string_view bytes() const { return bytes_; }
  std::string_view version() const { return {header_.version, sizeof header_.version}; }
  std::uint32_t regexes() const { return header_.regexes; }
  std::uint32_t lengths() const { return header_.lengths; }
  std::uint32_t count(Section section) const { return header_.sections[static_cast<std::size_t>(section)].count; }

  template <class Record>
  Record get(Section section, std::uint32_t index) const {
    static_assert(std::is_trivially_copyable_v<Record>);
    Record record{};
    auto const& place = header_.sections[static_cast<std::size_t>(section)];
    if (index < place.count) {
      std::memcpy(&record, bytes_.data() + place.offset + std::size_t{index} * sizeof(Record), sizeof(Record));
    }
    return record;
  }

  /// The first byte of a section.
  char const* data(Section section) const {
    return bytes_.data() + header_.sections[static_cast<std::size_t>(section)].offset;
  }

  std::string_view text(Text text) const {
    auto const& place = header_.sections[0];
    if (text.offset > place.count || text.size > place.count - text.offset) return {};
    return bytes_.substr(place.offset + text.offset, text.size);
  }

  /// The part of a span that lies in its section.
  Span within(Section section, Span span) const {
    std::uint32_t const most = count(section);
    if (span.end > most) span.end = most;
    if (span.begin > span.end) span.begin = span.end;
    return span;
  }

 private:
  void check_sections() const;
  void check_rules() const;

  std::string_view bytes_;
  ImageHeader header_;
};

}  // namespace umsops::rules
