// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/utf8.hpp"
#include "mail/html_entities.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

constexpr std::size_t kDeepestQuote = 8;
constexpr std::size_t kLongestLink = 2000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool same_letters(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return base::ascii_lower(x) == base::ascii_lower(y);
         });
}

template <std::size_t N>
bool is_one_of(std::string_view name, std::string_view const (&names)[N]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

constexpr std::string_view kParagraphs[] = {"p",  "blockquote", "h1", "h2",    "h3",  "h4", "h5",   "h6",
                                            "ul", "ol",         "dl", "table", "pre", "hr", "form", "fieldset"};
constexpr std::string_view kLines[] = {"div",    "li",     "tr",      "dt",     "dd",   "section", "article",
                                       "header", "footer", "address", "center", "body", "html",    "option"};
constexpr std::string_view kUnread[] = {"script", "style", "title", "template", "object",
                                        "applet", "svg",   "math",  "noembed",  "noframes"};

struct Tag {
  std::string name;  ///< small letters
  bool closing = false;
  std::string_view attributes;
};

/// The value of an attribute, its characters still written as in the source.
std::string_view attribute(std::string_view attributes, std::string_view wanted) {
  std::size_t at = 0;
  auto const end = attributes.size();
  while (at < end) {
    while (at < end && (is_blank(attributes[at]) || attributes[at] == '/')) ++at;
    std::size_t const name_begin = at;
    while (at < end && !is_blank(attributes[at]) && attributes[at] != '=' && attributes[at] != '/') ++at;
    auto const name = attributes.substr(name_begin, at - name_begin);
    while (at < end && is_blank(attributes[at])) ++at;
    std::string_view value;
    if (at < end && attributes[at] == '=') {
      ++at;
      while (at < end && is_blank(attributes[at])) ++at;
      bool const quoted = at < end && (attributes[at] == '"' || attributes[at] == '\'');
      char const quote = quoted ? attributes[at++] : ' ';
      std::size_t const begin = at;
      while (at < end && (quoted ? attributes[at] != quote : !is_blank(attributes[at]))) ++at;
      value = attributes.substr(begin, at - begin);
      if (quoted && at < end) ++at;
    } else if (at == name_begin) {
      ++at;  // a stray sign
    }
    if (same_letters(name, wanted)) return value;
  }
  return {};
}

/// Writes plain text: blanks folded, at most one empty line, quoted lines marked.
class Writer {
 public:
  void letter(std::string_view bytes) {
    if (at_line_start_) begin_line();
    if (blank_pending_) out_ += ' ';
    blank_pending_ = false;
    out_ += bytes;
  }
  void blank() { blank_pending_ = !at_line_start_; }
  void tab() {
    if (!at_line_start_) letter("\t");
  }
  void line_break() {
    blank_pending_ = false;
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += '\n';
    at_line_start_ = true;
  }
  void line() {
    if (!at_line_start_) line_break();
  }
  void paragraph() {
    line();
    gap_pending_ = !out_.empty();
  }
  void quote_deeper() { ++quotes_; }
  void quote_ends() { quotes_ -= quotes_ > 0 ? 1 : 0; }
  std::size_t size() const { return out_.size(); }
  std::string_view since(std::size_t begin) const {
    return std::string_view(out_).substr(std::min(begin, out_.size()));
  }
  std::string take() {
    while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ' || out_.back() == '\t')) out_.pop_back();
    return std::move(out_);
  }

 private:
  void begin_line() {
    if (gap_pending_ && !out_.ends_with("\n\n")) out_ += '\n';
    gap_pending_ = false;
    at_line_start_ = false;
    for (std::size_t i = 0; i < std::min(quotes_, kDeepestQuote); ++i) out_ += "> ";
  }

  std::string out_;
  bool at_line_start_ = true, blank_pending_ = false, gap_pending_ = false;
  std::size_t quotes_ = 0;
};

class Renderer {
 public:
  explicit Renderer(std::string_view html) : html_(html) {}

  std::string render() {
    while (at_ < html_.size()) {
      char const c = html_[at_];
      if (c == '<' && markup()) continue;
      if (c == '&') {
        character();
      } else if (is_blank(c)) {
        white_space(c);
      } else {
        std::size_t const begin = at_++;
        while (at_ < html_.size() && html_[at_] != '<' && html_[at_] != '&' && !is_blank(html_[at_])) ++at_;
        writer_.letter(html_.substr(begin, at_ - begin));
      }
    }
    close_link();
    return writer_.take();
  }

 private:
  void white_space(char c) {
    ++at_;
    if (preformatted_ == 0) {
      writer_.blank();
    } else if (c == '\n') {
      writer_.line_break();
    } else if (c != '\r') {
      writer_.letter(c == '\t' ? "\t" : " ");
    }
  }

  /// Reads `&...;` at the current place.
  void character() {
    std::size_t const begin = at_++;
    auto const end = html_.substr(at_, 32).find(';');
    auto const name = end == std::string_view::npos ? std::string_view() : html_.substr(at_, end);
    char32_t const c = named_character(name);
    if (c == 0) return writer_.letter(html_.substr(begin, 1));
    at_ += end + 1;
    if (c == 0xA0) return writer_.letter(" ");
    if (c < 0x80 && is_blank(static_cast<char>(c))) return writer_.blank();
    std::string bytes;
    base::append_utf8(bytes, c);
    writer_.letter(bytes);
  }

  /// Reads a tag or a comment at the current place. False: the sign is only a sign.
  bool markup() {
    auto const rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      auto const end = html_.find("-->", at_ + 4);
      if (end == std::string_view::npos) {
        at_ = html_.size();
      } else {
        at_ = end + 3;
      }
      return true;
    }
    if (rest.size() < 2) return false;
    if (rest[1] == '!' || rest[1] == '?') return skip_declaration();
    bool const closing = rest[1] == '/';
    if (rest.size() < (closing ? 3u : 2u) || !is_letter(rest[closing ? 2 : 1])) return false;
    std::size_t const begin = at_ + (closing ? 2 : 1);
    std::size_t const end = end_of_tag(begin);
    if (end == std::string_view::npos) return false;
    Tag tag;
    tag.closing = closing;
    std::size_t name_end = begin;
    while (name_end < end && !is_blank(html_[name_end]) && html_[name_end] != '/')
      tag.name += base::ascii_lower(html_[name_end++]);
    tag.attributes = html_.substr(name_end, end - name_end);
    at_ = end + 1;
    follow(tag);
    return true;
  }

  bool skip_declaration() {
    auto const end = no_more_ends_ ? std::string_view::npos : html_.find('>', at_);
    no_more_ends_ = end == std::string_view::npos;
    if (no_more_ends_) return false;
    at_ = end + 1;
    return true;
  }

  /// The place of the `>` that ends the tag, skipping quoted ones. After one failure it does not search again, to keep
  /// the time linear.
  std::size_t end_of_tag(std::size_t at) {
    std::size_t const begin = at;
    while (!quotes_broken_ && at < html_.size() && html_[at] != '>') {
      char const c = html_[at++];
      if (c != '"' && c != '\'') continue;
      auto const close = html_.find(c, at);
      if (close == std::string_view::npos) quotes_broken_ = true;
      at = close == std::string_view::npos ? close : close + 1;
    }
    if (!quotes_broken_ && at < html_.size()) return at;
    quotes_broken_ = true;
    auto const end = no_more_ends_ ? std::string_view::npos : html_.find('>', begin);
    no_more_ends_ = end == std::string_view::npos;
    return end;
  }

  void follow(Tag const& tag) {
    if (!tag.closing && is_one_of(tag.name, kUnread)) return skip_element(tag.name);
    if (tag.name == "br") return writer_.line_break();
    if (tag.name == "a") return tag.closing ? close_link() : open_link(tag);
    if (tag.name == "img" && !tag.closing) return image(tag);
    if (tag.name == "td" || tag.name == "th") return tag.closing ? void() : writer_.tab();
    if (tag.name == "pre") preformatted_ = tag.closing ? std::max(preformatted_ - 1, 0) : preformatted_ + 1;
    if (is_one_of(tag.name, kParagraphs)) {
      writer_.paragraph();
    } else if (is_one_of(tag.name, kLines)) {
      writer_.line();
    }
    if (tag.name == "blockquote") tag.closing ? writer_.quote_ends() : writer_.quote_deeper();
    if (tag.name == "li" && !tag.closing) writer_.letter("- ");
  }

  /// Goes behind the element's end; without one, nothing more is to be read.
  void skip_element(std::string_view name) {
    for (;;) {
      auto const at = html_.find("</", at_);
      if (at == std::string_view::npos) {
        at_ = html_.size();
        return;
      }
      at_ = at + 2;
      if (!same_letters(html_.substr(at_, name.size()), name)) continue;
      auto const end = html_.find('>', at_);
      at_ = end == std::string_view::npos ? html_.size() : end + 1;
      return;
    }
  }

  void open_link(Tag const& tag) {
    close_link();
    link_ = attribute(tag.attributes, "href");
    link_begin_ = writer_.size();
  }

  /// The target stands behind the text, unless the text is the target.
  void close_link() {
    auto const link = std::exchange(link_, {});
    auto const colon = link.find(':');
    constexpr std::string_view kShown[] = {"http", "https", "mailto", "ftp"};
    auto const scheme = link.substr(0, colon);
    bool const shown =
        colon != std::string_view::npos && link.size() <= kLongestLink &&
        std::any_of(std::begin(kShown), std::end(kShown), [&](auto known) { return same_letters(known, scheme); });
    if (!shown) return;
    std::string const target = Renderer(link).text_alone();
    auto const text = writer_.since(link_begin_);
    auto const bare = [](std::string_view t) {
      for (std::string_view const prefix : {"https://", "http://", "mailto:", "www."}) {
        if (t.starts_with(prefix)) t.remove_prefix(prefix.size());
      }
      return t.substr(0, t.ends_with('/') ? t.size() - 1 : t.size());
    };
    if (text.find(bare(target)) != std::string_view::npos) return;
    writer_.letter(" <" + target + ">");
  }

  /// An attribute's value: characters read, markup left as it is.
  std::string text_alone() {
    while (at_ < html_.size()) {
      if (html_[at_] == '&') {
        character();
      } else {
        if (!is_blank(html_[at_]))
          writer_.letter(html_.substr(at_, 1));
        else if (preformatted_ == 0)
          writer_.blank();
        ++at_;
      }
    }
    return writer_.take();
  }

  void image(Tag const& tag) {
    auto const text = Renderer(attribute(tag.attributes, "alt").substr(0, kLongestLink)).text_alone();
    if (!text.empty()) writer_.letter("[" + text + "]");
  }

  std::string_view html_;
  std::size_t at_ = 0;
  Writer writer_;
  int preformatted_ = 0;
  bool quotes_broken_ = false, no_more_ends_ = false;
  std::string_view link_;
  std::size_t link_begin_ = 0;
};

}  // namespace

std::string plain_text_of_html(std::string_view html) { return Renderer(html).render(); }

}  // namespace umsops::mail
