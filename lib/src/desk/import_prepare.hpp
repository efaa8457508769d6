// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "desk/import_record.hpp"
#include "store/record_table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/record_desk.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::desk {

/// One record of an import with all that can be said of it without looking into the store.
struct PreparedRecord {
  ImportRecord record;
  ImportedTicket in;                   ///< with the values of a new ticket where the record gives none; no id yet
  std::string content_key;             ///< key made of its content, when it names no id, number or key
  std::optional<base::Error> refused;  ///< it cannot be used at all
  std::optional<base::Error> unsound;  ///< it cannot be a new ticket
  store::Columns columns;              ///< of a new ticket, but for its id and number; empty: not made
  model::Event event;                  ///< by which a new ticket comes into being, but for its time and the id
};

/// Fills in all but `columns` and `event`. Pure but for the clock's reading; called from another thread than the one
/// that writes. `rules` null: none decide.
void prepare_record(ImportRecord record, ImportOptions const& options, rules::RuleSet const* rules, base::TimePoint now,
                    PreparedRecord& out);

}  // namespace umsops::desk
