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

enum class InputFormat { csv, tsv, jsonl, json, ldif };
std::optional<InputFormat> parse_input_format(std::string_view name);
/// From a file's name (`.csv`, `.jsonl`, `.ndjson`, `.json`, `.tsv`, `.ldif`); nullopt: unknown.
std::optional<InputFormat> guess_input_format(std::string_view file);

/// One record of an input and its first line: an object, or an error instead.
struct InputRecord {
  std::int64_t line = 0;
  base::Value object;
  std::optional<base::Error> error;
};

/// The longest record unless more is asked for, and the longest one that may bring files along.
inline constexpr std::size_t kLongestRecord = 1 << 20, kLongestRecordWithFiles = 64 << 20;

/// Reads records one by one in constant memory. A CSV needs a header line; every record must have as many cells. A BOM
/// is skipped, line ends are LF, CRLF or CR, and what separates the cells is said by `base::csv_head` unless it is
/// given. Columns without a name at the end, and rows without a text, as spreadsheets leave them, are passed over. JSON
/// is one list of objects, an object with such a list, or one object. A record is at most `longest_record` bytes.
/// After an error in a record CSV and JSONL go on with the next line; a broken JSON list ends. LDIF gives an entry as
/// its attributes in small letters, each a text or, given several times, a list of texts, with `dn` and the kind of a
/// change as `changetype`; after an error it goes on with the next entry.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  virtual std::optional<InputRecord> next() = 0;
};
struct ReadOptions {
  std::size_t longest_record = kLongestRecord;
  std::optional<char> delimiter = std::nullopt;  ///< of CSV; nullopt: it is seen in the first line
  /// JSON: the member that holds the list, its levels with dots between them. Empty: `items`, and an object without
  /// such a member is one record.
  std::string list = {};
  /// What a text must not hold becomes U+FFFD instead of an error.
  bool clean = false;
};
std::unique_ptr<RecordReader> record_reader(ByteSource source, InputFormat format, std::string file,
                                            ReadOptions const& options = {});

/// Converts another encoding to UTF-8 with iconv. Throws `encoding.unknown` at once, `text.invalid` with the byte
/// offset while reading.
ByteSource decode(ByteSource source, std::string const& encoding, std::string file);

}  // namespace umsops::format
