// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "umsops/base/json.hpp"
#include "umsops/format/output.hpp"
#include "umsops/format/reader.hpp"

namespace umsops::tests {

using base::Field;
using base::FieldType;
using base::Row;
using base::Value;
using format::Format;
using format::InputFormat;
using format::Style;

/// Keeps what is written.
class Text final : public format::Sink {
 public:
  void write(std::string_view bytes) override {
    text += bytes;
    ++writes;
  }
  void flush() override {}
  std::string text;
  int writes = 0;
};

inline constexpr unsigned kShown = base::kInTable | base::kInWide;
inline constexpr std::string_view kLevels[] = {"LOW", "HIGH"};
inline constexpr Field kFields[] = {{"number", FieldType::text, "", kShown, "", "", "编号"},
                                    {"title", FieldType::text, "", kShown, "", "", "标题"},
                                    {"count", FieldType::integer, "", kShown, "", "", "数量"},
                                    {"level", FieldType::choice, "", base::kInWide, "", "", "级别", kLevels},
                                    {"at", FieldType::time, "", base::kInWide, "", "", "时间"},
                                    {"attributes", FieldType::object, "", 0, "", "", "属性"}};

inline Row a_row(std::string number, std::string title, int count) {
  return {number,
          title,
          count,
          "HIGH",
          base::TimePoint(base::Milliseconds(1'700'000'000'000)),
          Value::Object{{"host", "db01"}}};
}

inline Style style_of(Format format, std::vector<std::string> fields = {}) {
  Style style;
  style.format = format;
  style.fields = std::move(fields);
  style.id_field = "number";
  return style;
}

inline std::string list(Style const& style, std::vector<Row> const& rows, format::Closing const& closing = {}) {
  Text sink;
  auto const writer = list_writer(sink, style, "test.list/v1", "thing", kFields);
  for (auto const& row : rows) writer->row(row);
  writer->end(closing);
  return sink.text;
}

inline std::string record(Style const& style, Row const& row, Value::Object const& first = {},
                          Value::Object const& last = {}) {
  Text sink;
  write_record(sink, style, "test.one/v1", "thing", kFields, row, first, last);
  return sink.text;
}

/// Bytes in pieces of at most `piece`, so that the ends of buffers fall anywhere.
inline format::ByteSource bytes_of(std::string text, std::size_t piece = 1 << 20) {
  auto const held = std::make_shared<std::pair<std::string, std::size_t>>(std::move(text), 0);
  return [held, piece](char* into, std::size_t most) {
    std::size_t const n = std::min({most, piece, held->first.size() - held->second});
    std::copy_n(held->first.data() + held->second, n, into);
    held->second += n;
    return n;
  };
}

/// The records as JSON, an error as `line:column code message`.
inline std::vector<std::string> read(std::string text, InputFormat format, std::size_t piece = 1 << 20) {
  std::vector<std::string> out;
  auto const reader = record_reader(bytes_of(std::move(text), piece), format, "in");
  while (auto next = reader->next()) {
    if (out.size() > 100) break;
    if (!next->error) {
      out.push_back(base::to_json(next->object));
      continue;
    }
    auto const& spot = next->error->spot();
    out.push_back(std::to_string(spot.line) + ":" + std::to_string(spot.column) + " " +
                  std::string(next->error->code().code) + " " + next->error->message());
  }
  return out;
}

/// Text that the door lets in and that every quoting has trouble with.
inline std::string hostile(std::mt19937& random) {
  static char const* const kPieces[] = {"'",      "\"", "\\", "\n",   "$(x)", "`id`",   ",",      "\t",  "中文", "😀",
                                        " ",      "=1", "-",  "#",    ": ",   "!",      "|",      "a",   "~",    "{}",
                                        "[",      "%s", "&",  "*x",   "\\n",  "null",   "no",     "0x1", "<<",   "---",
                                        "\u202e", "é",  "''", "\"\"", "@",    "\u2028", "\u200b", "?"};
  std::string out;
  for (unsigned n = random() % 10; n > 0; --n) out += kPieces[random() % std::size(kPieces)];
  return out;
}

}  // namespace umsops::tests
