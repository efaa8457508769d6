// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/fields.hpp"

#include <algorithm>

#include "cli/helpers/mail/charset.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "cli/helpers/mail/reader.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kLongestField = 64u << 10;  // bytes that are read of one field
constexpr std::size_t kLongestText = 2000, kLongestAddress = 320, kLongestId = 998;
constexpr std::size_t kMostAddresses = 500, kMostIds = 200;

std::string line(std::string_view text, std::size_t most) {
  std::string sound = mail::sound_text(text, base::TextShape::line);
  auto const cut = mail::first_bytes(sound, most);
  auto const begin = std::min(cut.find_first_not_of(' '), cut.size());
  auto const end = cut.find_last_not_of(' ');
  return std::string(begin < cut.size() ? cut.substr(begin, end - begin + 1) : std::string_view());
}

/// The fields of one message.
class Fields {
 public:
  Fields(mail::Message& message, GMimeMessage* parsed, std::string const& charset)
      : message_(message), list_(g_mime_object_get_header_list(GMIME_OBJECT(parsed))), charset_(charset) {}

  /// The first field of that name as it stood; empty: there is none. Repeated ones are told where only one may be.
  std::string raw(char const* name) {
    GMimeHeader* const header = g_mime_header_list_get_header(list_, name);
    if (header == nullptr) return {};
    std::string value = text_or_empty(g_mime_header_get_raw_value(header));
    if (value.size() > kLongestField) {
      loss(std::string(name) + ": cut, it is " + std::to_string(value.size()) + " bytes long");
      value.resize(kLongestField);
    }
    return value;
  }

  bool has(char const* name) const { return g_mime_header_list_contains(list_, name) != 0; }

  std::string text(char const* name, std::size_t most = kLongestText) {
    auto const whole = decode_header(raw(name), charset_);
    if (whole.text.size() > most) loss(std::string(name) + ": cut");
    doubt(name, whole);
    return line(whole.text, most);
  }

  std::vector<mail::Address> addresses(char const* name) {
    std::vector<mail::Address> found;
    auto const decoded = decode_address_header(raw(name), charset_);
    std::string const& value = decoded.text;
    doubt(name, decoded);
    if (value.empty()) return found;
    if (InternetAddressList* const list = internet_address_list_parse(parser_options(), value.c_str())) {
      add(found, list);
      g_object_unref(list);
    }
    if (found.empty() && value.find('@') == std::string::npos) {
      // Only a name, as bounces have it: `MAILER DAEMON <>`.
      auto alone = line(value.substr(0, value.find_first_of("<:,;")), kLongestText);
      if (!alone.empty()) found.push_back({std::move(alone), {}});
    }
    if (found.size() >= kMostAddresses)
      loss(std::string(name) + ": only the first " + std::to_string(kMostAddresses) + " addresses");
    return found;
  }

  std::optional<mail::Address> address(char const* name) {
    auto found = addresses(name);
    if (found.empty()) return std::nullopt;
    if (found.size() > 1) problem(std::string(name) + ": several addresses, the first is taken");
    return found.front();
  }

  /// Ids without their brackets.
  std::vector<std::string> ids(char const* name) {
    std::vector<std::string> found;
    std::string const value = raw(name);
    if (value.empty()) return found;
    GMimeReferences* const list = g_mime_references_parse(parser_options(), value.c_str());
    for (int i = 0; i < g_mime_references_length(list); ++i) {
      auto id = line(guessed_to_utf8(text_or_empty(g_mime_references_get_message_id(list, i))).text, kLongestId);
      if (!id.empty()) found.push_back(std::move(id));
    }
    g_mime_references_free(list);
    if (found.size() > kMostIds)
      found.erase(found.begin() + 1, found.end() - static_cast<std::ptrdiff_t>(kMostIds - 1));
    return found;
  }

  void problem(std::string what) { message_.problems.push_back(line(what, kLongestText)); }
  void loss(std::string what) { note_loss(message_, line(what, kLongestText)); }

 private:
  void doubt(char const* name, Decoded const& decoded) {
    if (!decoded.doubt.empty()) loss(std::string(name) + ": " + std::string(decoded.doubt));
  }

  void add(std::vector<mail::Address>& found, InternetAddressList* list) {
    for (int i = 0; i < internet_address_list_length(list) && found.size() < kMostAddresses; ++i) {
      InternetAddress* const entry = internet_address_list_get_address(list, i);
      if (INTERNET_ADDRESS_IS_GROUP(entry)) {
        InternetAddressList* const members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(entry));
        if (members != nullptr && members != list) add(found, members);
        continue;
      }
      mail::Address address;
      address.name =
          line(guessed_to_utf8(text_or_empty(internet_address_get_name(entry)), charset_).text, kLongestText);
      address.address =
          line(guessed_to_utf8(text_or_empty(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(entry)))).text,
               kLongestAddress);
      address.address = base::person_name(address.address);
      if (!address.address.empty() || !address.name.empty()) found.push_back(std::move(address));
    }
  }

  mail::Message& message_;
  GMimeHeaderList* list_;
  std::string const& charset_;
};

