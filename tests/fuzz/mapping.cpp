// SPDX-License-Identifier: Apache-2.0
// An import mapping: read, or refused with a line; whatever it says, a foreign record becomes one of ours or is
// refused.
#include "config/mapping_reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  static base::Value const record = base::parse_json(
      R"({"number":"INC1","short_description":"down","opened_at":"05/03/2026 12:00","a":{"b":["x",1,null]},)"
      R"("priority":"1 - Critical"})");
  for (auto const* type : {&model::ticket_type(), static_cast<base::RecordType const*>(nullptr)}) {
    config::Problems problems(base::errors::config_invalid);
    auto const mapping = config::read_mapping_text(type, bytes, "mapping.yaml", problems);
    for (auto const& error : problems.all()) require(!error.message().empty());
    if (!problems.all().empty()) continue;
    try {
      base::Value const made = model::apply(mapping, record);
      require(made.get_if<base::Value::Object>() != nullptr);
      (void)model::apply(mapping, record, made);
    } catch (base::Error const& error) {
      require(error.kind() == base::ErrorKind::invalid_input);
    }
  }
}

}  // namespace umsops::fuzz
