// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "store/listing.hpp"
#include "store/store.hpp"
#include "umsops/mute/silence.hpp"

namespace umsops::store {

/// Stores a new one and gives it its number. The next event vouches for it, and for what `replace_silence` stores.
void insert_silence(WriteTx& tx, mute::Silence& silence);
/// Stores what it is from now on. The turn of this transaction must be taken before it was read.
void replace_silence(WriteTx& tx, mute::Silence const& silence);
/// The request of this key made the silence. The next event vouches for it.
void insert_silence_key(WriteTx& tx, std::string_view key, mute::Silence const& silence, std::string_view content_hash);

std::optional<mute::Silence> find_silence(Connection& db, std::int64_t number);
/// Those that have not ended by then, in the order of their numbers; however many have, they cost nothing.
std::vector<mute::Silence> unended_silences(Connection& db, base::TimePoint now);
Rest list_silences(Connection& db, query::Query const& query, std::function<bool(mute::Silence const&)> const& visit);
std::int64_t count_silences(Connection& db, query::Filter const& filter);

}  // namespace umsops::store
