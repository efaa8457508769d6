// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/parts.hpp"

#include <algorithm>
#include <cstring>

#include "cli/helpers/mail/charset.hpp"
#include "cli/helpers/mail/fields.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "cli/helpers/mail/guess.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr int kDeepest = 40, kMostParts = 1000;
constexpr std::size_t kLongestName = 200;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// What kind of text a part gives to be read; the higher the better.
enum class Kind { none, other, html, plain };

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool is_type(GMimeObject* part, char const* type, char const* subtype) {
  return g_mime_content_type_is_type(g_mime_object_get_content_type(part), type, subtype) != 0;
}

/// `Content-Type: text` and the like say nothing that can be used: then the text is plain (RFC 2045, 5.2).
bool is_mistyped(GMimeObject* part) {
  GMimeHeader* const header = g_mime_header_list_get_header(g_mime_object_get_header_list(part), "Content-Type");
  char const* const raw = header != nullptr ? g_mime_header_get_raw_value(header) : nullptr;
  return GMIME_IS_PART(part) && raw != nullptr && std::strchr(raw, '/') == nullptr;
}

std::string media_type(GMimeObject* part) {
  if (is_mistyped(part)) return "text/plain";
  std::string const said = take_text(g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part)));
  std::string small(
      mail::first_bytes(mail::sound_text(guessed_to_utf8(said).text, base::TextShape::line), kLongestName));
  std::transform(small.begin(), small.end(), small.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return small;
}

bool has_high_byte(char const* text) {
  if (text == nullptr) return false;
  return std::any_of(text, text + std::strlen(text), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// A name that stood there in bytes of no charset comes from GMime as ISO 8859-1: takes the bytes back.
std::string plain_bytes(GMimeObject* part, std::string const& name) {
  GMimeHeaderList* const list = g_mime_object_get_header_list(part);
  bool high = false;
  for (auto const* field : {"Content-Type", "Content-Disposition"}) {
    GMimeHeader* const header = g_mime_header_list_get_header(list, field);
    high = high || (header != nullptr && has_high_byte(g_mime_header_get_raw_value(header)));
  }
  if (!high) return name;
  std::string bytes;
  for (std::size_t at = 0; at < name.size(); ++at) {
    auto const c = static_cast<unsigned char>(name[at]);
    if (c >= 0x80 && c != 0xC2 && c != 0xC3) return name;  // no character of ISO 8859-1
    bytes += c < 0x80 || at + 1 == name.size() ? name[at] : static_cast<char>(((c & 3) << 6) | (name[++at] & 0x3F));
  }
  return bytes;
}

/// The name without folders, whichever system's: nobody is to be tempted to use it as a path.
std::string file_name(GMimeObject* part, std::string_view charset = {}) {
  char const* name = GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part))
                                         : g_mime_object_get_content_disposition_parameter(part, "filename");
  if (name == nullptr && !GMIME_IS_PART(part)) name = g_mime_object_get_content_type_parameter(part, "name");
  std::string const text =
      mail::sound_text(decode_header(plain_bytes(part, text_or_empty(name)), charset).text, base::TextShape::line);
  auto const slash = text.find_last_of("/\\");  // nowhere: one behind npos is the beginning
  std::string base(mail::first_bytes(std::string_view(text).substr(slash + 1), kLongestName));
  return base == "." || base == ".." ? std::string() : base;
}

bool is_attached(GMimeObject* part) {
  GMimeContentDisposition* const disposition = g_mime_object_get_content_disposition(part);
  return disposition != nullptr && g_mime_content_disposition_is_attachment(disposition) != 0;
}

std::string bytes_of(GMimeStream* memory) {
  GByteArray* const array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
  return {reinterpret_cast<char const*>(array->data), array->len};
}

std::string content_of(GMimeObject* part) {
  Owned<GMimeStream> const memory(g_mime_stream_mem_new());
  if (GMIME_IS_PART(part)) {
    GMimeDataWrapper* const content = g_mime_part_get_content(GMIME_PART(part));
    if (content != nullptr) g_mime_data_wrapper_write_to_stream(content, memory.get());
  } else if (GMIME_IS_MESSAGE_PART(part)) {
    GMimeMessage* const inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
    if (inner != nullptr) g_mime_object_write_to_stream(GMIME_OBJECT(inner), nullptr, memory.get());
  } else {
    g_mime_object_write_to_stream(part, nullptr, memory.get());
  }
  return bytes_of(memory.get());
}

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
    if (message_.body_type.empty()) problem("no text");
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
    if (count == 0) return take_undivided(multipart, wanted);
    if (is_type(part, "multipart", "alternative")) return walk_alternatives(multipart, depth, wanted);
    for (int i = 0; i < count; ++i) walk(g_mime_multipart_get_part(multipart, i), depth + 1, wanted);
  }

  void walk_alternatives(GMimeMultipart* multipart, int depth, bool wanted) {
    int const count = g_mime_multipart_get_count(multipart);
    std::vector<std::pair<Kind, int>> order;
    for (int i = 0; i < std::min(count, kMostParts); ++i) {
      order.emplace_back(kind_of(g_mime_multipart_get_part(multipart, i), depth + 1), i);
    }
    std::stable_sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.first > b.first; });
    bool taken = !wanted;
    for (auto const& [kind, index] : order) {
      bool const had_body = has_body();
      walk(g_mime_multipart_get_part(multipart, index), depth + 1, !taken && kind != Kind::none);
      if (kind == Kind::none || taken) continue;
      taken = true;
      // An empty plain part beside HTML is a program's excuse.
      bool const empty = !had_body && has_body() && is_blank(message_.body);
      bool const other = kind == Kind::plain && order.size() > 1 && order[1].first >= Kind::html;
      if (!empty || !other) continue;
      message_.body_type.clear();
      taken = false;
    }
  }

  /// A multipart whose boundary never comes is what stands there.
  void take_undivided(GMimeMultipart* multipart, bool wanted) {
    std::string const text = text_or_empty(g_mime_multipart_get_prologue(multipart)) +
                             text_or_empty(g_mime_multipart_get_epilogue(multipart));
    loss("a multipart without parts");
    if (is_blank(text) || !wanted || has_body()) return;
    message_.body_type = "text/plain";
    message_.body = sound_body(guessed_to_utf8(text, charset_).text);
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
      text = std::string(mail::first_bytes(text, left));
    }
    text_bytes_ += text.size();
    return text;
  }

  std::string text_of(GMimeObject* part) {
    std::string const bytes = content_of(part);
    bool const html = is_type(part, "text", "html");
    std::string const charset = text_or_empty(g_mime_object_get_content_type_parameter(part, "charset"));
    if (!charset.empty() && !is_known_charset(charset)) {
      loss("charset unknown: " + mail::sound_text(guessed_to_utf8(charset.substr(0, 60)).text, base::TextShape::line));
    }
    auto const decoded = to_utf8(bytes, html ? charset_of_page(bytes, charset) : charset, charset_);
    if (!decoded.doubt.empty()) loss("text: " + std::string(decoded.doubt));
    std::string text = sound_body(html ? mail::plain_text_of_html(decoded.text) : decoded.text);
    bool const replaced = text.find(kReplacement) != std::string::npos;
    if (replaced && decoded.doubt.empty() && decoded.text.find(kReplacement) == std::string::npos) {
      loss("text with control characters");
    }
    return text;
  }

  void attach(GMimeObject* part, std::optional<std::string> text) {
    std::string const bytes = content_of(part);
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
