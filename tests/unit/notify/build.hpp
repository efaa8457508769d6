// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/notify/letter.hpp"

namespace umsops::notify::tests {

inline constexpr base::TimePoint kNow{base::Milliseconds{1'764'000'000'000}};  // 2025-11-24T16:00:00Z

inline Letter a_letter() {
  Letter letter;
  letter.key = "01K-001";
  letter.kind = "incident.alert";
  letter.noun = "incident";
  letter.number = "INC-000001";
  letter.person = "li.na";
  letter.address = "li.na@example.com";
  letter.text = {"[CRITICAL] INC-000001 统一认证无法登录", "第一行\n.second <line>"};
  letter.facts = base::Value::Object{{"severity", "CRITICAL"}};
  letter.at = kNow;
  return letter;
}

inline Channel a_webhook(BodyType body) {
  Channel channel;
  channel.name = "hook";
  channel.type = ChannelType::webhook;
  channel.body = body;
  channel.url = "https://hooks.example.com/send?access_token=t";
  return channel;
}

inline Channel a_mail() {
  Channel channel;
  channel.name = "mail";
  channel.type = ChannelType::smtp;
  channel.url = "smtps://mail.example.com";
  channel.from = "服务台 <desk@example.com>";
  return channel;
}

}  // namespace umsops::notify::tests
