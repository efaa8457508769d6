// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/outbox.hpp"

#include <array>

#include "model/choice.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {

using base::Field;
using base::FieldType;
using base::Value;
using namespace base;  // the trait names below

namespace {

constexpr std::array<std::string_view, 5> kMessageStates{"WAITING", "SENDING", "SENT", "FAILED", "DROPPED"};
constexpr std::array<std::string_view, 4> kDeliveryStates{"WAITING", "SENT", "DEAD", "DROPPED"};
constexpr unsigned kShown = kInTable | kInWide, kFound = kShown | kFilter;
constexpr std::size_t kLongestId = 64, kLongestNote = 1000, kLongestName = 64;

constexpr std::array kMessageFields{
    limited({"id", FieldType::text, "id", kFound | kAlways, "Internal id of the message", "消息内部编号", "编号"}, 26),
    Field{"state", FieldType::choice, "state", kFound | kAlways,
          "WAITING, SENDING while some do not have it, SENT, FAILED where somebody did not get it, DROPPED", "消息状态",
          "状态", kMessageStates},
    limited({"topic", FieldType::text, "topic", kFound | kAlways, "What it is about", "消息类型", "类型"},
            kLongestName),
    limited({"number", FieldType::text, "", kShown, "The ticket or incident, or the name of a report",
             "工单或事件编号，或报表名称", "记录"},
            kLongestName),
    limited({"recipient", FieldType::text, "recipient", kFound | kPersonal, "Whom its cause names", "收件人", "收件人"},
            kLongestPerson),
    Field{"created_at", FieldType::time, "created_at", kFound | kAlways, "When its cause was stored", "产生时间",
          "产生时间"},
    limited({"title", FieldType::text, "", kInWide | kPersonal, "Title of the record then", "当时的标题", "标题"}, 200),
    limited({"note", FieldType::text, "last_error", kShown, "Why it was not sent, or not yet", "未发送的原因", "说明"},
            kLongestNote),
    limited({"noun", FieldType::text, "noun", kFilter | kAlways, "Kind of record", "记录类型", "记录类型"}, 32),
    Field{"attempts", FieldType::integer, "attempts", kFilter | kInWide | kAlways,
          "Attempts to send it, of all contacts", "发送尝试次数", "尝试"}};

constexpr std::array kDeliveryFields{
    limited({"id", FieldType::text, "id", kShown, "Idempotency key: the same at every attempt", "幂等键，每次尝试相同",
             "键"},
            kLongestId),
    Field{"state", FieldType::choice, "state", kShown,
          "WAITING to be tried, SENT, DEAD after too many attempts or a refusal, DROPPED", "投递状态", "状态",
          kDeliveryStates},
    limited({"person", FieldType::text, "person", kShown | kPersonal, "Who gets it", "接收人", "接收人"},
            kLongestPerson),
    limited({"audience", FieldType::text, "audience", kInWide, "Audience that it was found for", "所属受众", "受众"},
            kLongestName),
    limited({"channel", FieldType::text, "channel", kShown, "By which channel", "渠道", "渠道"}, kLongestPerson),
    limited({"address", FieldType::text, "address", kShown | kPersonal, "Where to", "地址", "地址"}, kLongestPerson),
    limited({"kind", FieldType::text, "kind", kInWide, "Which text", "文本类型", "文本"}, kLongestName),
    limited({"language", FieldType::text, "language", kInWide, "In which language", "语言", "语言"}, 8),
    Field{"attempts", FieldType::integer, "attempts", kShown, "Attempts so far", "已尝试次数", "尝试"},
    Field{"next_attempt_at", FieldType::time, "next_attempt_at", kShown, "When it is tried next", "下次尝试时间",
          "下次尝试"},
    Field{"finished_at", FieldType::time, "finished_at", kShown, "When it was sent or given up", "完成时间",
          "完成时间"},
    limited({"note", FieldType::text, "note", kShown, "Why it was not sent, or not yet", "未发送的原因", "说明"},
            kLongestNote),
    limited({"parcel", FieldType::text, "parcel", kInWide, "Key of the message that went out for it", "合并发送的键",
             "合并于"},
            kLongestId)};

Value text_in(Value const& payload, std::string_view name) {
  auto const* const found = payload.find(name);
  return found ? *found : Value();
}

}  // namespace

std::span<std::string_view const> message_state_names() { return kMessageStates; }
std::string_view to_string(MessageState state) { return kMessageStates[static_cast<std::size_t>(state)]; }
std::optional<MessageState> parse_message_state(std::string_view text) {
  return parse_choice<MessageState>(text, kMessageStates);
}

std::span<std::string_view const> delivery_state_names() { return kDeliveryStates; }
std::string_view to_string(DeliveryState state) { return kDeliveryStates[static_cast<std::size_t>(state)]; }
std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
  return parse_choice<DeliveryState>(text, kDeliveryStates);
}

base::RecordType const& message_type() {
  static constexpr base::RecordType kType{"message", kMessageFields};
  return kType;
}

base::Row to_row(Message const& message) {
  auto number = text_in(message.payload, "ticket_number");
  for (auto const* const other : {"incident_number", "report"})
    if (number.is_null()) number = text_in(message.payload, other);
  return {message.id,
          to_string(message.state),
          message.topic,
          std::move(number),
          base::text_or_null(message.recipient),
          message.created_at,
          text_in(message.payload, "title"),
          base::text_or_null(message.note),
          message.noun,
          message.attempts};
}

base::RecordType const& delivery_type() {
  static constexpr base::RecordType kType{"delivery", kDeliveryFields};
  return kType;
}

base::Row to_row(Delivery const& delivery) {
  bool const waiting = delivery.state == DeliveryState::waiting;
  return {delivery.id,
          to_string(delivery.state),
          base::text_or_null(delivery.person),
          base::text_or_null(delivery.audience),
          delivery.channel,
          base::text_or_null(delivery.address),
          delivery.kind,
          delivery.language,
          delivery.attempts,
          waiting ? Value(delivery.next_attempt_at) : Value(),
          delivery.finished_at ? Value(*delivery.finished_at) : Value(),
          base::text_or_null(delivery.note),
          base::text_or_null(delivery.parcel)};
}

}  // namespace umsops::model
