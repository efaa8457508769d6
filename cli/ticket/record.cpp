// SPDX-License-Identifier: Apache-2.0
// A new ticket from a record, as `ticket create --from-json` and JSON intake take it.
#include "cli/record/given.hpp"
#include "cli/ticket/ticket.hpp"

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
  if (name == "team") wanted.team = given(read.team);
  if (name == "priority") wanted.priority = read.priority;
  if (name == "source") wanted.source = read.source;
  if (name == "tags") wanted.tags = read.tags;
  if (name == "attributes") {
    for (auto const& [key, text] : read.attributes) set_attribute(wanted, key, text);
  }
}

}  // namespace

void put_record(desk::NewTicket& wanted, Value const& record, std::string const& file) {
  constexpr std::string_view kKey[] = {"key"};
  auto const& type = model::ticket_type();
  record::each_given(type, record, file, kKey, [&](std::string_view name, Value const& value) {
    if (name == kKey[0]) {
      wanted.key = value.text();
    } else {
      put(wanted, type.require(name), value);
    }
  });
}

void put_field(desk::NewTicket& wanted, std::size_t field, Value const& value) { put(wanted, field, value); }

}  // namespace umsops::cli::ticket
