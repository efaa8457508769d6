// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/header.hpp"

#include <algorithm>

#include "cli/helpers/mail/fields.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "umsops/base/ascii.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kLongestField = 64u << 10, kMostColons = 1000;
constexpr std::string_view kAddressFields[] = {"from", "to", "cc", "bcc", "sender", "reply-to"};

/// The value without folds.
std::string value_of(Field const& field) {
  auto const text = std::string_view(field.text).substr(0, kLongestField);
  std::string value;
  for (char const c : text.substr(std::min(text.find(':') + 1, text.size()))) {
    if (c != '\r' && c != '\n' && c != '\0') value += c;
  }
  return value;
}

Field const* find(std::vector<Field> const& fields, std::string_view name) {
  auto const found = std::find_if(fields.begin(), fields.end(), [&](auto const& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace

BodyKind kind_of_body(std::vector<Field> const& fields) {
  BodyKind kind;
  auto const* const field = find(fields, "content-type");
  if (field == nullptr) return kind;
  kind.named = true;
  auto const* const encoding = find(fields, "content-transfer-encoding");
  Owned<GMimeContentType> const parsed(g_mime_content_type_parse(parser_options(), value_of(*field).c_str()));
  if (!parsed) return kind;
  kind.type = base::ascii_lower(take_text(g_mime_content_type_get_mime_type(parsed.get())));
  kind.multipart = kind.type.starts_with("multipart/");
  bool const encoded = encoding != nullptr && is_encoding(*encoding);
  kind.message =
      !encoded && (kind.type == "message/rfc822" || kind.type == "message/global" || kind.type == "message/news");
  if (kind.multipart) kind.boundary = text_or_empty(g_mime_content_type_get_parameter(parsed.get(), "boundary"));
  return kind;
}

bool is_encoding(Field const& field) {
  auto const value = base::ascii_lower(value_of(field));
  return value.find("base64") != value.npos || value.find("quoted-printable") != value.npos ||
         value.find("uu") != value.npos;
}

bool append_tamed(std::string& out, Field const& field) {
  bool const addresses =
      field.name.starts_with("resent-") ||
      std::find(std::begin(kAddressFields), std::end(kAddressFields), field.name) != std::end(kAddressFields);
  auto room = field.text.size();
  if (addresses) {
    room = std::min(room, kLongestField);
    std::size_t colons = 0;  // each may open a group inside the last one
    for (std::size_t at = 0; at < room; ++at) {
      if (field.text[at] == ':' && ++colons > kMostColons) room = at;
    }
  }
  auto const begin = static_cast<std::ptrdiff_t>(out.size());
  out.append(field.text, 0, room);
  std::replace(out.begin() + begin, out.end(), '\0', '?');  // it would end the field
  if (!out.ends_with('\n')) out += '\n';
  return room < field.text.size();
}

}  // namespace umsops::mail_helper
