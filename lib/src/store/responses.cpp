// SPDX-License-Identifier: Apache-2.0
#include "store/responses.hpp"

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "store/tickets.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kOfRecord =
    "SELECT id, responder_id, content, response_type, is_private, created_at, time_spent_minutes FROM responses "
    "WHERE noun = $1 AND record = $2 ORDER BY place";

}  // namespace

void insert_response(WriteTx& tx, model::Response const& response) {
  tx.take_turn();
  model::Ref const record{std::string(model::ticket_type().noun), response.ticket_id};
  std::int64_t const n = in_hand_or_stored(tx, record);
  std::int64_t const place = next_place(tx.connection(), kResponses, record.noun, n);
  insert_bound(tx, kResponses,
               {record.noun, n, place, response.id, response.responder_id, response.response_type, response.is_private,
                response.created_at, response.content, to_row(response).back()});
}

std::vector<model::Response> responses_of(Connection& db, std::string_view ticket_id) {
  std::int64_t const n = place_of_ticket(db, ticket_id);
  Reading rows(db.prepare(kOfRecord));
  rows->bind(1, model::ticket_type().noun).bind(2, n);
  std::vector<model::Response> found;
  while (rows->step()) {
    found.push_back({rows->text(0),
                     std::string(ticket_id),
                     rows->text(1),
                     rows->text(2),
                     rows->text(3),
                     rows->integer(4) != 0,
                     rows->time_at(5),
                     {}});
    if (!rows->is_null(6)) found.back().time_spent_minutes = rows->integer(6);
  }
  return found;
}

}  // namespace umsops::store
