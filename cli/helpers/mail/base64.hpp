// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umsops::mail_helper {

/// What the letters of base64 in a text say. All other signs are passed over; missing padding is forgiven, and padding
/// in the middle, as when pieces were joined.
std::string decode_base64(std::string_view text);

/// The body of a part that is said to be base64.
struct Base64Body {
  std::string bytes;      ///< decoded; or all of the body as it came, when it is none
  std::string_view rest;  ///< what somebody wrote behind it without encoding, as virus scanners do
  std::string_view doubt;
};
Base64Body decode_base64_body(std::string_view body);

}  // namespace umsops::mail_helper
