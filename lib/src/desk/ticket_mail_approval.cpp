// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_mail_approval.hpp"

#include <algorithm>

#include "desk/ticket_approvals.hpp"
#include "store/outbox.hpp"
#include "store/record_ref.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/thread.hpp"

namespace umsops::desk {
namespace {

constexpr std::string_view kYes[] = {"approve", "approved", "yes", "同意", "批准", "通过"};
constexpr std::string_view kNo[] = {"decline", "declined", "no", "reject", "rejected", "拒绝", "不同意", "驳回"};

bool is_one_of(std::string_view word, std::span<std::string_view const> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether it is the message by which the question that is asked now was put.
bool is_question(store::Connection& db, model::Ticket const& ticket, std::string const& delivery_id,
                 base::TimePoint asked) {
  auto const delivery = delivery_id.empty() ? std::nullopt : store::find_delivery(db, delivery_id);
  auto const message = delivery ? store::find_message(db, delivery->message) : std::nullopt;
  if (!message || message->topic != "ticket.approval" || message->noun != model::ticket_type().noun) return false;
  return message->created_at >= asked && store::record_at(db, message->noun, message->record).id == ticket.id;
}

}  // namespace

std::optional<bool> decision_in(std::string_view own_words) {
  auto const text = base::trimmed(own_words);
  auto const line = base::fold(base::trimmed(text.substr(0, text.find('\n'))));
  std::string_view word = line;
  // Folded, full-width signs are plain ones; the Chinese full stop is none of these.
  for (bool more = true; more;) {
    more = false;
    for (std::string_view const sign : {"。", "！", ".", "!", " "}) {
      if (!word.ends_with(sign)) continue;
      word.remove_suffix(sign.size());
      more = true;
    }
  }
  if (is_one_of(word, kYes)) return true;
  if (is_one_of(word, kNo)) return false;
  return std::nullopt;
}

bool answers_question(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket,
                      mail::Message const& message) {
  if (ticket.approval != model::Approval::waiting || !message.from || !message.spam.empty()) return false;
  auto const asked = question_asked_at(db, ticket);
  if (!asked || !may_approve(desk, db, ticket, message.from->address)) return false;
  auto const ids = mail::answered_ids(message);
  return std::any_of(ids.begin(), ids.end(), [&](std::string const& id) {
    auto const number = mail::ticket_in_message_id(id);
    return number && is_question(db, ticket, mail::unique_in_message_id(id), *asked);
  });
}

}  // namespace umsops::desk
