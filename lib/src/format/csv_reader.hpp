// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "format/line_buffer.hpp"

namespace umsops::format {

/// Nullopt: what separates the cells is seen in the first line.
std::unique_ptr<RecordReader> csv_reader(ByteBuffer bytes, std::optional<char> delimiter);
std::unique_ptr<RecordReader> tsv_reader(ByteBuffer bytes);
std::unique_ptr<RecordReader> jsonl_reader(ByteBuffer bytes);
std::unique_ptr<RecordReader> json_array_reader(ByteBuffer bytes);

}  // namespace umsops::format
