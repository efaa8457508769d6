// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/ref.hpp"

namespace umsops::model {

/// A mail that was taken in: what is known of it beside the record or the response that it became, `mails`.
struct Mail {
  Ref record;
  std::string message_id;   ///< without its brackets; of a mail that has none `sha256:` and the digest of what it says
  std::string identity;     ///< 32 hexadecimal digits that tell it from another of the same message_id
  std::string response_id;  ///< that it became; empty: it made the record
  std::string subject;      ///< as it came
  std::optional<base::TimePoint> sent_at;  ///< its Date
  /// Addresses of From, Reply-To, To and Cc: whoever has a part in what is said. Empty for a mail that gives nobody
  /// one: automatic ones, and those of strangers.
  std::vector<std::string> participants;
  base::TimePoint created_at{};  ///< when it was taken in
};
/// The identity of a mail from before they were kept: any of its message_id is the same.
inline constexpr char kAnyIdentity[] = "00000000000000000000000000000000";

/// The fields of all but `record`.
base::RecordType const& mail_type();
base::Row to_row(Mail const& mail);

}  // namespace umsops::model
