// SPDX-License-Identifier: Apache-2.0
#include "umsops/mail/thread.hpp"

#include <algorithm>

#include "mail/words.hpp"

namespace umsops::mail {
namespace {

constexpr std::string_view kOurDomain = "@umsops";
constexpr std::size_t kMostAnswered = 50, kMostCandidates = 20;

bool contains_word(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (same_word(text.substr(at, word.size()), word)) return true;
  }
  return false;
}

void add_once(std::vector<std::string>& list, std::string const& item, std::size_t most) {
  if (!item.empty() && list.size() < most && std::find(list.begin(), list.end(), item) == list.end())
    list.push_back(item);
}

bool is_number_sign(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
         c == '.' || c == '/';
}

}  // namespace

SenderJudgement judge_sender(Message const& message) {
  if (same_word(message.content_type, "multipart/report")) return {Sender::bounce, "Content-Type: multipart/report"};
  if (message.return_path &&
      (message.return_path->empty() ||
       same_word(message.return_path->substr(0, message.return_path->find('@')), "mailer-daemon"))) {
    return {Sender::bounce, "Return-Path: <" + *message.return_path + ">"};
  }
  auto const address = message.from ? std::string_view(message.from->address) : std::string_view();
  if (begins_with_word(address, "mailer-daemon@")) return {Sender::bounce, "From: " + std::string(address)};
  if (!message.auto_submitted.empty() && !same_word(message.auto_submitted, "no")) {
    return {Sender::machine, "Auto-Submitted: " + message.auto_submitted};
  }
  for (auto const word : {"bulk", "junk", "list", "auto_reply"}) {
    if (same_word(message.precedence, word)) return {Sender::machine, "Precedence: " + message.precedence};
  }
  // The other words of this field ask only that delivery or reading is not reported.
  for (auto const word : {"all", "oof", "autoreply"}) {
    if (contains_word(message.auto_response_suppress, word)) {
      return {Sender::machine, "X-Auto-Response-Suppress: " + message.auto_response_suppress};
    }
  }
  if (!message.list_id.empty()) return {Sender::machine, "List-Id: " + message.list_id};
  return {};
}

std::string message_id_for(std::string_view ticket_number, std::string_view unique) {
  // A ticket number has no plus in it, and an id may (RFC 5322, atext).
  return std::string(ticket_number).append("+").append(unique).append(kOurDomain);
}

std::optional<std::string> ticket_in_message_id(std::string_view message_id) {
  if (!message_id.ends_with(kOurDomain)) return std::nullopt;
  auto const end = message_id.find('+');
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  return std::string(message_id.substr(0, end));
}

std::vector<std::string> own_ids_in(std::string_view text) {
  std::vector<std::string> ids;
  for (auto at = text.find(kOurDomain); at != std::string_view::npos; at = text.find(kOurDomain, at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < 100 && (is_number_sign(text[begin - 1]) || text[begin - 1] == '+')) --begin;
    std::string id(text.substr(begin, at + kOurDomain.size() - begin));
    if (ticket_in_message_id(id)) add_once(ids, id, kMostCandidates);
  }
  return ids;
}

std::vector<std::string> answered_ids(Message const& message) {
  std::vector<std::string> ids;
  for (auto const& id : message.in_reply_to) add_once(ids, id, kMostAnswered);
  for (auto id = message.references.rbegin(); id != message.references.rend(); ++id) add_once(ids, *id, kMostAnswered);
  return ids;
}

std::vector<std::string> number_candidates(std::string_view subject) {
  std::vector<std::string> bracketed, others;
  for (std::size_t at = 0; at < subject.size();) {
    if (!is_number_sign(subject[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < subject.size() && is_number_sign(subject[end])) ++end;
    auto word = subject.substr(at, end - at);
    bool const in_brackets = at > 0 && end < subject.size() && subject[at - 1] == '[' && subject[end] == ']';
    at = end;
    while (!word.empty() && (word.back() == '.' || word.back() == '-' || word.back() == '/')) word.remove_suffix(1);
    if (word.find_first_of("0123456789") == std::string_view::npos) continue;
    add_once(in_brackets ? bracketed : others, std::string(word), kMostCandidates);
  }
  for (auto const& word : others) add_once(bracketed, word, kMostCandidates);
  return bracketed;
}

bool same_address(std::string_view a, std::string_view b) {
  auto const at_a = a.rfind('@'), at_b = b.rfind('@');
  if (at_a == std::string_view::npos || at_b == std::string_view::npos) return a == b;
  return a.substr(0, at_a) == b.substr(0, at_b) && same_word(a.substr(at_a), b.substr(at_b));
}

}  // namespace umsops::mail
