// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/error.hpp"
#include "umsops/base/value.hpp"

namespace umsops::format {

/// Gives the next bytes, or none at the end. May throw.
using ByteSource = std::function<std::size_t(char* into, std::size_t most)>;

enum class InputFormat { csv, tsv, jsonl, json };
std::optional<InputFormat> parse_input_format(std::string_view name);
/// From a file's name (`.csv`, `.jsonl`, `.ndjson`, `.json`, `.tsv`); nullopt: cannot tell.
std::optional<InputFormat> guess_input_format(std::string_view file);

/// One record of an input, with the line it begins at. Either an object or the reason why it is none.
struct InputRecord {
  std::int64_t line = 0;
  base::Value object;
  std::optional<base::Error> error;
};

/// What a record may have unless more is asked for, and what one may have that brings files along.
inline constexpr std::size_t kLongestRecord = 1 << 20, kLongestRecordWithFiles = 64 << 20;

/// Reads records one by one in constant memory. A CSV needs a header line (a BOM is passed over, line ends LF or CRLF);
/// every record must have its number of cells. JSON is one list of objects, or an object with `items` (what -o json
/// prints). A record is at most `longest_record` bytes. After an error in a record CSV and JSONL go on with the next
/// line; a broken JSON list ends.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  virtual std::optional<InputRecord> next() = 0;
};
std::unique_ptr<RecordReader> record_reader(ByteSource source, InputFormat format, std::string file,
                                            std::size_t longest_record = kLongestRecord);

/// Bytes of another encoding as UTF-8, by iconv. Throws `encoding.unknown`, later `text.invalid` with the byte offset.
ByteSource decode(ByteSource source, std::string const& encoding, std::string file);

}  // namespace umsops::format
