// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/import_record.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/format/reader.hpp"

namespace umsops::fuzz {

/// Reads all records as an import does: each is an error with a line, or an object that JSON can say, which is a ticket
/// or an incident, or refused as one.
inline void read_records(std::string_view bytes, format::InputFormat kind) {
  std::size_t at = 0;
  auto const source = [&](char* into, std::size_t most) {
    std::size_t const count = std::min({most, bytes.size() - at, std::size_t{61}});  // pieces that cut characters
    bytes.copy(into, count, at);
    at += count;
    return count;
  };
  try {
    auto const reader = format::record_reader(source, kind, "input");
    std::int64_t line = 0;
    while (auto const record = reader->next()) {
      require(record->line >= line && record->line > 0);
      line = record->line;
      if (record->error) continue;
      (void)base::parse_json(base::to_json(record->object), "again");
      auto const read = [](auto const& as_record) {
        try {
          as_record();
        } catch (base::Error const& error) {
          require(error.kind() == base::ErrorKind::invalid_input || error.kind() == base::ErrorKind::usage);
        }
      };
      read([&] { (void)desk::read_import(record->object); });
      read([&] { (void)desk::read_incident_import(record->object); });
    }
  } catch (base::Error const& error) {
    require(error.kind() != base::ErrorKind::internal && !error.message().empty());
  }
}

}  // namespace umsops::fuzz
