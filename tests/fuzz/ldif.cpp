// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/records.hpp"
#include "umsops/desk/requester_desk.hpp"
#include "umsops/model/requester.hpp"

void umsops::fuzz::one_input(std::string_view bytes) {
  read_records(bytes, format::InputFormat::ldif);
  std::size_t at = 0;
  auto const source = [&](char* into, std::size_t most) {
    std::size_t const count = std::min({most, bytes.size() - at, std::size_t{61}});
    bytes.copy(into, count, at);
    at += count;
    return count;
  };
  try {
    std::shared_ptr<format::RecordReader> const reader =
        format::record_reader(source, format::InputFormat::ldif, "input");
    auto const people = desk::directory_entries([&]() -> std::optional<desk::ImportRecord> {
      auto record = reader->next();
      if (!record) return std::nullopt;
      return desk::ImportRecord{record->line, std::move(record->object), std::move(record->error)};
    });
    while (auto const record = people()) {
      if (record->unreadable) continue;
      model::Requester person;
      for (auto const& [name, value] : *record->object.get_if<base::Value::Object>()) {
        auto const field = model::requester_type().find(name);
        require(field || name == "changetype");
        if (field) model::set(person, *field, value);
      }
      for (auto const& name : model::lookup_names(person)) require(model::lookup_name(name) == name);
    }
  } catch (base::Error const& error) {
    require(error.kind() != base::ErrorKind::internal && !error.message().empty());
  }
}
