// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "desk/history.hpp"
#include "desk/import_record.hpp"
#include "model/article_text.hpp"
#include "model/incident_text.hpp"
#include "model/ticket_text.hpp"
#include "store/record_table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/record_desk.hpp"

namespace umsops::desk {

/// One record of an import with all that can be said of it without looking into the store.
template <class Record>
struct PreparedRecord {
  ImportRecord record;
  ImportedRecord<Record> in;           ///< with the values of a new record where it gives none; no id yet
  std::string content_key;             ///< key made of its content, when it names no id, number or key
  std::optional<base::Error> refused;  ///< it cannot be used at all
  std::optional<base::Error> unsound;  ///< it cannot be a new record
  store::Columns columns;              ///< of a new record, but for its id and number; empty: not made
  model::Event event;                  ///< by which a new one comes into being, but for its time and the id
};

/// Ids and numbers are what people type: no blanks, nothing that a shell or a path would act on. Throws
/// `record.invalid`.
void check_name(std::string_view field, std::string_view text);
/// The key of a record that names itself in no other way.
std::string content_key_of(base::Value const& object);

/// Fills in all but `columns` and `event`: `Kind::read` takes the record apart, `kind.complete` gives a new one what it
/// does not say. Pure but for the clock's reading; called from another thread than the one that writes.
template <class Kind>
void prepare_record(ImportRecord record, Kind& kind, PreparedRecord<typename Kind::Record>& out) {
  out.refused = record.unreadable;
  out.record = std::move(record);
  if (out.refused) return;
  try {
    out.in = Kind::read(out.record.object);
  } catch (base::Error const& error) {
    out.refused = error;
    return;
  }
  auto const& type = Kind::type();
  auto const gives = [&](std::string_view field) { return out.in.gives(type, field); };
  if (!gives("id") && !gives(type.number_field) && !gives("key")) out.content_key = content_key_of(out.record.object);
  try {
    kind.complete(out.in);
    refuse_unsound(out.in.record);
    check_name(type.number_field, model::text_of(out.in.record, type.require(type.number_field)));
    check_name("id", out.in.record.id);
  } catch (base::Error const& error) {
    out.unsound = error;
  }
}

}  // namespace umsops::desk
