// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "umsops/model/event.hpp"
#include "umsops/model/import_mapping.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// The text of a foreign cell; empty when it is absent or says that nothing is known.
std::string cell_text(ImportMapping const& mapping, base::Value const& foreign, std::string const& column);
/// Throws `record.invalid` for `field` when the text has another form.
base::TimePoint mapped_time(ImportMapping const& mapping, std::string const& field, std::string const& text,
                            std::string const& form);

/// Which record a foreign row is an event of; empty: it does not say.
std::string record_name(ImportMapping const& mapping, base::Value const& row);
/// When the event of that row happened. Throws `record.invalid`.
base::TimePoint event_time(ImportMapping const& mapping, base::Value const& row);

/// The life of one record, from foreign rows that each hold its whole state after an event. A row that changes nothing
/// of what is kept adds nothing. Moves are taken as they were, whatever our own table allows.
template <class Record>
class EventRows {
 public:
  /// `start` holds what a record begins with where no row says anything.
  EventRows(ImportMapping const& mapping, Record start) : mapping_(mapping), start_(std::move(start)) {}
  /// The next row. Throws `record.invalid`, also when it lies before the last one.
  void add(base::Value const& row);
  /// As an import takes it: the last state, and `history`.
  base::Value record() const;

 private:
  Record state_after(base::Value const& row, base::TimePoint at);

  ImportMapping const& mapping_;
  Record start_, now_;
  base::Value said_;  ///< the last row under our names
  std::vector<Event> history_;
  std::optional<base::TimePoint> last_;
};

extern template class EventRows<Ticket>;
extern template class EventRows<Incident>;

}  // namespace umsops::model
