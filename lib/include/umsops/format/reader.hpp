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

/// Returns the next bytes, empty at the end. May throw.
using ByteSource = std::function<std::size_t(char* into, std::size_t most)>;

enum class InputFormat { csv, tsv, jsonl, json };
std::optional<InputFormat> parse_input_format(std::string_view name);
/// From a file's name (`.csv`, `.jsonl`, `.ndjson`, `.json`, `.tsv`); nullopt: unknown.
std::optional<InputFormat> guess_input_format(std::string_view file);

/// One record of an input and its first line: an object, or an error instead.
struct InputRecord {
  std::int64_t line = 0;
  base::Value object;
  std::optional<base::Error> error;
};

/// Reads records one by one in constant memory. A CSV needs a header line (a BOM is skipped, line ends are LF or CRLF);
/// every record must have as many cells. JSON is one list of objects, or an object with `items` (what -o json prints).
/// A record is at most 1 MiB. After an error in a record CSV and JSONL go on with the next line; a broken JSON list
/// ends.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  virtual std::optional<InputRecord> next() = 0;
};
std::unique_ptr<RecordReader> record_reader(ByteSource source, InputFormat format, std::string file);

/// Converts another encoding to UTF-8 with iconv. Throws `encoding.unknown` at once, `text.invalid` with the byte
/// offset while reading.
ByteSource decode(ByteSource source, std::string const& encoding, std::string file);

}  // namespace umsops::format
