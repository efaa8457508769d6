// SPDX-License-Identifier: Apache-2.0
#include "desk/mail_text.hpp"

#include <algorithm>

#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/text.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kLongestText = 65'536, kLongestTitle = 200, kLongestName = 100, kLongestFirstLine = 80;
constexpr std::string_view kCut = "\n\n[cut here: the whole text is attached as message.txt]";

/// The first `most` code points.
std::string_view first_characters(std::string_view text, std::size_t most) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && ++seen > most) return text.substr(0, at);
  }
  return text;
}

std::string within(std::string_view text, std::size_t most) {
  if (base::code_points(text) <= most) return std::string(text);
  return std::string(first_characters(text, most - 1)) + "…";
}

std::string_view without_outer_lines(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return {};
  auto const line = text.rfind('\n', begin);
  auto const from = line == std::string_view::npos ? 0 : line + 1;
  return text.substr(from, text.find_last_not_of(" \t\n") + 1 - from);
}

}  // namespace

MailText text_of(mail::Message const& message, bool reply) {
  std::string text = reply ? mail::new_text(message.body) : std::string(without_outer_lines(message.body));
  for (auto const& attachment : message.attachments) {
    if (!attachment.text) continue;
    auto const further = without_outer_lines(*attachment.text);
    if (!text.empty() && !further.empty()) text += "\n\n";
    text += further;
  }
  if (base::code_points(text) <= kLongestText) return {std::move(text), std::nullopt};
  auto const room = kLongestText - base::code_points(kCut);
  return {std::string(first_characters(text, room)).append(kCut), text};
}

std::string title_of(mail::Message const& message, std::string const& text) {
  if (auto const subject = mail::bare_subject(message.subject); !subject.empty()) return within(subject, kLongestTitle);
  auto const begin = std::min(text.find_first_not_of(" \t\n"), text.size());
  auto line = text.substr(begin, text.find_first_of("\t\n", begin) - begin);
  while (line.ends_with(' ')) line.pop_back();
  return line.empty() ? "(no subject)" : within(line, kLongestFirstLine);
}

std::string sender_of(mail::Message const& message) {
  if (!message.from) return {};
  return within(message.from->address.empty() ? message.from->name : message.from->address, kLongestName);
}

std::string key_of(mail::Message const& message) {
  if (!message.message_id.empty()) return message.message_id;
  auto said = message;
  for (auto& attachment : said.attachments)
    attachment.content.reset();  // its hash stands for it, whatever the limit is
  return "sha256:" + base::sha256_hex(base::to_json(mail::to_value(said)));
}

}  // namespace umsops::desk
