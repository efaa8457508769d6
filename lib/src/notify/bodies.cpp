// SPDX-License-Identifier: Apache-2.0
// What each product takes, by its maker's description of incoming webhooks.
#include <chrono>

#include "umsops/base/base64.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/notify/letter.hpp"

namespace umsops::notify {
namespace {

using base::Value;
using Object = Value::Object;

std::int64_t seconds(base::TimePoint at) {
  return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

std::string percent_encoded(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      auto const byte = static_cast<unsigned char>(c);
      out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
  }
  return out;
}

std::string whole_text(Letter const& letter, std::size_t most) {
  std::string text = letter.text.subject + "\n" + letter.text.body;
  if (text.size() <= most) return text;
  return std::string(base::first_bytes(text, most - 3)) + "…";
}

Object slack(Letter const& letter) {
  constexpr std::size_t kMost = 39'000;
  return {{"text", whole_text(letter, kMost)}};
}

Object dingtalk(Letter const& letter) {
  constexpr std::size_t kMost = 18'000;
  return {{"msgtype", "text"}, {"text", Object{{"content", whole_text(letter, kMost)}}}};
}

Object wecom(Letter const& letter) {
  constexpr std::size_t kMost = 2'048;
  return {{"msgtype", "text"}, {"text", Object{{"content", whole_text(letter, kMost)}}}};
}

Object feishu(Letter const& letter, std::string const& secret, base::TimePoint now) {
  constexpr std::size_t kMost = 18'000;
  Object out;
  if (!secret.empty()) {
    // Its text to sign is the key here, and what is signed is empty.
    std::string const timestamp = std::to_string(seconds(now));
    out.emplace_back("timestamp", timestamp);
    out.emplace_back("sign", base::base64_encode(base::hmac_sha256(timestamp + "\n" + secret, "")));
  }
  out.emplace_back("msg_type", "text");
  out.emplace_back("content", Object{{"text", whole_text(letter, kMost)}});
  return out;
}

Object teams(Letter const& letter) {
  constexpr std::size_t kMost = 20'000;
  auto const block = [](std::string text, bool head) {
    Object out{{"type", "TextBlock"}, {"text", std::move(text)}, {"wrap", true}};
    if (head) out.insert(out.end(), {{"weight", "Bolder"}, {"size", "Medium"}});
    return Value(std::move(out));
  };
  Object const card{{"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
                    {"type", "AdaptiveCard"},
                    {"version", "1.2"},
                    {"body", Value::List{block(letter.text.subject, true),
                                         block(std::string(base::first_bytes(letter.text.body, kMost)), false)}}};
  Object const attachment{
      {"contentType", "application/vnd.microsoft.card.adaptive"}, {"contentUrl", {}}, {"content", card}};
  return {{"type", "message"}, {"attachments", Value::List{attachment}}};
}

std::string text_in(Value const& facts, std::string_view name) {
  auto const* const found = facts.find(name);
  return found ? std::string(found->text()) : std::string();
}

Object pagerduty(Letter const& letter, std::string const& routing_key) {
  constexpr std::size_t kLongestSummary = 1024;
  bool const over = letter.kind == "incident.recovered" || letter.kind == "incident.resolved";
  std::string const severity = text_in(letter.facts, "severity");
  char const* const word = severity == "CRITICAL" ? "critical"
                           : severity == "HIGH"   ? "error"
                           : severity == "MEDIUM" ? "warning"
                                                  : "info";
  Object out{{"routing_key", routing_key},
             {"event_action", over ? "resolve" : "trigger"},
             {"dedup_key", letter.number.empty() ? letter.key : letter.number}};
  if (over) return out;
  out.emplace_back("payload", Object{{"summary", base::shortened(letter.text.subject, kLongestSummary)},
                                     {"source", "umsops"},
                                     {"severity", word},
                                     {"timestamp", letter.at},
                                     {"custom_details", Object{{"key", letter.key}, {"text", letter.text.body}}}});
  if (auto const link = text_in(letter.facts, "link"); !link.empty())
    out.emplace_back("links", Value::List{Object{{"href", link}, {"text", letter.number}}});
  return out;
}

Value value_for(Channel const& channel, Secrets const& secrets, Letter const& letter, base::TimePoint now) {
  switch (channel.body) {
    case BodyType::slack:
      return slack(letter);
    case BodyType::dingtalk:
      return dingtalk(letter);
    case BodyType::feishu:
      return feishu(letter, secrets.secret, now);
    case BodyType::wecom:
      return wecom(letter);
    case BodyType::teams:
      return teams(letter);
    case BodyType::pagerduty:
      return pagerduty(letter, secrets.secret);
    case BodyType::generic:
      break;
  }
  return message_of(letter);
}

}  // namespace

std::string webhook_body(Channel const& channel, Secrets const& secrets, Letter const& letter, base::TimePoint now) {
  return base::to_json(value_for(channel, secrets, letter, now));
}

std::string webhook_url(Channel const& channel, Secrets const& secrets, base::TimePoint now) {
  std::string url = secrets.url.empty() ? channel.url : secrets.url;
  if (channel.body != BodyType::dingtalk || secrets.secret.empty()) return url;
  std::string const timestamp = std::to_string(now.time_since_epoch().count());
  auto const sign = base::base64_encode(base::hmac_sha256(secrets.secret, timestamp + "\n" + secrets.secret));
  url += url.find('?') == std::string::npos ? '?' : '&';
  return url + "timestamp=" + timestamp + "&sign=" + percent_encoded(sign);
}

}  // namespace umsops::notify
