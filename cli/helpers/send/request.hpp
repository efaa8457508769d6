// SPDX-License-Identifier: Apache-2.0
// What the helper is asked, one JSON object a line, and what it answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace umsops::send_helper {

struct Request {
  std::int64_t id = 0;
  std::string method = "POST";
  std::string channel;  ///< requests of one channel wait for one another, those of others do not
  std::string url;
  std::string from, to;  ///< of mail
  std::string user, password;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string ca_file;
  bool plain = false;              ///< mail may go without encryption
  std::int64_t redirects = 0;      ///< may be followed, never to another scheme
  bool private_allowed = true;     ///< the address may be one of a private network
  bool private_redirects = false;  ///< the same of where it is redirected to
  std::int64_t timeout_ms = 30'000;
};

struct Answer {
  enum class Kind {
    answered,     ///< the other side said something: `status` and `text`
    unreachable,  ///< it did not
    broken,       ///< the connection ended before the answer was whole
    refused,      ///< it was not tried: `text` says why
  } kind = Kind::answered;
  std::int64_t id = 0;
  std::int64_t status = 0;
  std::string text;         ///< of the answer, its beginning
  std::string retry_after;  ///< of the header
};

/// Throws `json.invalid` or `record.invalid`.
Request request_from(std::string_view line);
std::string to_line(Answer const& answer);
/// Why it must not be handed on: signs in it that would mean something else there. Empty: it may.
std::string flaw_of(Request const& request);

}  // namespace umsops::send_helper
