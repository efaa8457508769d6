// SPDX-License-Identifier: Apache-2.0
#include "desk/mail_text.hpp"

#include <algorithm>

#include "umsops/base/ascii.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/raw.hpp"
#include "umsops/mail/text.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/model/person.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kLongestTitle = 200, kLongestFirstLine = 80;
constexpr std::string_view kCut = "\n\n[cut here: the whole text is attached as message.txt]";

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A sign that words are made of; all beyond ASCII are.
bool is_of_word(char c) { return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

/// Whether the line is none that a person wrote to be read: `--a1b2`, `Content-Type: text/plain`, `[cid:logo]`, a long
/// word of base64, a quote, a rule.
bool is_noise(std::string_view line) {
  constexpr std::string_view kBegins[] = {">",         "This is a multi-part message", "[cid:", "[image:", "begin 644 ",
                                          "begin 666 "};
  bool const begins = std::any_of(std::begin(kBegins), std::end(kBegins),
                                  [&](std::string_view word) { return line.starts_with(word); });
  bool const field = base::ascii_lower(mail::field_name(line)).starts_with("content-");
  if (begins || field || mail::shows_nothing(line) || std::none_of(line.begin(), line.end(), is_of_word)) return true;
  if (line.find(' ') != std::string_view::npos) return false;
  if (line.starts_with("--")) return true;
  constexpr std::size_t kShortest = 40;
  return line.size() >= kShortest && std::all_of(line.begin(), line.end(), [](char c) {
           return is_letter_or_digit(c) || c == '+' || c == '/' || c == '=';
         });
}

std::string_view without_outer_lines(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return {};
  auto const line = text.rfind('\n', begin);
  auto const from = line == std::string_view::npos ? 0 : line + 1;
  return text.substr(from, text.find_last_not_of(" \t\n") + 1 - from);
}

/// The first line that somebody wrote to be read.
std::string_view first_line(std::string_view text) {
  while (!text.empty()) {
    auto const end = std::min(text.find_first_of("\t\n"), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    while (line.ends_with(' ')) line.remove_suffix(1);
    if (!line.empty() && !is_noise(line)) return line;
  }
  return {};
}

base::Value date_of(mail::Message const& message) {
  return message.date ? base::Value(base::format_rfc3339(*message.date)) : base::Value();
}

void add_field(std::string& text, std::string_view name, std::string const& value) {
  if (!value.empty()) text.append(name).append(": ").append(value).append("\n");
}

std::string list_of(std::vector<mail::Address> const& addresses) {
  std::string list;
  for (auto const& [name, address] : addresses) {
    if (!list.empty()) list += ", ";
    list += name.empty() ? address : address.empty() ? name : name + " <" + address + ">";
  }
  return list;
}

void add_parts(std::string& text, mail::Message const& message) {
  for (auto const& attachment : message.attachments) {
    if (!attachment.text) continue;
    auto const further = without_outer_lines(*attachment.text);
    if (!text.empty() && !further.empty()) text += "\n\n";
    text += further;
  }
}

}  // namespace

MailText text_of(mail::Message const& message, mail::Talk const* talk) {
  std::string const body(without_outer_lines(message.body));
  MailText out{talk && !mail::is_forward(message.subject) ? mail::new_text(message.body, *talk) : body, false};
  out.cut = std::string_view(without_outer_lines(out.text)) != body;
  add_parts(out.text, message);
  if (base::code_points(out.text) <= model::kLongestText) return out;
  auto const room = model::kLongestText - base::code_points(kCut);
  return {std::string(base::first_code_points(out.text, room)).append(kCut), true};
}

std::string whole_text(mail::Message const& message) {
  std::string text;
  if (message.from) add_field(text, "From", list_of({*message.from}));
  add_field(text, "Reply-To", list_of(message.reply_to));
  add_field(text, "To", list_of(message.to));
  add_field(text, "Cc", list_of(message.cc));
  if (message.date) add_field(text, "Date", base::format_rfc3339(*message.date));
  add_field(text, "Subject", message.subject);
  std::string body(without_outer_lines(message.body));
  add_parts(body, message);
  return text + "\n" + body + "\n";
}

MailText title_of(mail::Message const& message, std::string const& text) {
  if (auto const subject = mail::bare_subject(message.subject); !subject.empty()) {
    return {base::shortened(subject, kLongestTitle), base::code_points(subject) > kLongestTitle};
  }
  // What is cut here stands in the text, or is the name of an attachment.
  auto const line = first_line(text);
  if (!line.empty()) return {base::shortened(line, kLongestFirstLine), false};
  for (auto const& attachment : message.attachments) {
    std::string_view name = attachment.file_name;
    // An attached message is called by its subject.
    if (attachment.media_type == "message/rfc822" && name.ends_with(".eml")) name.remove_suffix(4);
    if (!name.empty()) return {base::shortened(name, kLongestFirstLine), false};
  }
  return {"(no subject)", false};
}

std::string name_of(std::optional<mail::Address> const& address) {
  if (!address) return {};
  return base::person_name(
      base::shortened(address->address.empty() ? address->name : address->address, model::kLongestPerson));
}

std::string key_of(mail::Message const& message) {
  if (!message.message_id.empty()) return message.message_id;
  base::Value::List said{message.from ? message.from->address : "", date_of(message), message.subject, message.body};
  // The hash of an attachment stands for it, whatever the limit is.
  for (auto const& attachment : message.attachments) said.emplace_back(attachment.sha256);
  return "sha256:" + base::sha256_hex(base::to_json(std::move(said)));
}

std::string identity_of(mail::Message const& message, std::string const& author) {
  std::string const line(first_line(message.body));
  return base::sha256_hex(base::to_json(base::Value::List{author, date_of(message), line})).substr(0, 32);
}

}  // namespace umsops::desk
