// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/content.hpp"

#include <algorithm>
#include <cstring>

#include "cli/helpers/mail/base64.hpp"
#include "cli/helpers/mail/charset.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kLongestName = 200, kLongestTitle = 150;

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

/// The subject of an attached message as a file name.
std::string name_of_message(GMimeObject* part, std::string_view charset) {
  GMimeMessage* const inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
  if (inner == nullptr) return {};
  GMimeHeader* const header =
      g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(inner)), "Subject");
  if (header == nullptr) return {};
  std::string const raw = text_or_empty(g_mime_header_get_raw_value(header));
  auto const subject =
      mail::sound_text(decode_header(base::first_bytes(raw, 8192), charset).text, base::TextShape::line);
  std::string name(base::first_bytes(mail::bare_subject(subject), kLongestTitle));
  if (name.empty()) return {};
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '\\'; }, '-');
  return name + ".eml";
}

std::string bytes_of(GMimeStream* memory) {
  GByteArray* const array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
  return {reinterpret_cast<char const*>(array->data), array->len};
}

std::string written(GMimeObject* object) {
  Owned<GMimeStream> const memory(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(object, nullptr, memory.get());
  return bytes_of(memory.get());
}

}  // namespace

bool is_type(GMimeObject* part, char const* type, char const* subtype) {
  return g_mime_content_type_is_type(g_mime_object_get_content_type(part), type, subtype) != 0;
}

bool is_mistyped(GMimeObject* part) {
  GMimeHeader* const header = g_mime_header_list_get_header(g_mime_object_get_header_list(part), "Content-Type");
  char const* const raw = header != nullptr ? g_mime_header_get_raw_value(header) : nullptr;
  return GMIME_IS_PART(part) && raw != nullptr && std::strchr(raw, '/') == nullptr;
}

std::string media_type(GMimeObject* part) {
  if (is_mistyped(part)) return "text/plain";
  std::string const said = take_text(g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part)));
  auto const sound = mail::sound_text(guessed_to_utf8(said).text, base::TextShape::line);
  return base::ascii_lower(base::first_bytes(sound, kLongestName));
}

bool is_attached(GMimeObject* part) {
  GMimeContentDisposition* const disposition = g_mime_object_get_content_disposition(part);
  return disposition != nullptr && g_mime_content_disposition_is_attachment(disposition) != 0;
}

std::string file_name(GMimeObject* part, std::string_view charset) {
  char const* name = GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part))
                                         : g_mime_object_get_content_disposition_parameter(part, "filename");
  if (name == nullptr && !GMIME_IS_PART(part)) name = g_mime_object_get_content_type_parameter(part, "name");
  if (name == nullptr && GMIME_IS_MESSAGE_PART(part)) return name_of_message(part, charset);
  std::string const text =
      mail::sound_text(decode_header(plain_bytes(part, text_or_empty(name)), charset).text, base::TextShape::line);
  auto const slash = text.find_last_of("/\\");  // nowhere: one behind npos is the beginning
  std::string base(base::first_bytes(std::string_view(text).substr(slash + 1), kLongestName));
  return base == "." || base == ".." ? std::string() : base;
}

Content content_of(GMimeObject* part) {
  if (GMIME_IS_MESSAGE_PART(part)) {
    GMimeMessage* const inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
    return {inner != nullptr ? written(GMIME_OBJECT(inner)) : std::string(), {}, {}};
  }
  if (!GMIME_IS_PART(part)) return {written(part), {}, {}};
  GMimeDataWrapper* const content = g_mime_part_get_content(GMIME_PART(part));
  if (content == nullptr) return {};
  Owned<GMimeStream> const memory(g_mime_stream_mem_new());
  if (g_mime_data_wrapper_get_encoding(content) != GMIME_CONTENT_ENCODING_BASE64) {
    g_mime_data_wrapper_write_to_stream(content, memory.get());
    return {bytes_of(memory.get()), {}, {}};
  }
  // GMime drops a last group without padding, and reads words as if they were base64.
  GMimeStream* const encoded = g_mime_data_wrapper_get_stream(content);
  g_mime_stream_reset(encoded);
  g_mime_stream_write_to_stream(encoded, memory.get());
  std::string const raw = bytes_of(memory.get());
  auto body = decode_base64_body(raw);
  return {std::move(body.bytes), std::string(body.rest), body.doubt};
}

}  // namespace umsops::mail_helper
