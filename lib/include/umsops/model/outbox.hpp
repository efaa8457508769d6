// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"

namespace umsops::model {

/// WAITING until it is known to whom it goes, SENDING while some of them do not have it, then SENT, or FAILED where
/// somebody did not get it, or DROPPED where it was of no use any more.
enum class MessageState { waiting, sending, sent, failed, dropped };
std::span<std::string_view const> message_state_names();
std::string_view to_string(MessageState state);
std::optional<MessageState> parse_message_state(std::string_view text);

/// A message of the outbox as it stands.
struct Message {
  std::string id;
  MessageState state = MessageState::waiting;
  std::string topic, noun;
  std::int64_t record = 0;  ///< the record's row key; 0: it is about none
  std::string recipient;    ///< whom its cause names: a person, `team:iam`, `audiences`
  base::Value payload;
  std::string note;  ///< why it was not sent
  base::TimePoint created_at{};
  std::int64_t attempts = 0;  ///< of all its deliveries
};

base::RecordType const& message_type();
base::Row to_row(Message const& message);

/// WAITING to be tried, SENT, DEAD after too many attempts or a refusal, DROPPED.
enum class DeliveryState { waiting, sent, dead, dropped };
std::span<std::string_view const> delivery_state_names();
std::string_view to_string(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);

/// A message on its way to one contact.
struct Delivery {
  std::string id;       ///< the message's, a dash and a number: the idempotency key of every attempt
  std::string message;  ///< id
  std::string noun;
  std::int64_t record = 0;
  std::string kind;              ///< of the text: that of the audience, or the topic
  std::string audience, person;  ///< empty: none
  std::string channel, address, language;
  DeliveryState state = DeliveryState::waiting;
  base::TimePoint next_attempt_at{};
  std::string lease;  ///< who tries it until `next_attempt_at`; empty: nobody
  std::int64_t attempts = 0;
  std::string note;    ///< why it was not sent, or not yet
  std::string parcel;  ///< key of the message that went out for it, where several were one
  base::TimePoint created_at{};
  std::optional<base::TimePoint> finished_at;
};

base::RecordType const& delivery_type();
base::Row to_row(Delivery const& delivery);

}  // namespace umsops::model
