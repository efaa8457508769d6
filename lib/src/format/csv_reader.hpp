// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "format/line_buffer.hpp"

namespace umsops::format {

std::unique_ptr<RecordReader> csv_reader(ByteBuffer bytes, ReadOptions const& options);
std::unique_ptr<RecordReader> tsv_reader(ByteBuffer bytes, ReadOptions const& options);
std::unique_ptr<RecordReader> jsonl_reader(ByteBuffer bytes, ReadOptions const& options);
std::unique_ptr<RecordReader> ldif_reader(ByteBuffer bytes, ReadOptions const& options);
std::unique_ptr<RecordReader> json_array_reader(ByteBuffer bytes, ReadOptions const& options);

}  // namespace umsops::format
