// SPDX-License-Identifier: Apache-2.0
// A new ticket from a record, as `ticket create --from-json` and JSON intake take it.
#include <algorithm>

#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::ticket {

namespace {

using base::Value;

void set_attribute(desk::NewTicket& wanted, std::string const& name, std::string const& value) {
  for (auto& [known, old] : wanted.attributes) {
    if (known == name) {
      old = value;
      return;
    }
  }
  wanted.attributes.emplace_back(name, value);
}

std::optional<std::string> given(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

/// Puts one field into what is wanted; the words have passed the ticket's own reader.
void put(desk::NewTicket& wanted, std::size_t field, Value const& value) {
  model::Ticket read;
  model::set(read, field, value);
  auto const name = model::ticket_type().fields[field].name;
  if (name == "title") wanted.title = read.title;
  if (name == "description") wanted.description = read.description;
  if (name == "requester_id") wanted.requester_id = read.requester_id;
  if (name == "assignee_id") wanted.assignee_id = given(read.assignee_id);
  if (name == "category") wanted.category = given(read.category);
  if (name == "subcategory") wanted.subcategory = given(read.subcategory);
  if (name == "service") wanted.service = given(read.service);
  if (name == "priority") wanted.priority = read.priority;
  if (name == "source") wanted.source = read.source;
  if (name == "attributes") {
    for (auto const& [key, text] : read.attributes) set_attribute(wanted, key, text);
  }
}

}  // namespace

void put_record(desk::NewTicket& wanted, Value const& record, std::string const& file) {
  auto const* members = record.get_if<Value::Object>();
  if (members == nullptr)
    throw base::Error(base::errors::json_invalid, {{"problem", "not an object"}}).at({file, 1, 1});
  auto const& type = model::ticket_type();
  for (auto const& [name, value] : *members) {
    if (name == "schema" || value.is_null()) continue;
    if (name == "key") {
      wanted.key = value.text();
      continue;
    }
    auto const field = type.find(name);
    if (!field || (type.fields[*field].traits & base::kWritable) == 0) {
      std::vector<std::string_view> names;
      for (auto const& known : type.fields) names.push_back(known.name);
      std::string const best = field ? "" : base::nearest(name, names);
      throw base::Error(base::errors::record_invalid,
                        {{"field", name.substr(0, 80)},
                         {"problem", field          ? "cannot be given on create"
                                     : best.empty() ? "no such field"
                                                    : "no such field; did you mean " + best + "?"}})
          .at({file, 0, 0});
    }
    put(wanted, *field, value);
  }
}

void put_field(desk::NewTicket& wanted, std::size_t field, Value const& value) { put(wanted, field, value); }

}  // namespace umsops::cli::ticket
