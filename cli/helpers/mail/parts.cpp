// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/parts.hpp"

#include <algorithm>

#include "cli/helpers/mail/charset.hpp"
#include "cli/helpers/mail/content.hpp"
#include "cli/helpers/mail/excuse.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "cli/helpers/mail/guess.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr int kDeepest = 40, kMostParts = 1000;

/// What kind of text a part gives to be read; the higher the better.
enum class Kind { none, other, html, plain };

/// What an HTML page says of its own charset, near its beginning.
std::string charset_in(std::string_view html) {
  auto const head = html.substr(0, 2048);
  auto const at = head.find("charset=");
  if (at == std::string_view::npos) return {};
  auto name = head.substr(at + 8);
  if (name.starts_with('"') || name.starts_with('\'')) name.remove_prefix(1);
  return std::string(name.substr(0, std::min(name.find_first_of("\"' />;"), name.size())));
}

/// The charset of a page. What it says of its own counts where the part names none, or names Latin 1, as programs do
/// that know nothing, and the bytes go in pairs.
std::string charset_of_page(std::string_view html, std::string const& said) {
  auto const own = charset_in(html);
  if (!says_charset(own)) return said;
  return !says_charset(said) || (is_latin_1(said) && !is_latin_1(guessed_charset(html))) ? own : said;
}

class Parts {
 public:
  Parts(mail::Message& message, Limits const& limits, std::string const& charset)
      : message_(message), limits_(limits), charset_(charset) {}

  void read(GMimeObject* top) {
    message_.content_type = media_type(top);
    walk(top, 0, true);
    if (too_many_) loss("more than " + std::to_string(kMostParts) + " parts: the rest is left out");
    take_stray();
    if (!has_body()) problem("no text");
  }

 private:
  void problem(std::string what) { message_.problems.push_back(std::move(what)); }
  void loss(std::string what) { note_loss(message_, std::move(what)); }
  bool has_body() const { return !message_.body_type.empty(); }

  Kind kind_of(GMimeObject* part, int depth) const {
    if (depth > kDeepest) return Kind::none;
    if (GMIME_IS_MULTIPART(part)) {
      auto* const multipart = GMIME_MULTIPART(part);
      int const count = std::min(g_mime_multipart_get_count(multipart), kMostParts);
      bool const best_of_all = is_type(part, "multipart", "alternative");
      Kind best = Kind::none;
      for (int i = 0; i < count && (best == Kind::none || best_of_all) && best != Kind::plain; ++i) {
        best = std::max(best, kind_of(g_mime_multipart_get_part(multipart, i), depth + 1));
      }
      return best;
    }
    if (!GMIME_IS_PART(part) || is_attached(part)) return Kind::none;
    if (is_type(part, "text", "plain") || is_mistyped(part)) return Kind::plain;
    if (is_type(part, "text", "html")) return Kind::html;
    for (auto const* subtype : {"enriched", "richtext", "markdown", "x-markdown"}) {
      if (is_type(part, "text", subtype)) return Kind::other;
    }
    return depth == 0 && is_type(part, "text", "*") ? Kind::other : Kind::none;
  }

  /// `wanted`: its text may be the message's; else only what is no text is taken.
  void walk(GMimeObject* part, int depth, bool wanted) {
    if (part == nullptr || too_many_) return;
    if (++parts_ > kMostParts) {
      too_many_ = true;
      return;
    }
    if (depth > kDeepest) {
      loss("parts nested deeper than " + std::to_string(kDeepest) + ": kept as an attachment");
      return attach(part, std::nullopt);
    }
    if (GMIME_IS_MULTIPART(part)) return walk_multipart(part, depth, wanted);
    if (kind_of(part, depth) == Kind::none) return attach(part, std::nullopt);
    if (!wanted) return;
    if (!has_body()) return take_body(part);
    bool const reads_on = file_name(part, charset_).empty() && kind_of(part, depth) > Kind::other;
    attach(part, reads_on ? std::optional(text_of(part)) : std::nullopt);
  }

  void walk_multipart(GMimeObject* part, int depth, bool wanted) {
    auto* const multipart = GMIME_MULTIPART(part);
    int const count = g_mime_multipart_get_count(multipart);
    note_stray(multipart);
    if (count == 0) return loss("a multipart without parts");
    if (is_type(part, "multipart", "alternative")) return walk_alternatives(multipart, depth, wanted);
    for (int i = 0; i < count; ++i) walk(g_mime_multipart_get_part(multipart, i), depth + 1, wanted);
  }

