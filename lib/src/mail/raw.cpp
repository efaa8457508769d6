// SPDX-License-Identifier: Apache-2.0
#include "umsops/mail/raw.hpp"

#include <algorithm>

#include "mail/words.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

constexpr std::string_view kFields[] = {"from",
                                        "to",
                                        "cc",
                                        "bcc",
                                        "subject",
                                        "date",
                                        "sender",
                                        "reply-to",
                                        "message-id",
                                        "in-reply-to",
                                        "references",
                                        "received",
                                        "return-path",
                                        "delivered-to",
                                        "envelope-to",
                                        "mime-version",
                                        "precedence",
                                        "auto-submitted",
                                        "importance",
                                        "priority",
                                        "sensitivity",
                                        "organization",
                                        "user-agent",
                                        "mailer",
                                        "status",
                                        "errors-to",
                                        "comments",
                                        "keywords",
                                        "lines",
                                        "newsgroups",
                                        "path",
                                        "xref",
                                        "feedback-id",
                                        "autocrypt",
                                        "preference",
                                        "authentication-results",
                                        "disposition-notification-to",
                                        "return-receipt-to",
                                        "accept-language",
                                        "apparently-to",
                                        "delivery-date"};
constexpr std::string_view kFamilies[] = {"content-",   "x-",    "list-",     "resent-",
                                          "received-",  "dkim-", "arc-",      "thread-",
                                          "domainkey-", "old-",  "original-", "authentication-"};

