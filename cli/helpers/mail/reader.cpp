// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/reader.hpp"

#include <algorithm>

#include "cli/helpers/mail/charset.hpp"
#include "cli/helpers/mail/fields.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "cli/helpers/mail/parts.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

/// The rest of the line, and the bytes behind it.
std::string_view take_line(std::string_view& bytes) {
  auto const end = std::min(bytes.find('\n'), bytes.size());
  auto const line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

bool begins_header_field(std::string_view line) {
  auto const colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c > ' ' && c < 0x7F; });
}

/// Goes behind what delivery puts before the first field: the line of a mbox, empty lines, and what looks like the rest
/// of a field that is not there. Gives the sender that the line of a mbox names.
std::string skip_envelope(std::string_view& bytes) {
  std::string sender;
  for (;;) {
    auto rest = bytes;
    auto const line = take_line(rest);
    bool const envelope = line.starts_with("From ") || line.starts_with(">From ");
    bool const stray = line.find_first_not_of(" \t") == std::string_view::npos;
    if (rest.empty() || (!stray && !envelope)) return sender;
    if (envelope && sender.empty()) {
      auto const words = line.substr(line.find(' ') + 1);
      sender = words.substr(0, words.find(' '));
    }
    bytes = rest;
  }
}

/// GMime reads addresses by functions that call themselves, wherever the field stands.
bool holds_addresses(std::string_view line) {
  constexpr std::string_view kNames[] = {"from:", "to:", "cc:", "bcc:", "sender:", "reply-to:", "resent-"};
  return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view name) {
    return line.size() >= name.size() && std::equal(name.begin(), name.end(), line.begin(), [](char small, char c) {
             return small == c || (small >= 'a' && small <= 'z' && c == small - ('a' - 'A'));
           });
  });
}

/// The bytes of the line that may still belong to a field of addresses of which there are `size` bytes with `colons`:
/// each colon may open a group inside the last one.
std::size_t bytes_within(std::string_view line, std::size_t size, std::size_t& colons) {
  constexpr std::size_t kLongestField = 64u << 10, kMostColons = 1000;
  auto const room = std::min(line.size(), kLongestField - std::min(kLongestField, size));
  for (std::size_t at = 0; at < room; ++at) {
    if (line[at] == ':' && ++colons > kMostColons) return at;
  }
  return room;
}

/// The message without what would cost more than it can be worth: fields of addresses longer than any reader takes, the
/// ten thousandth field and what follows it, what follows after a hundred thousand lines that may be boundaries, and
/// NUL among the fields, which would end them.
std::string tamed(std::string_view bytes, mail::Message& message) {
  constexpr std::size_t kMostFields = 10'000, kMostBoundaries = 100'000;
  std::string out;
  out.reserve(bytes.size());
  std::size_t fields = 0, boundaries = 0;
  std::size_t field = 0, colons = 0;  // bytes of the field of addresses that the line belongs to, and its colons
  bool in_header = true, cut = false;
  while (!bytes.empty()) {
    auto rest = bytes;
    auto const bare = take_line(rest);
    auto line = bytes.substr(0, bytes.size() - rest.size());
    bytes = rest;
    in_header = in_header && !bare.empty();
    bool const continued = line.starts_with(' ') || line.starts_with('\t');
    if (in_header && !continued) ++fields;
    if (in_header && fields > kMostFields) continue;
    if (!continued) field = colons = 0;
    if (field > 0 || (!continued && holds_addresses(line))) {
      auto const room = bytes_within(line, field, colons);
      field += line.size();
      if (room < line.size()) {
        cut = true;
        out.append(line.substr(0, room));
        line = room > 0 ? "\n" : "";
      }
    }
    if (line.starts_with("--") && ++boundaries > kMostBoundaries) {
      note_loss(message, "more parts than can be read: the rest is left out");
      break;
    }
    auto const begin = static_cast<std::ptrdiff_t>(out.size());
    out.append(line);
    if (in_header) std::replace(out.begin() + begin, out.end(), '\0', '?');
  }
  if (fields > kMostFields) {
    note_loss(message, "more than " + std::to_string(kMostFields) + " fields: the rest is left out");
  }
  if (cut) note_loss(message, "a field of addresses longer than can be read: cut");
  return out;
}

}  // namespace

mail::Message read_message(std::string_view bytes, Limits const& limits) {
  std::string const envelope_sender = skip_envelope(bytes);
  mail::Message message;
  std::string const clean = tamed(bytes, message);
  Owned<GMimeStream> const stream(g_mime_stream_mem_new_with_buffer(clean.data(), clean.size()));
  Owned<GMimeParser> const parser(g_mime_parser_new_with_stream(stream.get()));
  g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
  Owned<GMimeMessage> const parsed(g_mime_parser_construct_message(parser.get(), parser_options()));
  if (!parsed) {
    note_loss(message, "not readable as a message: taken as plain text");
    message.body =
        mail::sound_text(guessed_to_utf8(mail::first_bytes(bytes, limits.text)).text, base::TextShape::block);
    message.body_type = "text/plain";
    return message;
  }
  auto const charset = named_charset(parsed.get());
  read_fields(message, parsed.get(), envelope_sender, charset);
  read_parts(message, parsed.get(), limits, charset);
  return message;
}

std::vector<std::string_view> split_mbox(std::string_view bytes) {
  std::vector<std::string_view> messages;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    auto rest = bytes.substr(at);
    auto const line = take_line(rest);
    auto next = rest;
    auto const following = take_line(next);
    if (line.starts_with("From ") &&
        (following.empty() || begins_header_field(following) || following.starts_with(">From "))) {
      if (at > begin) messages.push_back(bytes.substr(begin, at - begin));
      begin = at;
    }
    at = bytes.size() - rest.size();
  }
  if (begin < bytes.size()) messages.push_back(bytes.substr(begin));
  return messages;
}

}  // namespace umsops::mail_helper
