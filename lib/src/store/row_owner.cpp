// SPDX-License-Identifier: Apache-2.0
#include "store/row_owner.hpp"

namespace umsops::store {

std::string ticket_of_row(Connection& db, HashedTable const& table, std::string_view id) {
  Reading row(db.prepare("SELECT ticket_id FROM " + std::string(table.name) + " WHERE id = $1"));
  row->bind(1, id);
  return row->step() ? row->text(0) : std::string();
}

}  // namespace umsops::store
