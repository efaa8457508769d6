// SPDX-License-Identifier: Apache-2.0
#include "store/schema.hpp"

#include <algorithm>

#include "base/embedded.hpp"
#include "store/articles.hpp"
#include "store/format2/convert.hpp"
#include "store/incidents.hpp"
#include "store/record_table.hpp"
#include "store/requesters.hpp"
#include "store/reviews.hpp"
#include "store/table.hpp"
#include "store/ticket_days.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"

namespace umsops::store {
namespace {

constexpr std::size_t kVersionDigits = 4;
constexpr std::int64_t kFirstStep = 3;  ///< it writes down the whole schema; those before it lead old stores there

/// From `0001_desk.sql`.
MigrationStep step_of(embedded::File const& file) {
  std::string_view stem = file.name.substr(0, file.name.rfind('.'));
  std::size_t const digits = stem.find_first_not_of('0');
  auto const version = base::parse_integer(stem.substr(digits, kVersionDigits - digits), 1, 9999);
  if (!version) throw base::Error(base::errors::internal, {{"problem", "migration without a number"}});
  return {*version, stem.substr(kVersionDigits + 1), file.bytes};
}

}  // namespace

RecordTable const* Schema::find(std::string_view noun) const {
  for (RecordTable const* table : records) {
    if (table->type.noun == noun) return table;
  }
  return nullptr;
}

std::span<RecordTable const* const> record_tables() {
  static RecordTable const* const kTables[] = {&ticket_table(), &incident_table(), &article_table(), &review_table(),
                                               &requester_table()};
  return kTables;
}

std::span<MigrationStep const> Schema::making() const {
  auto const from =
      std::find_if(steps.begin(), steps.end(), [this](auto const& step) { return step.version == first; });
  return {from, steps.end()};
}

std::span<Table const* const> other_tables() {
  static Table const* const kTables[] = {&kStoreInfo, &kMigrations,  &kTurns,      &kResponses,     &kEscalations,
                                         &kLinks,     &kLadderSteps, &kCallbacks,  &kAttachments,   &kMails,
                                         &kTimeline,  &kKeys,        &kOutbox,     &kSilences,      &kFeedback,
                                         &kMisses,    &kDeliveries,  &kExecutions, &kRequesterNames};
  return kTables;
}

std::span<MadeTable const> made_tables() {
  static constexpr MadeTable kTables[] = {
      {"search_meta",
       "one, version, documents, next_document, next_segment, title_length, body_length, title_pivot, body_pivot"},
      {"search_seg", "seg, level, removed"},
      {"search_page", "page, seg, first, data"},
      {"search_list", "list, data"},
      {"search_pending", "pending, data"},
      {"search_document", "document, noun, record"},
      {"ticket_days",
       "day, category, priority, state, n, beyond, response_n, response_sum, resolution_n, resolution_sum"}};
  return kTables;
}

Schema const& desk_schema() {
  static Schema const kSchema = [] {
    Schema schema{{}, record_tables(), other_tables(), kFirstStep};
    for (embedded::File const& file : embedded::migrations()) schema.steps.push_back(step_of(file));
    schema.steps[1].convert = format2::add_step;
    schema.steps[2].convert = format2::convert;
    schema.steps[13].convert = add_ticket_days;
    schema.steps[14].convert = add_ticket_days;
    return schema;
  }();
  return kSchema;
}

}  // namespace umsops::store