bool is_day(std::string_view word) {
  constexpr std::string_view kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  return std::any_of(std::begin(kDays), std::end(kDays), [&](auto day) { return word.starts_with(day); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `From li.na@example.com Mon Nov 23 09:30:00 2026`, or without a time.
bool is_envelope(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  auto rest = trimmed(line.substr(5));
  auto const end = rest.find(' ');
  if (rest.empty()) return false;
  if (end == rest.npos) return rest == "-" || rest.find('@') != rest.npos || same_word(rest, "mailer-daemon");
  rest = trimmed(rest.substr(end));
  auto const colon = rest.find(':');
  bool const time = colon != rest.npos && colon > 0 && colon + 1 < rest.size() && is_digit(rest[colon - 1]) &&
                    is_digit(rest[colon + 1]);
  return is_day(rest) || time;
}

/// Whether a message begins at an envelope: one of the next two lines is a field that mail has; where no empty line
/// stands before, both are.
bool divides(std::string_view bytes, bool behind_empty) {
  if (!is_envelope(take_line(bytes))) return false;
  int fields = 0;
  for (int i = 0; i < 2; ++i) {
    auto const line = take_line(bytes);
    if (line.empty()) break;
    bool const known = is_known_field(field_name(line));
    if (!known && !line.starts_with('>') && field_name(line).empty()) return false;
    fields += known ? 1 : 0;
  }
  return fields >= (behind_empty ? 1 : 2);
}

/// Behind the message at the beginning of `bytes`, if its Content-Length leads exactly to the next, or to the end.
std::optional<std::size_t> end_by_length(std::string_view bytes) {
  auto rest = bytes;
  std::optional<std::size_t> length;
  for (;;) {
    auto const line = take_line(rest);
    if (rest.empty()) return std::nullopt;
    if (line.empty()) break;
    if (!same_word(field_name(line), "content-length")) continue;
    std::size_t number = 0;
    auto const value = trimmed(line.substr(line.find(':') + 1));
    bool const digits = !value.empty() && value.size() < 10 && std::all_of(value.begin(), value.end(), is_digit);
    for (char const c : value) number = number * 10 + static_cast<std::size_t>(c - '0');
    if (digits) length = number;
  }
  if (!length || *length > rest.size()) return std::nullopt;
  auto behind = rest.substr(*length);
  while (behind.starts_with('\n') || behind.starts_with('\r')) behind.remove_prefix(1);
  if (!behind.empty() && !divides(behind, true)) return std::nullopt;
  return bytes.size() - behind.size();
}

/// The first field of that name in the header, unfolded.
std::string field_in(std::string_view header, std::string_view name) {
  std::string value;
  bool inside = false;
  while (!header.empty()) {
    auto const line = take_line(header);
    bool const folded = line.starts_with(' ') || line.starts_with('\t');
    if (inside && !folded) break;
    if (!folded) inside = same_word(field_name(line), name);
    if (inside) value.append(folded ? " " : "").append(trimmed(folded ? line : line.substr(line.find(':') + 1)));
  }
  return sound_text(value.substr(0, 2000), base::TextShape::line);
}

std::vector<std::string> ids_in(std::string const& value) {
  std::vector<std::string> ids;
  for (auto at = value.find('<'); at != value.npos; at = value.find('<', at + 1)) {
    auto const end = value.find('>', at);
    if (end == value.npos) break;
    ids.push_back(value.substr(at + 1, end - at - 1));
  }
  return ids;
}

Address address_in(std::string_view value) {
  auto const at = value.find('@');
  if (at == value.npos) return {std::string(value), {}};
  constexpr std::string_view kEnds = " \t<>,;\"()[]";
  auto const before = value.find_last_of(kEnds, at);
  auto const begin = before == value.npos ? 0 : before + 1;
  auto const address = value.substr(begin, std::min(value.find_first_of(kEnds, at), value.size()) - begin);
  return {{}, base::person_name(address)};
}

}  // namespace

std::string_view take_line(std::string_view& bytes) {
  auto const end = std::min(bytes.find('\n'), bytes.size());
  auto const line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

std::string_view field_name(std::string_view line) {
  auto const colon = line.find(':');
  if (colon == line.npos || colon == 0) return {};
  auto name = line.substr(0, colon);
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  bool const sound = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return sound ? name : std::string_view();
}

bool is_known_field(std::string_view name) {
  return std::any_of(std::begin(kFields), std::end(kFields), [&](auto field) { return same_word(field, name); }) ||
         std::any_of(std::begin(kFamilies), std::end(kFamilies),
                     [&](auto family) { return name.size() > family.size() && begins_with_word(name, family); });
}

std::vector<std::string_view> split_mbox(std::string_view bytes) {
  std::vector<std::string_view> messages;
  std::size_t begin = 0;
  bool behind_empty = true;
  for (std::size_t at = 0; at < bytes.size();) {
    if (divides(bytes.substr(at), behind_empty)) {
      if (at > begin) messages.push_back(bytes.substr(begin, at - begin));
      begin = at;
      if (auto const end = end_by_length(bytes.substr(at))) {
        at += *end;
        continue;
      }
    }
    auto rest = bytes.substr(at);
    behind_empty = take_line(rest).empty();
    at = bytes.size() - rest.size();
  }
  if (begin < bytes.size()) messages.push_back(bytes.substr(begin));
  return messages;
}

std::string out_of_mbox(std::string_view message) {
  std::string out;
  out.reserve(message.size());
  while (!message.empty()) {
    auto const whole = message;
    auto const line = take_line(message);
    auto const marks = std::min(line.find_first_not_of('>'), line.size());
    bool const marked = marks > 0 && line.substr(marks).starts_with("From ");
    out.append(whole.substr(marked ? 1 : 0, whole.size() - message.size() - (marked ? 1 : 0)));
  }
  return out;
}

std::optional<Message> crude_message(std::string_view bytes) {
  constexpr std::size_t kLongestHeader = 1u << 20;
  auto header = bytes.substr(0, kLongestHeader);
  for (auto rest = header; !rest.empty();) {
    if (!take_line(rest).empty()) continue;
    header = header.substr(0, header.size() - rest.size());
    break;
  }
  Message message;
  message.subject = field_in(header, "Subject");
  if (auto const from = field_in(header, "From"); !from.empty()) message.from = address_in(from);
  if (!message.from && message.subject.empty()) return std::nullopt;
  if (auto ids = ids_in(field_in(header, "Message-ID")); !ids.empty()) message.message_id = std::move(ids.front());
  message.in_reply_to = ids_in(field_in(header, "In-Reply-To"));
  message.references = ids_in(field_in(header, "References"));
  message.auto_submitted = field_in(header, "Auto-Submitted");
  message.precedence = field_in(header, "Precedence");
  message.auto_response_suppress = field_in(header, "X-Auto-Response-Suppress");
  message.list_id = field_in(header, "List-Id");
  if (auto const path = field_in(header, "Return-Path"); !path.empty()) message.return_path = address_in(path).address;
  message.incomplete = true;
  return message;
}

}  // namespace umsops::mail
