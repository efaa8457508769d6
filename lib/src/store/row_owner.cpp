// SPDX-License-Identifier: Apache-2.0
#include "store/row_owner.hpp"

#include "store/record_ref.hpp"

namespace umsops::store {

std::string owner_of_row(Connection& db, Table const& table, std::string_view id) {
  Reading row(db.prepare("SELECT noun, record FROM " + std::string(table.name) + " WHERE id = $1"));
  row->bind(1, id);
  return row->step() ? record_at(db, row->text(0), row->integer(1)).id : std::string();
}

}  // namespace umsops::store
