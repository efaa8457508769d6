// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "desk/import_parts.hpp"
#include "umsops/base/value.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// One record of an import, read: which fields it gives, with their values, and what belongs to it.
template <class Record>
struct ImportedRecord {
  Record record;                   ///< the given fields set, the rest as in a new one
  std::vector<std::size_t> given;  ///< field indexes
  std::vector<model::Response> responses;
  std::vector<model::Event> history;  ///< without seq and hashes
  bool has_history = false;
  ImportedParts parts;

  bool gives(base::RecordType const& type, std::string_view field) const {
    auto const index = type.find(field);
    return index && std::find(given.begin(), given.end(), *index) != given.end();
  }
  /// Nothing but fields.
  bool is_plain() const { return responses.empty() && history.empty() && parts.empty(); }
};
using ImportedTicket = ImportedRecord<model::Ticket>;
using ImportedIncident = ImportedRecord<model::Incident>;
using ImportedArticle = ImportedRecord<model::Article>;

/// Throws `record.invalid` for an unknown member (with the nearest match) or a value of another kind.
ImportedTicket read_import(base::Value const& object);
ImportedIncident read_incident_import(base::Value const& object);
ImportedArticle read_article_import(base::Value const& object);

/// The given fields of `in` put over a stored record.
template <class Record>
Record merged(base::RecordType const& type, Record stored, ImportedRecord<Record> const& in) {
  for (std::size_t const field : in.given) {
    auto const name = type.fields[field].name;
    if (name == "id" || name == type.number_field || name == "rev") continue;
    model::set(stored, field, model::get(in.record, field));
  }
  return stored;
}

/// Do both say the same, as an export would write them?
bool same_event(model::Event const& a, model::Event const& b);

}  // namespace umsops::desk
