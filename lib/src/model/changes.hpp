// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/model/event.hpp"

namespace umsops::model {

/// What a new record of that type starts with, and what differs between two states of one. Fields marked kUnlogged and
/// what is derived stay out.
std::vector<Change> changes_of_new(base::RecordType const& type, base::Row const& row);
std::vector<Change> changes_between(base::RecordType const& type, base::Row const& before, base::Row const& after);

/// Takes a record back to the state before the changes: `set` is called with each field and its earlier value. Fields
/// whose values were erased are added to `erased`, and those that come back lose their place there.
void undo(base::RecordType const& type, std::vector<Change> const& changes, std::vector<std::string>& erased,
          std::function<void(std::size_t field, base::Value const& before)> const& set);

/// Fills in the changes of a record's first event, which the log does not repeat: the record as it is now, taken back
/// through the later events. `events` are all of the record's, oldest first.
void complete_first_event(base::RecordType const& type, std::vector<Event>& events, base::Row row);

}  // namespace umsops::model
