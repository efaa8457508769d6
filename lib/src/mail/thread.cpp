// SPDX-License-Identifier: Apache-2.0
#include "umsops/mail/thread.hpp"

#include <algorithm>
#include <utility>

#include "mail/words.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

constexpr std::string_view kOurDomain = "@umsops";
constexpr std::size_t kMostAnswered = 50, kMostCandidates = 20, kMostParticipants = 100;
constexpr std::pair<std::string_view, std::string_view> kBrackets[] = {{"[", "]"}, {"【", "】"}, {"［", "］"}};
constexpr std::string_view kNobody[] = {"noreply", "donotreply", "dontreply", "nepasrepondre", "nichtantworten"};

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

/// The field that says that it is a delivery report; empty: none does.
std::string sign_of_bounce(Message const& message) {
  if (same_word(message.content_type, "multipart/report")) return "Content-Type: multipart/report";
  auto const is_daemon = [](std::string_view address) { return begins_with_word(address, "mailer-daemon"); };
  if (message.return_path && (message.return_path->empty() || is_daemon(*message.return_path))) {
    return "Return-Path: <" + *message.return_path + ">";
  }
  if (message.from && is_daemon(message.from->address)) return "From: " + message.from->address;
  bool const nameless = message.from && message.from->address.empty();
  for (auto const name : {"mailer-daemon", "mailer daemon", "mail delivery s"}) {
    if (nameless && begins_with_word(message.from->name, name)) return "From: " + message.from->name;
  }
  return begins_with_word(message.autoresponder, "X-Failed-Recipients") ? message.autoresponder : std::string();
}

bool is_through_list(Message const& message) {
  return !message.list_id.empty() || !message.list_post.empty() || same_word(message.precedence, "list");
}

bool is_among(std::vector<Address> const& addresses, std::string_view address) {
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](Address const& one) { return base::same_person(one.address, address); });
}

/// An address that the list put there, not the author: that it is posted to.
bool is_of_list(Message const& message, std::string_view address) {
  if (base::same_person(address, message.list_post)) return true;
  return is_through_list(message) && (is_among(message.to, address) || is_among(message.cc, address));
}

bool is_usable(Address const& one, std::vector<std::string> const& own) {
  auto const& address = one.address;
  return address.find('@') != std::string::npos && !is_own(own, address) && !is_noreply(address);
}

/// `<help.example.com>` is the List-Id of help@example.com, as most list programs make it.
bool is_list_of(std::string_view list_id, std::string_view address) {
  auto const begin = list_id.rfind('<');
  if (begin != std::string_view::npos) list_id = list_id.substr(begin + 1, list_id.rfind('>') - begin - 1);
  return list_id.size() == address.size() &&
         std::equal(list_id.begin(), list_id.end(), address.begin(),
                    [](char a, char b) { return base::ascii_lower(a) == (b == '@' ? '.' : base::ascii_lower(b)); });
}

bool is_group_of(Message const& message, std::vector<std::string> const& own) {
  if (message.list_id.empty() && message.list_post.empty()) return false;
  return is_own(own, message.list_post) || std::any_of(own.begin(), own.end(), [&](std::string const& address) {
           return is_list_of(message.list_id, address);
         });
}

}  // namespace

SenderJudgement judge_sender(Message const& message, std::vector<std::string> const& own) {
  auto const machine = [](std::string why) { return SenderJudgement{Sender::machine, std::move(why), false}; };
  if (auto const why = sign_of_bounce(message); !why.empty()) return {Sender::bounce, why, false};
  if (!message.auto_submitted.empty() && !same_word(message.auto_submitted, "no")) {
    return machine("Auto-Submitted: " + message.auto_submitted);
  }
  if (!message.autoresponder.empty()) return machine(message.autoresponder);
  for (auto const word : {"bulk", "junk", "auto_reply"}) {
    if (same_word(message.precedence, word)) return machine("Precedence: " + message.precedence);
  }
  // The other words of this field ask only that delivery, reading or an absence is not reported.
  for (auto const word : {"all", "autoreply"}) {
    if (!contains_word(message.auto_response_suppress, word)) continue;
    return machine("X-Auto-Response-Suppress: " + message.auto_response_suppress);
  }
  auto const sender = is_group_of(message, own) ? Sender::person : Sender::list;
  if (!message.list_id.empty()) return {sender, "List-Id: " + message.list_id, false};
  if (same_word(message.precedence, "list")) return {sender, "Precedence: " + message.precedence, false};
  return {Sender::person, {}, !contains_word(message.auto_response_suppress, "oof")};
}

bool is_one_of(std::vector<std::string> const& addresses, std::string_view address) {
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](std::string const& one) { return base::same_person(one, address); });
}

bool is_noreply(std::string_view address) {
  std::string local;
  for (char const c : address.substr(0, address.rfind('@'))) {
    if (c != '-' && c != '_' && c != '.') local += base::ascii_lower(c);
  }
  return std::any_of(std::begin(kNobody), std::end(kNobody), [&](auto word) { return local.starts_with(word); });
}

bool is_own(std::vector<std::string> const& own, std::string_view address) {
  if (is_one_of(own, address)) return true;
  auto const at = address.rfind('@');
  auto const tag = address.substr(0, at).find('+');
  if (at == std::string_view::npos || tag == std::string_view::npos) return false;
  return is_one_of(own, std::string(address.substr(0, tag)).append(address.substr(at)));
}

std::optional<Address> author_of(Message const& message, std::vector<std::string> const& own) {
  bool const somebody = message.from && !message.from->address.empty() && !is_own(own, message.from->address) &&
                        !is_noreply(message.from->address) && !is_of_list(message, message.from->address);
  if (somebody) return message.from;
  for (auto const* list : {&message.reply_to, &message.senders}) {
    for (auto const& one : *list) {
      if (is_usable(one, own) && !is_of_list(message, one.address)) return one;
    }
  }
  return message.from;
}

std::optional<Address> answered_to(Message const& message, std::vector<std::string> const& own) {
  for (auto const& one : message.reply_to) {
    if (is_usable(one, own) && !is_of_list(message, one.address)) return one;
  }
  return author_of(message, own);
}

std::vector<std::string> participants_of(Message const& message, std::vector<std::string> const& own) {
  std::vector<std::string> found;
  auto const add = [&](Address const& address) {
    if (!is_own(own, address.address)) add_once(found, base::person_name(address.address), kMostParticipants);
  };
  if (message.from) add(*message.from);
  for (auto const* list : {&message.reply_to, &message.senders, &message.to, &message.cc}) {
    for (auto const& address : *list) add(address);
  }
  return found;
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

std::string unique_in_message_id(std::string_view message_id) {
  auto const ticket = ticket_in_message_id(message_id);
  if (!ticket) return {};
  message_id.remove_suffix(kOurDomain.size());
  return std::string(message_id.substr(ticket->size() + 1));
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

std::vector<std::string> bracketed_words(std::string_view subject) {
  std::vector<std::string> words;
  for (auto const& [open, close] : kBrackets) {
    for (auto at = subject.find(open); at != std::string_view::npos; at = subject.find(open, at + 1)) {
      auto rest = subject.substr(at + open.size());
      auto const end = rest.find(close);
      if (end == std::string_view::npos) break;
      rest = rest.substr(0, end);
      if (auto const inner = rest.rfind(open); inner != std::string_view::npos) rest.remove_prefix(inner + open.size());
      auto const word = trimmed(rest);
      if (std::all_of(word.begin(), word.end(), is_number_sign)) add_once(words, std::string(word), kMostCandidates);
    }
  }
  return words;
}

}  // namespace umsops::mail
