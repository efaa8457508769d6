// SPDX-License-Identifier: Apache-2.0
#include "mail/quote_marks.hpp"

#include <algorithm>
#include <span>

#include "mail/words.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

/// What stands between two rows of dashes above an older message.
constexpr std::string_view kReplyBanners[] = {
    "original message", "original appointment",    "原始邮件",          "原始郵件",
    "邮件原件",         "ursprüngliche nachricht", "message d'origine", "mensaje original"};
/// The same above a forwarded one, and what Apple Mail writes without dashes.
constexpr std::string_view kForwardBanners[] = {"forwarded message", "forwarded by",      "转发邮件",
                                                "转发的邮件",        "轉寄郵件",          "weitergeleitete nachricht",
                                                "message transféré", "mensaje reenviado", "begin forwarded message"};
constexpr std::string_view kForwardLines[] = {"begin forwarded message",    "anfang der weitergeleiteten",
                                              "début du message réexpédié", "开始转发的邮件",
                                              "以下是转发的邮件",           "開始轉寄郵件"};
/// `On 23 November Li Na wrote:` in the languages people write.
constexpr std::string_view kWrote[] = {"wrote",    "writes",     "schrieb", "a écrit",
                                       "escribió", "ha scritto", "写道",    "寫道"};
/// The fields that Outlook, Foxmail and QQ Mail put above a quoted message: its first line, then others.
constexpr std::string_view kFirstFields[] = {"from", "发件人", "寄件者", "寄件人", "von", "de"};
constexpr std::string_view kOtherFields[] = {"sent", "date",     "to",     "cc",      "subject", "发送时间", "发送日期",
                                             "日期", "时间",     "收件人", "抄送",    "主题",    "寄件日期", "收件者",
                                             "主旨", "gesendet", "an",     "betreff", "envoyé",  "à",        "objet"};
constexpr std::size_t kMostFields = 8;

/// Whether one of the words stands between dashes: `----- word -----`.
bool is_banner(std::string_view line, std::span<std::string_view const> words) {
  line = trimmed(line);
  auto const begin = line.find_first_not_of("-_=— ");
  if (begin == std::string_view::npos || begin < 4) return false;
  if (!line.starts_with("--") && !line.starts_with("__") && !line.starts_with("==")) return false;
  line.remove_prefix(begin);
  return std::any_of(words.begin(), words.end(), [&](auto word) { return begins_with_word(line, word); });
}

/// Whether the line is a field of one of these names: `From: x`, `*From:* x`, `发件人：x`.
bool is_field(std::string_view line, std::span<std::string_view const> names) {
  line = trimmed(line);
  while (line.starts_with('*')) line.remove_prefix(1);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    if (!begins_with_word(line, name)) return false;
    auto rest = trimmed(line.substr(name.size()));
    while (rest.starts_with('*')) rest.remove_prefix(1);
    return rest.starts_with(':') || rest.starts_with("：");
  });
}

/// Whether the line ends in a colon and says that somebody wrote.
bool ends_attribution(std::string_view line) {
  if (!line.ends_with(':') && !line.ends_with("：")) return false;
  return std::any_of(std::begin(kWrote), std::end(kWrote),
                     [&](std::string_view wrote) { return line.find(wrote) != std::string_view::npos; });
}

}  // namespace

Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::size_t at = 0; at <= text.size();) {
    auto const end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

bool is_blank(std::string_view line) { return trimmed(line).empty(); }
bool is_quoted(std::string_view line) { return trimmed(line).starts_with('>'); }

bool is_rule(std::string_view line) {
  line = trimmed(line);
  return line.size() >= 5 && line.find_first_not_of("_-") == std::string_view::npos;
}

bool is_reply_banner(std::string_view line) { return is_banner(line, kReplyBanners); }

bool is_forward_banner(std::string_view line) {
  if (is_banner(line, kForwardBanners)) return true;
  line = trimmed(line);
  return (line.ends_with(':') || line.ends_with("：")) &&
         std::any_of(std::begin(kForwardLines), std::end(kForwardLines),
                     [&](std::string_view words) { return begins_with_word(line, words); });
}

std::optional<std::size_t> behind_fields(Lines const& lines, std::size_t at) {
  if (!is_field(lines[at], kFirstFields)) return std::nullopt;
  int others = 0;
  std::size_t behind = at + 1;
  for (std::size_t i = at + 1; i < lines.size() && i < at + kMostFields; ++i) {
    if (!is_field(lines[i], kOtherFields)) continue;
    ++others;
    behind = i + 1;
  }
  return others >= 2 ? std::optional(behind) : std::nullopt;
}

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

}  // namespace umsops::mail
