// SPDX-License-Identifier: Apache-2.0
#include "desk/brought_parts.hpp"

#include "desk/batch.hpp"
#include "desk/export_record.hpp"
#include "desk/links.hpp"
#include "store/incidents.hpp"
#include "store/links.hpp"
#include "store/record_ref.hpp"
#include "store/tickets.hpp"

namespace umsops::desk {
namespace {

using base::Error;

store::RecordTable const& table_of(std::string_view noun) {
  return noun == model::ticket_type().noun ? store::ticket_table() : store::incident_table();
}

/// The id of the record here that has this id, or else this number. nullopt: there is none.
std::optional<std::string> record_called(store::Connection& db, std::string_view noun, std::string const& id,
                                         std::string const& number) {
  if (!id.empty() && store::place_of(db, model::Ref{std::string(noun), id}) != 0) return id;
  auto const& table = table_of(noun);
  auto const found = store::find_record(db, table, store::By::number, number);
  return found ? std::optional(std::string((*found)[table.column_of("id")].text())) : std::nullopt;
}

}  // namespace

bool BroughtParts::bring(store::WriteTx& tx, model::Ref const& record, std::string const& number, std::int64_t line,
                         ImportedParts const& parts) {
  bool added = add_parts(tx, record, parts);
  for (auto const& link : parts.links) {
    Waiting waiting{line, record, number, link};
    try {
      added |= bring_link(tx, waiting);
    } catch (Error const& error) {
      if (!concerns_one_item(error)) throw;
      waiting_.push_back(std::move(waiting));
    }
  }
  return added;
}

void BroughtParts::finish(OpenDesk& desk, store::WriteTx& tx, ImportTally& tally) {
  for (auto const& waiting : waiting_) {
    desk.check_interrupted();
    try {
      bring_link(tx, waiting);
    } catch (Error const& error) {
      tally.refused(as_record(waiting), error);
    }
  }
}

/// False: it was here already.
bool BroughtParts::bring_link(store::WriteTx& tx, Waiting const& wanted) {
  auto const& [kind, other_noun, other, other_id, created_at] = wanted.link;
  model::Link link{wanted.record, kind, {other_noun, other}, created_at};
  if (auto const found = record_called(tx.connection(), other_noun, other_id, other)) {
    link.to.id = *found;
  } else if (kind != model::LinkKind::caused_by || wanted.record.noun == other_noun) {
    // The cause of a ticket may be an incident of another desk.
    throw Error(base::errors::import_rejected,
                {{"problem", wanted.number + " has a link (" + std::string(model::to_string(kind)) + ") to " + other +
                                 ", which is neither here nor in the import"}});
  }
  refuse_cycle(tx.connection(), link, wanted.number, other);
  return store::insert_link(tx, link);
}

void BroughtParts::erase_unlinked(store::WriteTx& tx, model::Ref const& record, std::span<model::Event const> told) {
  for (auto const& event : told) {
    for (auto const& change : event.changes) {
      if (change.field != "links" || !change.after.is_null()) continue;
      auto link = link_told(record, change.before);
      if (!link) continue;
      if (auto const other = record_called(tx.connection(), link->to.noun, {}, link->to.id)) link->to.id = *other;
      store::erase_link(tx, *link);
    }
  }
}

ImportRecord BroughtParts::as_record(Waiting const& waiting) {
  base::Value::Object object{{"id", waiting.record.id},
                             {std::string(table_of(waiting.record.noun).type.number_field), waiting.number}};
  add_links({waiting.link}, object);
  return {waiting.line, std::move(object), std::nullopt};
}

}  // namespace umsops::desk
