// SPDX-License-Identifier: Apache-2.0
// What all readers of records have in common: the format, line ends, and an end of patience.
#include <algorithm>

#include "format/csv_reader.hpp"
#include "format/line_buffer.hpp"

namespace umsops::format {
namespace {

/// What old programs write: CR alone ends a line. Told by the first line end.
class LineFeeds {
 public:
  explicit LineFeeds(ByteSource source) : source_(std::move(source)) {}

  std::size_t operator()(char* into, std::size_t most) {
    std::size_t size = source_(into, most);
    if (!known_) {
      std::size_t const end = std::string_view(into, size).find_first_of("\r\n");
      known_ = end != std::string_view::npos;
      bool const returned = known_ && into[end] == '\r';
      // One at the end may be half of a CRLF.
      if (returned && end + 1 == size && size < most) size += source_(into + size, 1);
      returns_ = returned && (end + 1 == size || into[end + 1] != '\n');
    }
    if (returns_) std::replace(into, into + size, '\r', '\n');
    return size;
  }

 private:
  ByteSource source_;
  bool known_ = false, returns_ = false;
};

/// Ends an input of which so many records in a row cannot be read: it is none of ours, and may never end.
class PatientReader final : public RecordReader {
 public:
  PatientReader(std::unique_ptr<RecordReader> reader, std::string file)
      : reader_(std::move(reader)), file_(std::move(file)) {}

  std::optional<InputRecord> next() override {
    auto record = reader_->next();
    unreadable_ = record && record->error ? unreadable_ + 1 : 0;
    if (unreadable_ <= kMostUnreadable) return record;
    throw base::Error(base::errors::input_too_large, {{"what", "the number of unreadable records in a row"},
                                                      {"limit", std::to_string(kMostUnreadable)}})
        .at({file_, record->line, 0});
  }

 private:
  static constexpr std::int64_t kMostUnreadable = 1000;
  std::unique_ptr<RecordReader> reader_;
  std::string file_;
  std::int64_t unreadable_ = 0;
};

std::unique_ptr<RecordReader> reader_of(ByteBuffer bytes, InputFormat format, ReadOptions const& options) {
  switch (format) {
    case InputFormat::csv:
      return csv_reader(std::move(bytes), options);
    case InputFormat::tsv:
      return tsv_reader(std::move(bytes), options);
    case InputFormat::jsonl:
      return jsonl_reader(std::move(bytes), options);
    case InputFormat::json:
      return json_array_reader(std::move(bytes), options);
    case InputFormat::ldif:
      return ldif_reader(std::move(bytes), options);
  }
  return nullptr;
}

}  // namespace

std::unique_ptr<RecordReader> record_reader(ByteSource source, InputFormat format, std::string file,
                                            ReadOptions const& options) {
  bool const lines = format == InputFormat::csv || format == InputFormat::tsv;
  if (lines) source = LineFeeds(std::move(source));
  ByteBuffer bytes(std::move(source), file, options.longest_record);
  return std::make_unique<PatientReader>(reader_of(std::move(bytes), format, options), std::move(file));
}

}  // namespace umsops::format
