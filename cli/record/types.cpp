// SPDX-License-Identifier: Apache-2.0
#include "cli/record/types.hpp"

#include "umsops/model/article.hpp"
#include "umsops/model/callback.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/outbox.hpp"
#include "umsops/model/requester.hpp"
#include "umsops/model/review.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/mute/silence.hpp"
#include "umsops/runbook/execution.hpp"

namespace umsops::cli::record {

std::span<base::RecordType const* const> record_types() {
  static base::RecordType const* const kTypes[] = {
      &model::ticket_type(),   &model::event_type(),       &model::response_type(), &model::callback_type(),
      &model::incident_type(), &mute::silence_type(),      &model::article_type(),  &model::message_type(),
      &model::delivery_type(), &runbook::execution_type(), &model::review_type(),   &model::requester_type()};
  return kTypes;
}

base::RecordType const* find_record_type(std::string_view noun) {
  for (auto const* type : record_types()) {
    if (type->noun == noun) return type;
  }
  return nullptr;
}

}  // namespace umsops::cli::record
