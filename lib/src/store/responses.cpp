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
constexpr std::string_view kAfter =
    "SELECT id, responder_id, content, response_type, is_private, created_at, time_spent_minutes, place FROM responses "
    "WHERE noun = $1 AND record = $2 AND place > $3 ORDER BY place";

model::Response read(Statement const& row, std::string_view ticket_id) {
  model::Response response{row.text(0), std::string(ticket_id), row.text(1),    row.text(2),
                           row.text(3), row.integer(4) != 0,    row.time_at(5), {}};
  if (!row.is_null(6)) response.time_spent_minutes = row.integer(6);
  return response;
}

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
    found.push_back(read(*rows, ticket_id));
  }
  return found;
}

std::vector<PlacedResponse> responses_after(Connection& db, std::string_view ticket_id, std::int64_t place) {
  std::int64_t const n = place_of_ticket(db, ticket_id);
  Reading rows(db.prepare(kAfter));
  rows->bind(1, model::ticket_type().noun).bind(2, n).bind(3, place);
  std::vector<PlacedResponse> found;
  while (rows->step()) found.push_back({rows->integer(7), read(*rows, ticket_id)});
  return found;
}

std::int64_t next_response(Connection& db, std::string_view ticket_id) {
  return next_place(db, kResponses, model::ticket_type().noun, place_of_ticket(db, ticket_id));
}

}  // namespace umsops::store
