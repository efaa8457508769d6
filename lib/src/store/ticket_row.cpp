// SPDX-License-Identifier: Apache-2.0
#include "store/ticket_row.hpp"

#include "store/row_hash.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

constexpr std::size_t kDueTimesDigits = 16;  ///< of SHA-256: against damage, not against forgers; tick makes them anew
constexpr base::JsonLimits kStoredJson{.bytes = 16 << 20};

bool is_number(base::FieldType type) {
  using base::FieldType;
  return type == FieldType::integer || type == FieldType::time || type == FieldType::boolean;
}

/// From a column to the type of its field.
base::Value field_value(base::Field const& field, base::Value const& stored) {
  switch (field.type) {
    case base::FieldType::time:
      return base::TimePoint{base::Milliseconds{*stored.get_if<std::int64_t>()}};
    case base::FieldType::boolean:
      return *stored.get_if<std::int64_t>() != 0;
    case base::FieldType::object:
    case base::FieldType::list:
      return base::parse_json(stored.text(), field.name, kStoredJson);
    case base::FieldType::text:
    case base::FieldType::block:
    case base::FieldType::integer:
    case base::FieldType::decimal:
    case base::FieldType::choice:
      return stored;
  }
  return stored;
}

/// Among the columns.
std::size_t place_of(std::string_view name) {
  std::size_t place = 0;
  while (model::ticket_type().fields[ticket_columns()[place]].name != name) ++place;
  return place;
}

/// `model::is_derived`, for a row as it is stored.
bool is_derived(TicketRow const& row, std::size_t column) {
  static std::size_t const policy = place_of("sla_policy");
  auto const traits = model::ticket_type().fields[ticket_columns()[column]].traits;
  return (traits & base::kDerived) && (!(traits & base::kImport) || !row.fields[policy].is_null());
}

/// Without members that say nothing: readers take an absent member for that, and the row is half as long.
base::Value compact(base::Value value) {
  if (auto* items = value.get_if<base::Value::List>()) {
    for (auto& item : *items) item = compact(std::move(item));
  }
  if (auto* members = value.get_if<base::Value::Object>()) {
    std::erase_if(*members, [](auto const& member) {
      auto const* items = member.second.template get_if<base::Value::List>();
      return member.second.is_null() || (items && items->empty());
    });
    for (auto& [name, member] : *members) member = compact(std::move(member));
  }
  return value;
}

}  // namespace

std::vector<std::size_t> const& ticket_columns() {
  static std::vector<std::size_t> const columns = [] {
    std::vector<std::size_t> places;
    auto const fields = model::ticket_type().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (!fields[i].column.empty()) places.push_back(i);
    }
    return places;
  }();
  return columns;
}

std::string const& ticket_column_list() {
  static std::string const list = [] {
    std::string text;
    for (std::size_t const i : ticket_columns()) {
      text.append(text.empty() ? "" : ", ").append(model::ticket_type().fields[i].column);
    }
    return text;
  }();
  return list;
}

base::Value stored_value(base::Value const& value) {
  if (auto const* time = value.get_if<base::TimePoint>()) return std::int64_t{time->time_since_epoch().count()};
  if (auto const* flag = value.get_if<bool>()) return std::int64_t{*flag ? 1 : 0};
  if (auto const* text = value.get_if<std::string>()) return text->empty() ? base::Value() : value;
  auto const* members = value.get_if<base::Value::Object>();
  auto const* items = value.get_if<base::Value::List>();
  if ((members && members->empty()) || (items && items->empty())) return {};
  if (members || items) return base::to_json(value);
  return value;
}

std::vector<base::Value> stored_fields(model::Ticket const& ticket) {
  std::vector<base::Value> values;
  values.reserve(ticket_columns().size());
  auto const& classification = ticket.classification;
  bool const unclassified = classification.rules_version.empty() && classification.decisions.empty();
  for (std::size_t const i : ticket_columns()) {
    if (model::ticket_type().fields[i].name == "classification") {
      values.push_back(unclassified ? base::Value() : stored_value(compact(model::to_value(classification))));
    } else {
      values.push_back(stored_value(model::get(ticket, i)));
    }
  }
  return values;
}

std::vector<base::Value> read_fields(Statement const& row, int first, bool details) {
  std::vector<base::Value> values;
  values.reserve(ticket_columns().size());
  auto const fields = model::ticket_type().fields;
  int column = first;
  for (std::size_t const i : ticket_columns()) {
    bool const wanted = details || (fields[i].traits & base::kDetail) == 0;
    if (!wanted || row.is_null(column)) {
      values.emplace_back();
    } else if (is_number(fields[i].type)) {
      values.emplace_back(row.integer(column));
    } else {
      values.emplace_back(row.text(column));
    }
    ++column;
  }
  return values;
}

model::Ticket to_ticket(std::vector<base::Value> const& stored) {
  model::Ticket ticket;
  auto const fields = model::ticket_type().fields;
  auto const& columns = ticket_columns();
  for (std::size_t i = 0; i < stored.size(); ++i) {
    if (stored[i].is_null()) continue;
    base::Field const& field = fields[columns[i]];
    try {
      model::set(ticket, columns[i], field_value(field, stored[i]));
    } catch (base::Error const& error) {
      throw base::Error(base::errors::store_damaged,
                        {{"problem", "ticket " + ticket.ticket_number + ", " + std::string(field.name) + ": " +
                                         error.message().substr(0, 80)}});
    }
  }
  return ticket;
}

std::string hash_of(TicketRow const& row) {
  static std::size_t const first_schema = place_of("rev") + 1;
  std::vector<base::Value> values(row.fields.begin(), row.fields.begin() + static_cast<std::ptrdiff_t>(first_schema));
  base::Value::Object later;
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    bool const derived = is_derived(row, i);
    if (i < first_schema && derived) values[i] = {};
    if (i >= first_schema && !derived && !row.fields[i].is_null()) {
      later.emplace_back(model::ticket_type().fields[ticket_columns()[i]].name, row.fields[i]);
    }
  }
  if (later.empty()) return row_hash("support_tickets", values, {row.n, row.responses_hash, row.salt});
  return row_hash("support_tickets", values, {row.n, row.responses_hash, row.salt, std::move(later)});
}

std::string due_times_hash(TicketRow const& row) {
  std::vector<base::Value> values;
  bool any = false;
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    if (!is_derived(row, i)) continue;
    values.push_back(row.fields[i]);
    any |= !row.fields[i].is_null();
  }
  return any ? row_hash("due_times", values, {row.n}).substr(0, kDueTimesDigits) : std::string();
}

}  // namespace umsops::store
