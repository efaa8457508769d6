// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/event.hpp"

namespace umsops::store {

/// The next event vouches for it.
void insert_mail(WriteTx& tx, model::Mail const& mail);

/// Those of a record, in the order they came.
std::vector<model::Mail> mails_of(Connection& db, model::Ref const& record);
/// Those of that Message-ID, the newest first: mostly one.
std::vector<model::Mail> mails_called(Connection& db, std::string_view message_id);

}  // namespace umsops::store
