// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/records.hpp"

void umsops::fuzz::one_input(std::string_view bytes) {
  read_records(bytes, format::InputFormat::csv);
  read_records(bytes, format::InputFormat::tsv);
}
