// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/reader.hpp"

#include <algorithm>

#include "cli/helpers/mail/charset.hpp"
#include "cli/helpers/mail/fields.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "cli/helpers/mail/mend.hpp"
#include "cli/helpers/mail/parts.hpp"
#include "umsops/mail/raw.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

/// Goes behind what delivery puts before the first field: the line of a mbox, empty lines, and what looks like the rest
/// of a field that is not there. Gives the sender that the line of a mbox names.
std::string skip_envelope(std::string_view& bytes) {
  std::string sender;
  for (;;) {
    auto rest = bytes;
    auto const line = mail::take_line(rest);
    if (line.starts_with("\xEF\xBB\xBF") && !mail::field_name(line.substr(3)).empty()) {
      bytes.remove_prefix(3);
      return sender;
    }
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

/// A file of an old Mac, or of a program that took LF away.
std::string with_line_ends(std::string_view bytes) {
  std::string out(bytes);
  if (out.find('\n') == out.npos) std::replace(out.begin(), out.end(), '\r', '\n');
  return out;
}

}  // namespace

void note_loss(mail::Message& message, std::string what) {
  constexpr std::size_t kMostProblems = 200;
  auto& problems = message.problems;
  message.incomplete = true;
  if (problems.size() < kMostProblems && std::find(problems.begin(), problems.end(), what) == problems.end()) {
    problems.push_back(std::move(what));
  }
}

mail::Message read_message(std::string_view given, Limits const& limits) {
  std::string const lines = with_line_ends(given);
  std::string_view bytes = lines;
  mail::Message message;
  if (auto const messages = bytes.starts_with("From ") ? mail::split_mbox(bytes).size() : 1; messages > 1) {
    note_loss(message, "holds " + std::to_string(messages) + " messages: --mbox takes each");
  }
  std::string const envelope_sender = skip_envelope(bytes);
  std::string const clean = mended(bytes, message);
  Owned<GMimeStream> const stream(g_mime_stream_mem_new_with_buffer(clean.data(), clean.size()));
  Owned<GMimeParser> const parser(g_mime_parser_new_with_stream(stream.get()));
  g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
  Owned<GMimeMessage> const parsed(g_mime_parser_construct_message(parser.get(), parser_options()));
  if (!parsed) {
    note_loss(message, "not readable as a message: taken as plain text");
    message.body =
        mail::sound_text(guessed_to_utf8(base::first_bytes(bytes, limits.text)).text, base::TextShape::block);
    message.body_type = "text/plain";
    return message;
  }
  auto const charset = named_charset(parsed.get());
  read_fields(message, parsed.get(), envelope_sender, charset);
  read_parts(message, parsed.get(), limits, charset);
  return message;
}

}  // namespace umsops::mail_helper
