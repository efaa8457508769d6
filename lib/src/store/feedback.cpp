// SPDX-License-Identifier: Apache-2.0
#include "store/feedback.hpp"

#include <algorithm>

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kOfRecord =
    "SELECT kind, subject, good, reason, author, created_at FROM feedback WHERE noun = $1 AND record = $2 ORDER BY "
    "kind, subject";

model::FeedbackKind kind_of(std::string const& text) {
  if (auto const kind = model::parse_feedback_kind(text)) return *kind;
  throw base::Error(base::errors::store_damaged, {{"problem", "feedback of no known kind"}});
}

}  // namespace

bool store_feedback(WriteTx& tx, model::Feedback const& feedback) {
  tx.take_turn();
  auto const known = feedback_of(tx.connection(), feedback.record);
  auto const same = std::find_if(known.begin(), known.end(), [&](auto const& each) {
    return each.kind == feedback.kind && each.subject == feedback.subject;
  });
  if (same != known.end() && same->good == feedback.good && same->reason == feedback.reason) return false;
  Values values{feedback.record.noun,
                in_hand_or_stored(tx, feedback.record),
                model::to_string(feedback.kind),
                feedback.subject,
                feedback.good,
                feedback.reason,
                feedback.author,
                feedback.created_at};
  if (same != known.end()) {
    replace_bound(tx, kFeedback, std::move(values));
  } else {
    insert_bound(tx, kFeedback, std::move(values));
  }
  return true;
}

std::vector<model::Feedback> feedback_of(Connection& db, model::Ref const& record) {
  std::int64_t const n = place_of(db, record);
  Reading rows(db.prepare(kOfRecord));
  rows->bind(1, std::string_view(record.noun)).bind(2, n);
  std::vector<model::Feedback> found;
  while (rows->step()) {
    found.push_back({record, kind_of(rows->text(0)), rows->text(1), rows->integer(2) != 0, rows->text(3), rows->text(4),
                     rows->time_at(5)});
  }
  return found;
}

}  // namespace umsops::store
