// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include "store/ticket_table.hpp"

namespace umsops::store {

WriteTx::WriteTx(Store& store) : store_(store) { store_.begin_write(); }

WriteTx::~WriteTx() {
  if (open_) store_.rollback();
}

void WriteTx::commit() {
  store_ticket_counter(*this);
  open_ = false;  // whatever commit ends in, the engine has left the transaction
  store_.commit();
}

void WriteTx::rollback() {
  open_ = false;
  store_.rollback();
}

ReadTx::ReadTx(Store& store) : store_(store) { store_.begin_read(); }

ReadTx::~ReadTx() { store_.end_read(); }

}  // namespace umsops::store
