// SPDX-License-Identifier: Apache-2.0
// Messages that leave: what is written with a change (`insert_outbox`, store/keys.hpp), and what becomes of it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/listing.hpp"
#include "store/store.hpp"
#include "umsops/model/outbox.hpp"

namespace umsops::store {

// A message lies in the outbox at the time of its cause until it is known to whom it goes, and behind all of these from
// then on: those that are still to be looked at cost nothing for all that ever were.

/// Those that are WAITING, the oldest first.
std::vector<model::Message> waiting_messages(Connection& db, base::TimePoint now, std::size_t most);
/// Messages whose id begins so, at most `most`.
std::vector<model::Message> messages_called(Connection& db, std::string_view prefix, std::size_t most);
std::optional<model::Message> find_message(Connection& db, std::string const& id);
/// Stores where it stands now. The turn of this transaction must be taken before it was read.
void replace_message(WriteTx& tx, model::Message const& before, model::Message const& after);
Rest list_messages(Connection& db, query::Query const& query, std::function<bool(model::Message const&)> const& visit);
std::int64_t count_messages(Connection& db, query::Filter const& filter);

/// How many did not arrive, or not yet; and since when.
struct MessageCounts {
  std::int64_t failed = 0, waiting = 0;
  std::optional<base::TimePoint> oldest_waiting;
};
MessageCounts message_counts(Connection& db);
/// Whether `forget_messages` would find any.
bool has_old_messages(Connection& db, base::TimePoint before);
/// Takes away what was sent or dropped before that time, at most so many messages, with their deliveries; those about
/// incidents that are open stay: they tell who was told. How many messages were taken away.
std::int64_t forget_messages(WriteTx& tx, base::TimePoint before, std::size_t most);

void insert_delivery(WriteTx& tx, model::Delivery const& delivery);
void replace_delivery(WriteTx& tx, model::Delivery const& delivery);
std::optional<model::Delivery> find_delivery(Connection& db, std::string const& id);
/// In the order of their numbers.
std::vector<model::Delivery> deliveries_of(Connection& db, std::string const& message);
/// All about that record.
std::vector<model::Delivery> deliveries_about(Connection& db, std::string_view noun, std::int64_t record);
/// Those that may be tried now, the longest due first: none whose record has an earlier one that waits for the same
/// contact, and none of channels that are left out.
std::vector<model::Delivery> due_deliveries(Connection& db, base::TimePoint now, std::size_t most,
                                            std::vector<std::string> const& without_channels);
/// All that wait for that contact, whenever they are due, but none that somebody is trying.
std::vector<model::Delivery> waiting_for_contact(Connection& db, std::string const& channel, std::string const& address,
                                                 base::TimePoint now, std::size_t most);
/// When messages went to that contact since then; those that went as one count once.
std::vector<base::TimePoint> sent_to(Connection& db, std::string const& channel, std::string const& address,
                                     base::TimePoint since);

}  // namespace umsops::store
