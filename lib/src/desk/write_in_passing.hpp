// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {

/// Writes what counts for nobody but statistics, on a connection of its own: whoever reads may have no right to write,
/// and is not kept waiting for longer than a fifth of a second. `audit_key` where events are written.
template <class Body>
void write_in_passing(OpenDesk& desk, std::string const& audit_key, Body&& body) {
  constexpr base::Milliseconds kMoment{200};
  try {
    if (desk.absent_default()) return;
    auto const store = store::open_store(
        {desk.options().store, store::OpenOptions::Access::write, kMoment, &store::desk_schema(), audit_key});
    store::write(*store, [&](store::WriteTx& tx) {
      body(tx);
      return 0;
    });
  } catch (base::Error const&) {
    // The answer was given; that it is not counted is no error of the reader's.
  }
}

}  // namespace umsops::desk
