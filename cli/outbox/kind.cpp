// SPDX-License-Identifier: Apache-2.0
#include "cli/configured.hpp"
#include "cli/outbox/outbox.hpp"

namespace umsops::cli::outbox {

namespace {

using base::Field;
using base::FieldType;

constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::string_view kOutcomes[] = {"sent", "later", "failed", "dropped"};

constexpr Field kFlushFields[] = {
    {"id",
     FieldType::text,
     {},
     kShown,
     "Idempotency key of the delivery, or the message's id",
     "投递的幂等键或消息编号",
     "编号"},
    {"outcome",
     FieldType::choice,
     {},
     kShown,
     "sent; later: it is tried again; failed; dropped",
     "投递结果",
     "结果",
     kOutcomes},
    {"number", FieldType::text, {}, kShown, "The ticket or incident", "工单或事件编号", "记录"},
    {"kind", FieldType::text, {}, kShown, "Which text", "文本类型", "类型"},
    {"channel", FieldType::text, {}, kShown, "By which channel", "渠道", "渠道"},
    {"person", FieldType::text, {}, kShown, "Who gets it", "接收人", "接收人"},
    {"address", FieldType::text, {}, base::kInWide, "Where to", "地址", "地址"},
    {"next_attempt_at", FieldType::time, {}, kShown, "When it is tried again", "下次尝试时间", "下次尝试"},
    {"note", FieldType::text, {}, kShown, "Why not", "原因", "说明"},
};

}  // namespace

constinit record::Kind const kKind{.type = model::message_type, .number = "id"};

query::Filter in_states(std::vector<base::Value> states) {
  return query::condition_on(model::message_type().require("state"), query::Op::eq, std::move(states));
}
query::Filter unsent() { return in_states({"WAITING", "SENDING", "FAILED"}); }

std::span<Field const> flush_fields() { return kFlushFields; }

base::Row to_row(desk::FlushItem const& item) {
  auto const& delivery = item.delivery;
  bool const later = item.outcome == desk::FlushItem::Outcome::later;
  return {delivery.id,
          desk::to_string(item.outcome),
          base::text_or_null(item.number),
          delivery.kind,
          base::text_or_null(delivery.channel),
          base::text_or_null(delivery.person),
          base::text_or_null(delivery.address),
          later ? base::Value(delivery.next_attempt_at) : base::Value(),
          base::text_or_null(item.note)};
}

void offer_ids(Candidates& out) {
  query::Query query;
  query.filter = unsent();
  query.limit = 100;
  out.env().desk().outbox().list(query, [&](model::Message const& message) {
    out.add(message.id, message.topic);
    return true;
  });
}

void offer_channels(Candidates& out) {
  auto const setup = configured_channels(out.env());
  for (auto const& channel : setup.channels)
    out.add(channel.name, std::string(notify::channel_type_names()[static_cast<std::size_t>(channel.type)]));
}

}  // namespace umsops::cli::outbox
