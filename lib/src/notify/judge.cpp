// SPDX-License-Identifier: Apache-2.0
// What the other side said.
#include <fmt/format.h>

#include <algorithm>

#include "umsops/base/json.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/sound_text.hpp"
#include "umsops/base/text.hpp"
#include "umsops/notify/sender.hpp"

namespace umsops::notify {
namespace {

using How = Sent::How;

constexpr std::size_t kLongestProblem = 300;
constexpr std::int64_t kLongestRetryAfter = 6 * 3600;

/// Somebody else's words, in one line.
std::string told(std::string_view text) {
  auto const sound = base::sound_text(text, base::TextShape::block);
  return base::shortened(base::terminal_text(base::trimmed(sound), base::TextShape::line), kLongestProblem);
}

bool may_pass(int status) { return status == 408 || status == 425 || status == 429 || status >= 500; }

/// The member of an answer by which a product says how it went.
std::optional<std::int64_t> code_in(base::Value const& answer, BodyType body) {
  char const* const name = body == BodyType::feishu ? "code" : "errcode";
  auto const* code = answer.find(name);
  if (!code && body == BodyType::feishu) code = answer.find("StatusCode");
  auto const* number = code ? code->get_if<std::int64_t>() : nullptr;
  return number ? std::optional(*number) : std::nullopt;
}

/// Too fast, or busy: by the makers' lists of their codes.
bool is_haste(std::int64_t code) {
  constexpr std::int64_t kHaste[] = {-1, 130101, 410100, 45009, 45033, 9499, 11232};
  return std::find(std::begin(kHaste), std::end(kHaste), code) != std::end(kHaste);
}

/// DingTalk, Feishu and WeCom answer 200 whatever comes of it.
std::optional<Sent> refused_in_body(Channel const& channel, std::string_view body) {
  bool const says =
      channel.body == BodyType::dingtalk || channel.body == BodyType::feishu || channel.body == BodyType::wecom;
  if (!says) return std::nullopt;
  try {
    auto const code = code_in(base::parse_json(body, "answer", {.foreign = true}), channel.body);
    if (code && *code == 0) return std::nullopt;
    return Sent{code && is_haste(*code) ? How::later : How::never, {}, told(body), {}};
  } catch (base::Error const&) {
    return Sent{How::later, {}, "an answer that is no JSON: " + told(body), {}};
  }
}

std::optional<base::Milliseconds> seconds_of(std::string_view retry_after) {
  auto const seconds = base::parse_integer(base::trimmed(retry_after), 0, INT64_MAX / 2000);
  if (!seconds) return std::nullopt;  // a date: clocks differ, our own pace will do
  return std::chrono::seconds(std::min(*seconds, kLongestRetryAfter));
}

}  // namespace

Sent judge_http(Channel const& channel, int status, std::string_view body, std::string_view retry_after) {
  if (status >= 200 && status < 300) {
    if (auto refused = refused_in_body(channel, body)) return *refused;
    return {How::delivered, {}, {}, {}};
  }
  Sent out{may_pass(status) ? How::later : How::never, {}, fmt::format("HTTP {}", status), {}};
  if (status >= 300 && status < 400) out.problem += ": it leads elsewhere, see redirects in the channels file";
  if (auto const words = told(body); !words.empty()) out.problem += ": " + words;
  out.problem = base::shortened(out.problem, kLongestProblem);
  if (out.how == How::later) out.after = seconds_of(retry_after);
  return out;
}

Sent judge_smtp(int code, std::string_view text) {
  if (code >= 200 && code < 400) return {How::delivered, {}, {}, {}};
  // Words of the server about who we are, and not about this message: the next one would fare no better.
  bool const of_us = code == 530 || code == 534 || code == 535 || code == 538 || code == 421;
  How const how = of_us ? How::unreachable : code >= 500 ? How::never : How::later;
  return {how, {}, fmt::format("SMTP {}: {}", code, told(text)), {}};
}

}  // namespace umsops::notify
