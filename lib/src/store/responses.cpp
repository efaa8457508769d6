// SPDX-License-Identifier: Apache-2.0
#include "store/responses.hpp"

#include "store/row_hash.hpp"
#include "store/ticket_table.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kNextPlace = "SELECT coalesce(max(n), 0) + 1 FROM ticket_responses";
constexpr std::string_view kOfTicket =
    "SELECT id, ticket_id, responder_id, content, response_type, is_private, created_at FROM ticket_responses "
    "WHERE ticket_id = $1 ORDER BY n";

base::Value or_null(std::string const& text) { return text.empty() ? base::Value() : base::Value(text); }

}  // namespace

std::string extend_responses_hash(std::string_view before, std::string_view response_hash) {
  return base::sha256_hex(std::string(before).append(response_hash));
}

void insert_response(WriteTx& tx, model::Response const& response, std::string const& salt) {
  tx.take_turn();
  Connection& db = tx.connection();
  std::int64_t n = 0;
  {
    Reading place(db.prepare(kNextPlace));
    place->step();
    n = place->integer(0);
  }
  std::string const hash = insert_hashed(
      db, kResponses,
      {n, response.id, response.ticket_id, or_null(response.responder_id), response.content, response.response_type,
       std::int64_t{response.is_private ? 1 : 0}, std::int64_t{response.created_at.time_since_epoch().count()}, salt});
  set_responses_hash(db, response.ticket_id, hash);
  tx.note_responses();
}

std::vector<model::Response> responses_of(Connection& db, std::string_view ticket_id) {
  Reading rows(db.prepare(kOfTicket));
  rows->bind(1, ticket_id);
  std::vector<model::Response> found;
  while (rows->step()) {
    found.push_back({rows->text(0), rows->text(1), rows->text(2), rows->text(3), rows->text(4), rows->integer(5) != 0,
                     base::TimePoint{base::Milliseconds{rows->integer(6)}}});
  }
  return found;
}

}  // namespace umsops::store
