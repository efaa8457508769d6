// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "mail/quote_marks.hpp"
#include "mail/words.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

/// A stretch of lines.
struct Stretch {
  std::size_t begin = 0, end = 0;
};

bool is_blank(Lines const& lines, Stretch stretch) {
  return std::all_of(lines.begin() + static_cast<std::ptrdiff_t>(stretch.begin),
                     lines.begin() + static_cast<std::ptrdiff_t>(stretch.end),
                     [](std::string_view line) { return mail::is_blank(line); });
}

std::string joined(Lines const& lines, Stretch stretch) {
  auto [begin, end] = stretch;
  while (begin < end && mail::is_blank(lines[begin])) ++begin;
  while (end > begin && mail::is_blank(lines[end - 1])) --end;
  std::string text;
  for (std::size_t i = begin; i < end; ++i) text.append(i > begin ? "\n" : "").append(lines[i]);
  return text;
}

/// Without blanks: programs break lines anew.
void append_bare(std::string& out, std::string_view text) {
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c != ' ' && c != '\n' && c != '\t'; });
}

std::string_view without_mark(std::string_view line) {
  line = trimmed(line);
  while (line.starts_with('>')) line = trimmed(line.substr(1));
  return line;
}

/// Finds the quote of a text.
class Search {
 public:
  Search(Lines const& lines, Talk const& talk) : lines_(lines), talk_(talk) {
    for (auto const& text : talk.texts) append_bare(said_, text);
  }

  /// The first quote from line `from` on; nullopt: there is none before the end, or before a forwarded message.
  std::optional<Stretch> first(std::size_t from) const {
    for (std::size_t i = from; i < lines_.size(); ++i) {
      if (is_forward_banner(lines_[i])) return std::nullopt;
      if (auto const quote = below_banner(i)) return quote;
      if (auto const quote = below_attribution(i)) return quote;
      if (!is_quoted(lines_[i])) continue;
      Stretch const marked{i, end_of_marked(i)};
      if (belongs(marked)) return marked;
      i = marked.end - 1;
    }
    return std::nullopt;
  }

  /// Whether more is quoted from that line on.
  bool goes_on(std::size_t from) const {
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(from), lines_.end(), is_quoted) || first(from);
  }

 private:
  /// Marked by a banner, or by a rule with fields below it; by fields alone, or where they name a mailbox, only when
  /// they are of the talk.
  std::optional<Stretch> below_banner(std::size_t at) const {
    bool const banner = is_reply_banner(lines_[at]);
    std::size_t const first = banner ? at + 1 : at;
    auto const fields = first < lines_.size() ? behind_fields(lines_, first) : std::nullopt;
    if (!banner && !fields) return std::nullopt;
    std::size_t begin = at;
    while (begin > 0 && (is_rule(lines_[begin - 1]) || mail::is_blank(lines_[begin - 1]))) --begin;
    bool const ruled = std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(begin),
                                   lines_.begin() + static_cast<std::ptrdiff_t>(at), is_rule);
    Stretch const head{at, fields.value_or(first)};
    // Programs draw the same banner above what is forwarded: a mailbox there must be one of the talk.
    bool const marked = (banner || ruled) && !(fields && contains(head, "@"));
    if (!marked && !names_us(head) && !belongs({head.end, lines_.size()})) return std::nullopt;
    return Stretch{begin, end_below(head.end)};
  }

  std::optional<Stretch> below_attribution(std::size_t at) const {
    auto const behind = behind_attribution(lines_, at);
    if (!behind) return std::nullopt;
    std::size_t const end = end_below(*behind);
    bool const marked = end < lines_.size() || has_mark(*behind);
    if (!marked && !names_us({at, *behind}) && !belongs({*behind, end})) return std::nullopt;
    return Stretch{at, end};
  }

  bool has_mark(std::size_t at) const {
    while (at < lines_.size() && mail::is_blank(lines_[at])) ++at;
    return at < lines_.size() && is_quoted(lines_[at]);
  }

  /// The end of a quote that begins at that line: of its marked lines, or without marks the end of the text.
  std::size_t end_below(std::size_t at) const { return has_mark(at) ? end_of_marked(at) : lines_.size(); }

  std::size_t end_of_marked(std::size_t at) const {
    while (at < lines_.size() && (is_quoted(lines_[at]) || mail::is_blank(lines_[at]))) ++at;
    return at;
  }

  bool contains(Stretch head, std::string_view words) const {
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(head.begin),
                       lines_.begin() + static_cast<std::ptrdiff_t>(head.end), [&](std::string_view line) {
                         return std::search(line.begin(), line.end(), words.begin(), words.end(), [](char a, char b) {
                                  return base::ascii_lower(a) == base::ascii_lower(b);
                                }) != line.end();
                       });
  }

  bool names_us(Stretch head) const {
    auto const named = [&](std::string const& words) { return contains(head, words); };
    return std::any_of(talk_.addresses.begin(), talk_.addresses.end(), named) || has_number(head);
  }
  bool has_number(Stretch stretch) const {
    return std::any_of(talk_.numbers.begin(), talk_.numbers.end(),
                       [&](std::string const& number) { return contains(stretch, "[" + number + "]"); });
  }
  /// Whether it was said before: of its text, without the fields above and the greetings, four fifths stand in the
  /// talk.
  bool belongs(Stretch stretch) const {
    constexpr std::size_t kMostLines = 1000;
    std::size_t all = 0, known = 0, lines = 0;
    for (std::size_t i = stretch.begin; i < stretch.end && lines < kMostLines; ++i, ++lines) {
      std::string bare;
      append_bare(bare, without_mark(lines_[i]));
      all += bare.size();
      known += !bare.empty() && said_.find(bare) != std::string::npos ? bare.size() : 0;
    }
    return known > 0 && 5 * known >= 4 * all;
  }

  Lines const& lines_;
  Talk const& talk_;
  std::string said_;
};

}  // namespace

std::string new_text(std::string_view text, Talk const& talk) {
  auto const lines = lines_of(text);
  Search const search(lines, talk);
  std::string found;
  if (auto const quote = search.first(0)) {
    bool const above = is_blank(lines, {0, quote->begin}), below = is_blank(lines, {quote->end, lines.size()});
    if (below) {
      found = joined(lines, {0, quote->begin});
    } else if (!search.goes_on(quote->end)) {
      // An answer below the quote, with a greeting above it perhaps. Answers to its parts would stand between them.
      found = joined(lines, {0, quote->begin});
      if (!above) found += "\n\n";
      found += joined(lines, {quote->end, lines.size()});
    }
  }
  return found.empty() ? std::string(trimmed(text)) : found;
}

}  // namespace umsops::mail
