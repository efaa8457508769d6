// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <vector>

#include "mail/words.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

using Lines = std::vector<std::string_view>;

/// What stands between two rows of dashes above a quoted message.
constexpr std::string_view kBanners[] = {"original message",
                                         "original appointment",
                                         "forwarded message",
                                         "原始邮件",
                                         "原始郵件",
                                         "转发邮件",
                                         "转发的邮件",
                                         "邮件原件",
                                         "ursprüngliche nachricht",
                                         "message d'origine",
                                         "mensaje original"};
/// `On 23 November Li Na wrote:` in the languages people write.
constexpr std::string_view kWrote[] = {"wrote",    "writes",     "schrieb", "a écrit",
                                       "escribió", "ha scritto", "写道",    "寫道"};
/// The fields of the block that Outlook, Foxmail and QQ Mail put above a quoted message: its first line, then others.
constexpr std::string_view kFirstFields[] = {"from", "发件人", "寄件者", "寄件人", "von", "de"};
constexpr std::string_view kOtherFields[] = {"sent", "date",     "to",     "cc",      "subject", "发送时间", "发送日期",
                                             "日期", "时间",     "收件人", "抄送",    "主题",    "寄件日期", "收件者",
                                             "主旨", "gesendet", "an",     "betreff", "envoyé",  "à",        "objet"};

Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::size_t at = 0; at <= text.size();) {
    auto const end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool is_quoted(std::string_view line) {
  line = trimmed(line);
  return line.starts_with('>');
}

bool is_banner(std::string_view line) {
  line = trimmed(line);
  std::string_view const signs = "-_=— ";
  auto const begin = line.find_first_not_of(signs);
  if (begin == std::string_view::npos || begin < 4 ||
      !(line.starts_with("--") || line.starts_with("__") || line.starts_with("=="))) {
    return false;
  }
  line.remove_prefix(begin);
  for (auto const banner : kBanners) {
    if (begins_with_word(line, banner)) return true;
  }
  return false;
}

/// Whether the line is a field of one of these names: `From: x`, `*From:* x`, `发件人：x`.
template <std::size_t N>
bool is_field(std::string_view line, std::string_view const (&names)[N]) {
  line = trimmed(line);
  while (line.starts_with('*')) line.remove_prefix(1);
  for (auto const name : names) {
    if (!begins_with_word(line, name)) continue;
    auto rest = trimmed(line.substr(name.size()));
    while (rest.starts_with('*')) rest.remove_prefix(1);
    if (rest.starts_with(':') || rest.starts_with("：")) return true;
  }
  return false;
}

bool is_field_block(Lines const& lines, std::size_t at) {
  if (!is_field(lines[at], kFirstFields)) return false;
  int others = 0;
  for (std::size_t i = at + 1; i < lines.size() && i < at + 7; ++i) others += is_field(lines[i], kOtherFields) ? 1 : 0;
  return others >= 2;
}

/// Whether the line ends in a colon and says that somebody wrote.
bool ends_attribution(std::string_view line) {
  if (!line.ends_with(':') && !line.ends_with("：")) return false;
  return std::any_of(std::begin(kWrote), std::end(kWrote),
                     [&](std::string_view wrote) { return line.find(wrote) != std::string_view::npos; });
}

/// The lines, up to three of them, that say who wrote what follows. Gives the line behind them; nullopt: none begin
/// here.
std::optional<std::size_t> behind_attribution(Lines const& lines, std::size_t at) {
  bool const dated = trimmed(lines[at]).find_first_of("0123456789@<") != std::string_view::npos;
  if (!dated) return std::nullopt;
  for (std::size_t i = at; i < lines.size() && i < at + 3; ++i) {
    auto const line = trimmed(lines[i]);
    if (line.empty() || is_quoted(line)) return std::nullopt;
    if (ends_attribution(line)) return i + 1;
  }
  return std::nullopt;
}

/// Whether they name a mailbox or a time of day, so that no mark on the lines below is needed.
bool is_certain(Lines const& lines, std::size_t begin, std::size_t end) {
  auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = begin; i < end; ++i) {
    if (lines[i].find('@') != std::string_view::npos) return true;
    for (auto at = lines[i].find(':'); at != std::string_view::npos; at = lines[i].find(':', at + 1)) {
      if (at > 0 && at + 1 < lines[i].size() && is_digit(lines[i][at - 1]) && is_digit(lines[i][at + 1])) return true;
    }
  }
  return false;
}

bool is_blank(Lines const& lines, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (!trimmed(lines[i]).empty()) return false;
  }
  return true;
}

std::string joined(Lines const& lines, std::size_t begin, std::size_t end) {
  while (begin < end && trimmed(lines[begin]).empty()) ++begin;
  while (end > begin && trimmed(lines[end - 1]).empty()) --end;
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) text += '\n';
    text += lines[i];
  }
  return text;
}

/// Where everything below belongs to the quoted message, whatever it looks like. A rule of underscores right above goes
/// with it.
std::size_t end_above_banner(Lines const& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_banner(lines[i]) && !is_field_block(lines, i)) continue;
    std::size_t end = i;
    while (end > 0 && trimmed(lines[end - 1]).find_first_not_of("_-") == std::string_view::npos) --end;
    return end;
  }
  return lines.size();
}

/// The stretch of lines that quote, with who wrote them.
struct Quote {
  std::size_t begin = 0, end = 0;
};

std::optional<Quote> first_quote(Lines const& lines, std::size_t end) {
  for (std::size_t i = 0; i < end; ++i) {
    auto const behind = behind_attribution(lines, i);
    if (!behind && !is_quoted(lines[i])) continue;
    Quote quote{i, behind.value_or(i)};
    while (quote.end < end && (is_quoted(lines[quote.end]) || trimmed(lines[quote.end]).empty())) ++quote.end;
    bool const unmarked = behind && is_blank(lines, *behind, quote.end);
    if (unmarked && !is_certain(lines, i, *behind)) continue;
    if (unmarked) quote.end = end;  // it lasts to the end
    return quote;
  }
  return std::nullopt;
}

}  // namespace

std::string new_text(std::string_view text) {
  auto const lines = lines_of(text);
  std::size_t const end = end_above_banner(lines);
  std::string found = joined(lines, 0, end);
  if (auto const quote = first_quote(lines, end)) {
    if (is_blank(lines, quote->end, end)) {
      found = joined(lines, 0, quote->begin);
    } else if (is_blank(lines, 0, quote->begin) &&
               !first_quote({lines.begin() + static_cast<std::ptrdiff_t>(quote->end),
                             lines.begin() + static_cast<std::ptrdiff_t>(end)},
                            end - quote->end)) {
      found = joined(lines, quote->end, end);
    }
  }
  return found.empty() ? std::string(trimmed(text)) : found;
}

}  // namespace umsops::mail
