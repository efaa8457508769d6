// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "umsops/format/reader.hpp"

namespace umsops::format {

std::unique_ptr<RecordReader> csv_reader(ByteSource source, bool tabs, std::string file);
std::unique_ptr<RecordReader> jsonl_reader(ByteSource source, std::string file);
std::unique_ptr<RecordReader> json_array_reader(ByteSource source, std::string file);

}  // namespace umsops::format
