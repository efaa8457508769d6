// SPDX-License-Identifier: Apache-2.0
#include "umsops/notify/letter.hpp"

#include <algorithm>

#include "umsops/base/ascii.hpp"
#include "umsops/base/json.hpp"

namespace umsops::notify {

std::string bare_address(std::string_view mailbox) {
  auto const open = mailbox.rfind('<');
  if (open == std::string_view::npos) return std::string(mailbox);
  auto const close = mailbox.find('>', open);
  return std::string(mailbox.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
}

bool is_address(std::string_view address) {
  constexpr std::size_t kLongest = 254;
  constexpr std::string_view kLocalSigns = "!#$%&'*+/=?^_`{|}~.-";
  auto const at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size() || address.size() > kLongest) return false;
  auto const plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<signed char>(c) < 0;
  };
  auto const local = address.substr(0, at), domain = address.substr(at + 1);
  bool const dots = local.front() == '.' || local.back() == '.' || domain.front() == '.' || domain.back() == '.' ||
                    address.find("..") != std::string_view::npos;
  return !dots && local.front() != '-' && std::all_of(local.begin(), local.end(), [&](char c) {
    return plain(c) || kLocalSigns.find(c) != std::string_view::npos;
  }) && std::all_of(domain.begin(), domain.end(), [&](char c) { return plain(c) || c == '.' || c == '-'; });
}

Target target_of(Channel const& channel) {
  if (channel.type != ChannelType::webhook) return Target::plain;
  switch (channel.body) {
    case BodyType::slack:
      return Target::slack;
    case BodyType::feishu:
      return Target::feishu;
    case BodyType::teams:
      return Target::markdown;
    case BodyType::generic:
    case BodyType::dingtalk:
    case BodyType::wecom:
    case BodyType::pagerduty:
      break;
  }
  return Target::plain;
}

base::Value message_of(Letter const& letter) {
  base::Value out;
  out.add("schema", "umsops.message/v1");
  out.add("key", letter.key);
  out.add("kind", letter.kind);
  out.add("noun", letter.noun);
  out.add("number", base::text_or_null(letter.number));
  out.add("person", base::text_or_null(letter.person));
  out.add("address", base::text_or_null(letter.address));
  out.add("subject", letter.text.subject);
  out.add("text", letter.text.body);
  out.add("at", letter.at);
  out.add("facts", letter.facts);
  base::Value::List others;
  for (auto const& key : letter.others) others.emplace_back(key);
  out.add("stands_for", std::move(others));
  return out;
}

Parcel parcel_for(Channel const& channel, Secrets const& secrets, Letter const& letter, base::TimePoint now) {
  Parcel out{.key = letter.key, .channel = &channel};
  switch (channel.type) {
    case ChannelType::smtp:
    case ChannelType::sendmail:
      out.url = channel.url;
      out.from = bare_address(channel.from);
      out.to = letter.address;
      out.body = mail_of(channel, letter);
      out.password = secrets.password;
      break;
    case ChannelType::webhook:
      out.url = webhook_url(channel, secrets, now);
      out.body = webhook_body(channel, secrets, letter, now);
      out.headers = {{"Content-Type", "application/json; charset=utf-8"},
                     {"Idempotency-Key", letter.key},
                     {"User-Agent", "umsops"}};
      for (auto const& header : channel.headers) out.headers.push_back(header);
      if (!secrets.authorization.empty()) out.headers.emplace_back("Authorization", secrets.authorization);
      break;
    case ChannelType::command:
    case ChannelType::file:
      out.body = base::to_json(message_of(letter)) + "\n";
      break;
  }
  return out;
}

}  // namespace umsops::notify
