// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/ref.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// A reader's vote, or what became of a use for a ticket or an incident; of a ticket, whether somebody watches it.
enum class FeedbackKind { vote, use, watch };
std::span<std::string_view const> feedback_kind_names();
std::string_view to_string(FeedbackKind v);
std::optional<FeedbackKind> parse_feedback_kind(std::string_view text);

/// What somebody says of an article: one vote an actor, one outcome a ticket or incident. The later word replaces the
/// earlier one.
struct Feedback {
  Ref record;
  FeedbackKind kind = FeedbackKind::vote;
  std::string subject;  ///< who votes; the number of the ticket or incident that it was used for
  bool good = false;    ///< it helped; it worked
  std::string reason;
  std::string author;
  TimePoint created_at{};
};

base::RecordType const& feedback_type();
base::Row to_row(Feedback const& feedback);
std::vector<Problem> check(Feedback const& feedback);

}  // namespace umsops::model
