// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/send/request.hpp"

#include <algorithm>

#include "cli/helpers/members.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/sound_text.hpp"

namespace umsops::send_helper {
namespace {

using base::Value;
using helpers::refuse_member;
using helpers::take;

constexpr std::size_t kLongestLine = 64u << 20;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

Request request_from(std::string_view line) {
  auto const value = base::parse_json(line, "request", {.bytes = kLongestLine});
  Request out;
  take(value, "id", out.id);
  take(value, "channel", out.channel);
  take(value, "method", out.method);
  take(value, "url", out.url);
  take(value, "from", out.from);
  take(value, "to", out.to);
  take(value, "user", out.user);
  take(value, "password", out.password);
  take(value, "body", out.body);
  take(value, "ca_file", out.ca_file);
  take(value, "plain", out.plain);
  take(value, "redirects", out.redirects);
  take(value, "private_allowed", out.private_allowed);
  take(value, "private_redirects", out.private_redirects);
  take(value, "timeout_ms", out.timeout_ms);
  Value::List headers;
  take(value, "headers", headers);
  for (auto const& header : headers) {
    auto const* const pair = header.get_if<Value::List>();
    if (!pair || pair->size() != 2) refuse_member("headers");
    out.headers.emplace_back((*pair)[0].text(), (*pair)[1].text());
  }
  return out;
}

std::string to_line(Answer const& answer) {
  constexpr char const* kKinds[] = {"answered", "unreachable", "broken", "refused"};
  Value::Object const out{{"id", answer.id},
                          {"kind", kKinds[static_cast<std::size_t>(answer.kind)]},
                          {"status", answer.status},
                          {"text", base::sound_text(answer.text, base::TextShape::block)},
                          {"retry_after", base::sound_text(answer.retry_after, base::TextShape::line)}};
  return base::to_json(out) + "\n";
}

std::string flaw_of(Request const& request) {
  for (auto const* const text :
       {&request.method, &request.url, &request.from, &request.to, &request.user, &request.password, &request.ca_file})
    if (has_control(*text)) return "a control character in an address, a name or a password";
  for (auto const& [name, value] : request.headers)
    if (name.empty() || has_control(name) || has_control(value) || name.find(':') != std::string::npos)
      return "a control character in a header";
  for (auto const* const address : {&request.from, &request.to})
    if (address->find_first_of("<> ") != std::string::npos) return "an address that is more than one";
  return {};
}

}  // namespace umsops::send_helper
