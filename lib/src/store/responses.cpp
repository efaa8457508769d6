// SPDX-License-Identifier: Apache-2.0
#include "store/responses.hpp"

#include "store/row_hash.hpp"
#include "store/tickets.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kLastPlace = "SELECT coalesce(max(n), 0) FROM ticket_responses";
constexpr std::string_view kOfTicket =
    "SELECT id, ticket_id, responder_id, content, response_type, is_private, created_at FROM ticket_responses "
    "WHERE ticket_id = $1 ORDER BY n";

}  // namespace

void insert_response(WriteTx& tx, model::Response const& response, std::string const& salt) {
  tx.take_turn();
  Connection& db = tx.connection();
  // `n` is the order in which they were written down, which times alone do not tell: two may share one.
  std::string const hash =
      insert_hashed(db, kResponses,
                    {db.number(kLastPlace) + 1, response.id, response.ticket_id, response.responder_id,
                     response.content, response.response_type, response.is_private, response.created_at, salt});
  append_part(tx, ticket_table(), response.ticket_id, hash);
}

std::vector<model::Response> responses_of(Connection& db, std::string_view ticket_id) {
  Reading rows(db.prepare(kOfTicket));
  rows->bind(1, ticket_id);
  std::vector<model::Response> found;
  while (rows->step()) {
    found.push_back({rows->text(0), rows->text(1), rows->text(2), rows->text(3), rows->text(4), rows->integer(5) != 0,
                     rows->time_at(6)});
  }
  return found;
}

}  // namespace umsops::store
