// SPDX-License-Identifier: Apache-2.0
#include "search/snippet.hpp"

#include <algorithm>

#include "umsops/base/cells.hpp"

namespace umsops::search {

namespace {

bool inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Where a sentence ends at this place: how many bytes its mark has; 0: it does not.
std::size_t sentence_end(std::string_view text, std::size_t at) {
  char const c = text[at];
  if (c == '\n' || c == '!' || c == '?') return 1;
  if (c == '.') return at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n' ? 1 : 0;
  for (std::string_view const mark : {"。", "！", "？"}) {
    if (text.substr(at).starts_with(mark)) return mark.size();
  }
  return 0;
}

std::size_t sentence_begin_before(std::string_view text, std::size_t at, std::size_t most) {
  std::size_t const lowest = at > most ? at - most : 0;
  for (std::size_t begin = at; begin > lowest; --begin) {
    std::size_t const before = begin - 1;
    if (inside_character(text[before])) continue;
    if (auto const size = sentence_end(text, before); size != 0) return std::min(at, before + size);
  }
  return lowest == 0 ? 0 : std::string_view::npos;
}

std::size_t sentence_end_behind(std::string_view text, std::size_t at, std::size_t most) {
  std::size_t const highest = std::min(text.size(), at + most);
  for (std::size_t end = at; end < highest; ++end) {
    if (inside_character(text[end])) continue;
    if (auto const size = sentence_end(text, end); size != 0) return text[end] == '\n' ? end : end + size;
  }
  return highest == text.size() ? highest : std::string_view::npos;
}

std::size_t character_begin(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && inside_character(text[at])) --at;
  return at;
}

/// Copies a part in one line: blanks and line ends in a row are one blank. Takes the marks along.
class OneLine {
 public:
  OneLine(std::string_view text, std::span<TextSpan const> marks) : text_(text), marks_(marks) {}

  void copy(std::size_t begin, std::size_t end) {
    auto mark = std::find_if(marks_.begin(), marks_.end(), [&](TextSpan span) { return span.end > begin; });
    bool open = false;
    for (std::size_t at = begin; at < end; ++at) {
      if (mark != marks_.end() && open && at >= mark->end) close(mark, open);
      if (mark != marks_.end() && !open && at >= mark->begin && at < mark->end) {
        open = true;
        snippet_.marks.push_back({snippet_.text.size(), snippet_.text.size()});
      }
      char const c = text_[at];
      bool const blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!blank) snippet_.text += c;
      if (blank && !snippet_.text.empty() && snippet_.text.back() != ' ') snippet_.text += ' ';
    }
    if (open) close(mark, open);
    while (!snippet_.text.empty() && snippet_.text.back() == ' ') snippet_.text.pop_back();
    cut_marks();
  }
  /// A line of so many columns at most.
  void cut(std::size_t columns) {
    if (base::cell_width(snippet_.text) <= columns) return;
    snippet_.text = base::cut_cells(snippet_.text, columns);
    cut_marks(std::string_view("…").size());
  }
  void lead() {
    snippet_.text.insert(0, "…");
    for (auto& span : snippet_.marks) {
      span.begin += std::string_view("…").size();
      span.end += std::string_view("…").size();
    }
  }
  std::string const& text() const { return snippet_.text; }
  Snippet take() { return std::move(snippet_); }

 private:
  using Mark = std::span<TextSpan const>::iterator;
  void close(Mark& mark, bool& open) {
    snippet_.marks.back().end = snippet_.text.size();
    open = false;
    ++mark;
  }
  void cut_marks(std::size_t tail = 0) {
    std::size_t const end = snippet_.text.size() - std::min(tail, snippet_.text.size());
    for (auto& span : snippet_.marks) span.end = std::min(span.end, end);
    std::erase_if(snippet_.marks, [](TextSpan span) { return span.begin >= span.end; });
  }

  std::string_view text_;
  std::span<TextSpan const> marks_;
  Snippet snippet_;
};

}  // namespace

std::vector<TextSpan> merged(std::vector<TextSpan> spans) {
  std::sort(spans.begin(), spans.end(), [](TextSpan a, TextSpan b) { return a.begin < b.begin; });
  std::vector<TextSpan> out;
  for (auto const span : spans) {
    if (!out.empty() && span.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

Snippet make_snippet(std::string_view text, TextSpan best, std::span<TextSpan const> marks, std::size_t columns) {
  std::size_t const reach = columns * 4;  // bytes: a column is rarely more
  best.end = std::min({best.end, text.size(), best.begin + reach});
  best.end = character_begin(text, best.end);
  best.begin = std::min(best.begin, best.end);
  std::size_t const sentence = sentence_begin_before(text, best.begin, reach);
  std::size_t const stop = sentence_end_behind(text, best.end, reach);
  std::size_t const end =
      stop != std::string_view::npos ? stop : character_begin(text, std::min(text.size(), best.end + reach));
  std::size_t begin = sentence;
  if (sentence != std::string_view::npos) {
    OneLine whole(text, {});
    whole.copy(sentence, best.end);
    if (base::cell_width(whole.text()) > columns) begin = best.begin;
  } else {
    begin = best.begin;
  }
  OneLine line(text, marks);
  line.copy(begin, end);
  if (begin == best.begin && begin != sentence) line.lead();
  line.cut(columns);
  return line.take();
}

}  // namespace umsops::search
