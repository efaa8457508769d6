// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "format/line_buffer.hpp"

namespace umsops::format {

std::unique_ptr<RecordReader> csv_reader(ByteBuffer bytes, bool tabs);
std::unique_ptr<RecordReader> jsonl_reader(ByteBuffer bytes);
std::unique_ptr<RecordReader> json_array_reader(ByteBuffer bytes);

}  // namespace umsops::format
