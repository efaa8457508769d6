// SPDX-License-Identifier: Apache-2.0
// A letter as mail: RFC 5322, 2045 to 2047, 3834.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "umsops/base/base64.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/thread.hpp"
#include "umsops/notify/letter.hpp"

namespace umsops::notify {
namespace {

constexpr std::size_t kLine = 76, kLongestPlain = 900;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// RFC 2047: words of whole characters, each at most 75 signs long.
std::string encoded_words(std::string_view text) {
  constexpr std::size_t kBytes = 45;  // 60 signs of base64 and the 12 around them
  std::string out;
  while (!text.empty()) {
    auto part = base::first_bytes(text, kBytes);
    if (part.empty()) part = text.substr(0, 1);
    if (!out.empty()) out += "\r\n ";
    out.append("=?UTF-8?B?").append(base::base64_encode(part)).append("?=");
    text.remove_prefix(part.size());
  }
  return out;
}

/// One line whatever it was: nothing of a value may end the field.
std::string header_text(std::string_view text) {
  std::string line(text);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  line = std::string(base::trimmed(line));
  bool const like_encoded = line.find("=?") != std::string::npos;
  return is_ascii(line) && !like_encoded && line.size() < kLongestPlain ? line : encoded_words(line);
}

/// `Service desk <desk@example.com>` with the name as a header has it.
std::string mailbox(std::string_view text) {
  auto const open = text.rfind('<');
  if (open == std::string_view::npos) return std::string(text);
  auto const name = base::trimmed(text.substr(0, open), " \"");
  std::string const address = "<" + bare_address(text) + ">";
  if (name.empty()) return address;
  bool const plain = is_ascii(name) && name.find_first_of("()<>[]:;@\\,.\"") == std::string_view::npos;
  if (plain) return std::string(name) + " " + address;
  return encoded_words(name) + " " + address;
}

std::string base64_lines(std::string_view bytes) {
  std::string const all = base::base64_encode(bytes);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += kLine) out.append(all, at, kLine).append("\r\n");
  return out;
}

/// RFC 5322, in UTC.
std::string date_of(base::TimePoint at) {
  constexpr std::array<char const*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<char const*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const day = std::chrono::floor<std::chrono::days>(at);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const time{std::chrono::floor<std::chrono::seconds>(at - day)};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::string crlf(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out + "\r\n";
}

std::string html_text(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n') {
      out += "<br>\n";
    } else {
      out += c;
    }
  }
  return out;
}

std::string html_of(Text const& text) {
  return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + html_text(text.subject) +
         "</title></head>\n<body style=\"font-family:sans-serif;line-height:1.5\">\n<p>" + html_text(text.body) +
         "</p>\n</body></html>\n";
}

std::string part(std::string_view type, std::string_view text) {
  return fmt::format("Content-Type: {}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", type, base64_lines(crlf(text)));
}

std::string alternative(Letter const& letter, std::string const& boundary) {
  return fmt::format("Content-Type: multipart/alternative; boundary=\"{0}\"\r\n\r\n--{0}\r\n{1}--{0}\r\n{2}--{0}--\r\n",
                     boundary, part("text/plain; charset=utf-8", letter.text.body),
                     part("text/html; charset=utf-8", html_of(letter.text)));
}

std::string file_name_words(std::string_view name) {
  return name.empty()                                                 ? "attachment"
         : is_ascii(name) && name.find('"') == std::string_view::npos ? std::string(name)
                                                                      : encoded_words(name);
}

std::string enclosure_part(Enclosure const& file) {
  bool const sound = is_ascii(file.media_type) && file.media_type.find('/') != std::string::npos &&
                     file.media_type.find_first_of("\" ;") == std::string::npos;
  return fmt::format(
      "Content-Type: {}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; "
      "filename=\"{}\"\r\n\r\n{}",
      sound ? file.media_type : "application/octet-stream", file_name_words(base::first_bytes(file.file_name, kLine)),
      base64_lines(file.content));
}

std::string content_of(Letter const& letter) {
  // Of the key alone: the same letter is the same bytes at every attempt.
  std::string const boundary = "=_" + base::sha256_hex(letter.key).substr(0, 32);
  if (letter.enclosures.empty()) return alternative(letter, boundary);
  std::string const outer = boundary + "m";
  std::string out = fmt::format("Content-Type: multipart/mixed; boundary=\"{0}\"\r\n\r\n--{0}\r\n", outer);
  out += alternative(letter, boundary);
  for (auto const& file : letter.enclosures) out += "--" + outer + "\r\n" + enclosure_part(file);
  return out + "--" + outer + "--\r\n";
}

}  // namespace

std::string mail_of(Channel const& channel, Letter const& letter) {
  std::string out;
  auto const field = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
  };
  std::string const number = letter.number.empty() ? "umsops" : letter.number;
  std::string const root = "<" + mail::message_id_for(number, "thread") + ">";
  field("From", mailbox(channel.from));
  field("To", letter.address);
  if (!channel.reply_to.empty()) field("Reply-To", mailbox(channel.reply_to));
  field("Subject", header_text(letter.text.subject));
  field("Date", date_of(letter.at));
  field("Message-ID", "<" + mail::message_id_for(number, letter.key) + ">");
  bool const answer = !letter.answers.empty() && is_ascii(letter.answers) &&
                      letter.answers.find_first_of("<> ") == std::string::npos && letter.answers.size() < kLongestPlain;
  std::string const answered = answer ? "<" + letter.answers + ">" : root;
  field("In-Reply-To", answered);
  field("References", answer ? root + "\r\n " + answered : root);
  field("Auto-Submitted", answer ? "auto-replied" : "auto-generated");
  field("X-Auto-Response-Suppress", "All");
  field("X-Umsops-Key", letter.key);
  field("MIME-Version", "1.0");
  return out + content_of(letter);
}

}  // namespace umsops::notify