  /// The best alternative, and after a plain one that says nothing the page beside it.
  void walk_alternatives(GMimeMultipart* multipart, int depth, bool wanted) {
    int const count = g_mime_multipart_get_count(multipart);
    std::vector<std::pair<Kind, GMimeObject*>> order;
    for (int i = 0; i < std::min(count, kMostParts); ++i) {
      GMimeObject* const part = g_mime_multipart_get_part(multipart, i);
      order.emplace_back(kind_of(part, depth + 1), part);
    }
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.first > b.first; });
    bool const beside_page = order.size() > 1 && order[0].first == Kind::plain && order[1].first >= Kind::html;
    bool taken = !wanted;
    for (auto const& [kind, part] : order) {
      bool const had_body = has_body();
      walk(part, depth + 1, !taken && kind != Kind::none);
      if (kind == Kind::none || taken) continue;
      taken = true;
      if (had_body || !has_body() || !beside_page || kind != Kind::plain) continue;
      taken = !is_better(page_text(order[1].second));
      if (!taken) message_.body_type.clear();
    }
  }

  /// Whether the page is to be read in place of the plain text.
  bool is_better(std::string const& page) {
    auto const& plain = message_.body;
    if (mail::shows_nothing(page)) return false;
    if (mail::shows_nothing(plain)) return true;
    bool const better = shows_only_pictures(plain) || (is_about_html(plain) && page.size() >= 2 * plain.size());
    if (better) loss("the plain text points to the page beside it, which is taken");
    if (!better && page.size() > 2 * plain.size() + 400) loss("the page beside the plain text says more");
    return better;
  }

  std::string page_text(GMimeObject* page) const {
    for (int depth = 0; depth < kDeepest && GMIME_IS_MULTIPART(page); ++depth) {
      auto* const multipart = GMIME_MULTIPART(page);
      int const count = std::min(g_mime_multipart_get_count(multipart), kMostParts);
      int at = 0;
      while (at < count && kind_of(g_mime_multipart_get_part(multipart, at), depth) < Kind::html) ++at;
      page = at < count ? g_mime_multipart_get_part(multipart, at) : nullptr;
    }
    if (!GMIME_IS_PART(page)) return {};
    return mail::plain_text_of_html(to_utf8(content_of(page).bytes, charset_of(page), charset_).text);
  }

  /// Text outside of the parts. The standard lets readers ignore it (RFC 2046, 5.1.1); some programs write there.
  void note_stray(GMimeMultipart* multipart) {
    for (auto const* text : {g_mime_multipart_get_prologue(multipart), g_mime_multipart_get_epilogue(multipart)}) {
      std::string const stray = guessed_to_utf8(text_or_empty(text), charset_).text;
      if (mail::shows_nothing(stray) || says_only_mime(stray)) continue;
      loss("text outside of the parts");
      stray_ += stray_.empty() ? stray : "\n\n" + stray;
    }
  }

  void take_stray() {
    if (stray_.empty() || (has_body() && !mail::shows_nothing(message_.body))) return;
    message_.body_type = "text/plain";
    message_.body = sound_body(stray_);
  }

  void take_body(GMimeObject* part) {
    message_.body = text_of(part);
    message_.body_type = media_type(part);
  }

  std::string sound_body(std::string_view utf8) {
    std::string text = mail::sound_text(utf8, base::TextShape::block);
    auto const left = limits_.text - std::min(limits_.text, text_bytes_);
    if (text.size() > left) {
      loss("text cut: more than " + std::to_string(limits_.text) + " bytes");
      text = std::string(base::first_bytes(text, left));
    }
    text_bytes_ += text.size();
    return text;
  }

  static std::string charset_of(GMimeObject* part) {
    return text_or_empty(g_mime_object_get_content_type_parameter(part, "charset"));
  }

  std::string text_of(GMimeObject* part) {
    auto const content = content_of(part);
    bool const html = is_type(part, "text", "html");
    auto const charset = charset_of(part);
    if (!charset.empty() && !is_known_charset(charset)) {
      loss("charset unknown: " + mail::sound_text(guessed_to_utf8(charset.substr(0, 60)).text, base::TextShape::line));
    }
    auto decoded = to_utf8(content.bytes, html ? charset_of_page(content.bytes, charset) : charset, charset_);
    for (auto const doubt : {content.doubt, decoded.doubt}) {
      if (!doubt.empty()) loss("text: " + std::string(doubt));
    }
    if (html && hides_its_end(decoded.text)) loss("a page with a comment or a script that never ends");
    if (html) decoded.text = mail::plain_text_of_html(decoded.text);
    if (!content.rest.empty()) decoded.text += "\n\n" + guessed_to_utf8(content.rest, charset_).text;
    std::string text = sound_body(decoded.text);
    bool const replaced = text.find(mail::kReplacement) != std::string::npos;
    if (replaced && decoded.doubt.empty() && decoded.text.find(mail::kReplacement) == std::string::npos) {
      loss("text with control characters");
    }
    return text;
  }

  void attach(GMimeObject* part, std::optional<std::string> text) {
    auto const content = content_of(part);
    auto const& bytes = content.bytes;
    if (!content.doubt.empty() && !text) loss("attachment: " + std::string(content.doubt));
    mail::Attachment attachment{file_name(part, charset_), media_type(part), static_cast<std::int64_t>(bytes.size()),
                                base::sha256_hex(bytes),   std::nullopt,     std::move(text)};
    if (!attachment.text && bytes.size() <= limits_.attachment && attached_ + bytes.size() <= limits_.attachments) {
      attached_ += bytes.size();
      attachment.content = base::base64_encode(bytes);
    }
    message_.attachments.push_back(std::move(attachment));
  }

  mail::Message& message_;
  Limits const& limits_;
  std::string const& charset_;
  int parts_ = 0;
  bool too_many_ = false;
  std::size_t text_bytes_ = 0, attached_ = 0;
  std::string stray_;  ///< text outside of the parts
};

}  // namespace

void read_parts(mail::Message& message, GMimeMessage* parsed, Limits const& limits, std::string const& charset) {
  GMimeObject* const top = g_mime_message_get_mime_part(parsed);
  if (top == nullptr) {
    message.problems.emplace_back("no text");
    return;
  }
  Parts(message, limits, charset).read(top);
}

}  // namespace umsops::mail_helper