std::optional<base::TimePoint> time_of(std::string const& raw) {
  GDateTime* const date = g_mime_utils_header_decode_date(raw.c_str());
  if (date == nullptr) return std::nullopt;
  auto const seconds = g_date_time_to_unix(date);
  int const year = g_date_time_get_year(date);
  g_date_time_unref(date);
  if (year < 1900 || year > 9998) return std::nullopt;
  return base::TimePoint{std::chrono::seconds{seconds}};
}

std::optional<mail::Address> sender_of(Fields& fields, std::optional<std::string> const& return_path,
                                       std::string const& envelope_sender) {
  for (auto const* name : {"From", "Sender", "Reply-To"}) {
    if (auto address = fields.address(name)) {
      if (std::string_view(name) != "From") fields.loss(std::string("no From: the sender is taken from ") + name);
      return address;
    }
  }
  fields.loss("no From");
  for (std::string const& address : {return_path.value_or(""), envelope_sender}) {
    if (address.find('@') != std::string::npos)
      return mail::Address{{}, line(guessed_to_utf8(address).text, kLongestAddress)};
  }
  return std::nullopt;
}

}  // namespace

GMimeParserOptions* parser_options() {
  static GMimeParserOptions* const options = [] {
    GMimeParserOptions* const made = g_mime_parser_options_new();
    g_mime_parser_options_set_allow_addresses_without_domain(made, TRUE);
    g_mime_parser_options_set_address_compliance_mode(made, GMIME_RFC_COMPLIANCE_LOOSE);
    g_mime_parser_options_set_parameter_compliance_mode(made, GMIME_RFC_COMPLIANCE_LOOSE);
    g_mime_parser_options_set_rfc2047_compliance_mode(made, GMIME_RFC_COMPLIANCE_LOOSE);
    // The last one keeps every byte, so that a name without a charset can be guessed afterwards.
    char const* charsets[] = {"utf-8", "iso-8859-1", nullptr};
    g_mime_parser_options_set_fallback_charsets(made, charsets);
    return made;
  }();
  return options;
}

std::string named_charset(GMimeMessage* parsed) {
  GMimeObject* part = g_mime_message_get_mime_part(parsed);
  for (int depth = 0; GMIME_IS_MULTIPART(part) && depth < 40; ++depth) {
    auto* const multipart = GMIME_MULTIPART(part);
    part = g_mime_multipart_get_count(multipart) > 0 ? g_mime_multipart_get_part(multipart, 0) : nullptr;
  }
  auto const* const said = GMIME_IS_PART(part) ? g_mime_object_get_content_type_parameter(part, "charset") : nullptr;
  if (std::string charset = text_or_empty(said); says_charset(charset)) return charset;
  GMimeHeaderList* const list = g_mime_object_get_header_list(GMIME_OBJECT(parsed));
  for (auto const* name : {"Subject", "From"}) {
    GMimeHeader* const header = g_mime_header_list_get_header(list, name);
    auto const* const raw = header != nullptr ? g_mime_header_get_raw_value(header) : nullptr;
    if (auto charset = charset_of_words(text_or_empty(raw)); says_charset(charset)) return charset;
  }
  return {};
}

void read_fields(mail::Message& message, GMimeMessage* parsed, std::string const& envelope_sender,
                 std::string const& charset) {
  Fields fields(message, parsed, charset);
  message.subject = fields.text("Subject");
  if (fields.has("Return-Path")) {
    auto const path = fields.address("Return-Path");
    message.return_path = path ? path->address : "";
  }
  message.from = sender_of(fields, message.return_path, envelope_sender);
  message.reply_to = fields.addresses("Reply-To");
  message.to = fields.addresses("To");
  message.cc = fields.addresses("Cc");
  if (fields.has("Date")) {
    message.date = time_of(decode_header(fields.raw("Date")).text);
    if (!message.date) fields.loss("Date: not a date");
  }
  if (auto ids = fields.ids("Message-ID"); !ids.empty()) message.message_id = std::move(ids.front());
  message.in_reply_to = fields.ids("In-Reply-To");
  message.references = fields.ids("References");
  message.auto_submitted = fields.text("Auto-Submitted", kLongestAddress);
  message.precedence = fields.text("Precedence", kLongestAddress);
  message.auto_response_suppress = fields.text("X-Auto-Response-Suppress", kLongestAddress);
  message.list_id = fields.text("List-Id", kLongestAddress);
}

}  // namespace umsops::mail_helper
