// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "store/store.hpp"
#include "umsops/model/feedback.hpp"

namespace umsops::store {

/// Stores it in the place of what the same subject said before, where it says something else; the next event vouches
/// for it. False: that very word is stored already.
bool store_feedback(WriteTx& tx, model::Feedback const& feedback);
/// What was said of the record, in the order of kinds and subjects.
std::vector<model::Feedback> feedback_of(Connection& db, model::Ref const& record);

}  // namespace umsops::store
