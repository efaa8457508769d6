// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/fields.hpp"

#include <algorithm>

#include "cli/helpers/mail/addresses.hpp"
#include "cli/helpers/mail/charset.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "cli/helpers/mail/ids.hpp"
#include "cli/helpers/mail/reader.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kLongestField = 64u << 10;  // bytes that are read of one field
constexpr std::size_t kLongestText = 2000, kLongestAddress = 320, kLongestSign = 320;
constexpr std::size_t kMostAddresses = 500, kMostRepeated = 50;

/// The fields of one message.
class Fields {
 public:
  Fields(mail::Message& message, GMimeMessage* parsed, std::string const& charset)
      : message_(message), list_(g_mime_object_get_header_list(GMIME_OBJECT(parsed))), charset_(charset) {}

  /// All fields of that name as they stood.
  std::vector<std::string> all(char const* name) {
    std::vector<std::string> values;
    if (!has(name)) return values;
    for (int i = 0; i < g_mime_header_list_get_count(list_) && values.size() < kMostRepeated; ++i) {
      GMimeHeader* const header = g_mime_header_list_get_header_at(list_, i);
      if (g_ascii_strcasecmp(g_mime_header_get_name(header), name) != 0) continue;
      std::string value = text_or_empty(g_mime_header_get_raw_value(header));
      if (value.size() > kLongestField) {
        loss(std::string(name) + ": cut, it is " + std::to_string(value.size()) + " bytes long");
        value.resize(kLongestField);
      }
      values.push_back(std::move(value));
    }
    return values;
  }

  /// The first field of that name; empty: there is none. It is told when others say something else.
  std::string raw(char const* name) {
    auto const values = all(name);
    if (values.empty()) return {};
    bool const same = std::all_of(values.begin(), values.end(), [&](auto const& one) { return one == values.front(); });
    if (!same) loss(std::string(name) + ": several, the first is taken");
    return values.front();
  }

  bool has(char const* name) const { return g_mime_header_list_contains(list_, name) != 0; }

  std::string text(char const* name, std::size_t most = kLongestText) {
    auto const whole = decode_header(raw(name), charset_);
    if (whole.text.size() > most) loss(std::string(name) + ": cut");
    doubt(name, whole);
    return mail::sound_line(whole.text, most);
  }

  /// The first word of a field that programs write.
  std::string sign(char const* name) {
    std::string const raw = has(name) ? all(name).front() : std::string();
    return mail::sound_line(decode_header(raw).text, kLongestSign);
  }

  std::vector<mail::Address> addresses(char const* name) {
    std::vector<mail::Address> found;
    auto const values = all(name);
    for (auto const& raw : values) {
      if (&raw != values.data() && raw == values.front()) continue;
      auto const decoded = decode_address_header(raw, charset_);
      doubt(name, decoded);
      for (auto& one : read_addresses(decoded.text, kMostAddresses - found.size())) found.push_back(std::move(one));
      if (found.size() < kMostAddresses) continue;
      loss(std::string(name) + ": only the first " + std::to_string(kMostAddresses) + " addresses");
      break;
    }
    return found;
  }

  void problem(std::string what) { message_.problems.push_back(mail::sound_line(what, kLongestText)); }
  void loss(std::string what) { note_loss(message_, mail::sound_line(what, kLongestText)); }

 private:
  void doubt(char const* name, Decoded const& decoded) {
    if (!decoded.doubt.empty()) loss(std::string(name) + ": " + std::string(decoded.doubt));
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

/// The mailbox of From, and all others that may be its author's.
void read_senders(Fields& fields, mail::Message& message, std::string const& envelope_sender) {
  for (auto const* name : {"From", "X-Original-From", "X-Original-Sender", "Sender"}) {
    for (auto& one : fields.addresses(name)) message.senders.push_back(std::move(one));
    if (std::string_view(name) != "From" || message.senders.empty()) continue;
    auto const is_usable = [](mail::Address const& one) { return one.address.find('@') != std::string::npos; };
    auto best = std::find_if(message.senders.begin(), message.senders.end(), is_usable);
    if (best == message.senders.end()) best = message.senders.begin();
    message.from = *best;
    message.senders.erase(best);
    if (!message.senders.empty()) fields.problem("From: several addresses, the first is taken");
  }
  if (message.from) return;
  for (auto const* list : {&message.senders, &message.reply_to}) {
    if (message.from || list->empty()) continue;
    message.from = list->front();
    fields.loss("no From: the sender is taken from another field");
  }
  if (message.from) return;
  fields.loss("no From");
  for (std::string const& address : {message.return_path.value_or(""), envelope_sender}) {
    if (!message.from && address.find('@') != std::string::npos) {
      message.from =
          mail::Address{{}, base::person_name(mail::sound_line(guessed_to_utf8(address).text, kLongestAddress))};
    }
  }
}

/// Return-Path, or what stands for an empty one: in the line of a mbox, where it cannot be empty, this name.
std::optional<std::string> return_path_of(Fields& fields, std::string const& envelope_sender) {
  if (fields.has("Return-Path")) {
    auto const path = fields.addresses("Return-Path");
    return path.empty() ? std::string() : path.front().address;
  }
  bool const empty = envelope_sender == "MAILER-DAEMON" || envelope_sender == "<>";
  return empty ? std::optional(std::string()) : std::nullopt;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), base::ascii_lower(word)) != words.end();
}

/// The field by which a program says that it answers, or writes by itself: `X-Autoreply: yes`.
std::string autoresponder_of(Fields& fields) {
  for (auto const* name :
       {"X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Auto-Respond", "X-Autoresponder", "X-Auto-Responder",
        "X-Mail-Autoreply", "X-Auto-Reply-From", "X-AutoReply-From", "X-Autogenerated", "X-Auto-Generated",
        "X-Auto-Submitted", "X-FC-MachineGenerated", "X-MS-Exchange-Generated-Message-Source", "X-Failed-Recipients"}) {
    auto const value = fields.sign(name);
    if (!value.empty() && !is_one_of(value, {"no", "none", "false", "0"})) return std::string(name) + ": " + value;
  }
  for (auto const* name : {"X-Precedence", "Preference"}) {
    auto const value = fields.sign(name);
    if (is_one_of(value, {"bulk", "junk", "auto_reply"})) return std::string(name) + ": " + value;
  }
  for (auto const& value : fields.all("Delivered-To")) {
    if (is_one_of(mail::sound_line(value, kLongestSign), {"autoresponder"})) return "Delivered-To: Autoresponder";
  }
  return {};
}

/// What a filter on the way says of it.
std::string spam_sign_of(Fields& fields) {
  for (auto const* name : {"X-Spam-Flag", "X-Spam", "X-Spam-Status", "X-Spam-Result"}) {
    auto const value = fields.sign(name);
    auto const word = base::ascii_lower(std::string_view(value).substr(0, value.find_first_of(" ,;")));
    if (is_one_of(word, {"yes", "true", "spam"})) return std::string(name) + ": " + value;
  }
  return {};
}

/// The address of `List-Post: <mailto:help@example.com?subject=x>`.
std::string list_post_of(Fields& fields) {
  auto const value = fields.sign("List-Post");
  constexpr std::string_view kScheme = "mailto:";
  auto const at = base::ascii_lower(value).find(kScheme);
  if (at == std::string::npos) return {};
  auto const address = value.substr(at + kScheme.size());
  return base::person_name(address.substr(0, address.find_first_of(">?, ")));
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
  message.return_path = return_path_of(fields, envelope_sender);
  message.reply_to = fields.addresses("Reply-To");
  read_senders(fields, message, envelope_sender);
  message.to = fields.addresses("To");
  message.cc = fields.addresses("Cc");
  if (fields.has("Date")) {
    message.date = time_of(decode_header(fields.raw("Date")).text);
    if (!message.date) fields.loss("Date: not a date");
  }
  message.message_id = read_id(fields.raw("Message-ID"));
  message.in_reply_to = read_ids(fields.raw("In-Reply-To"));
  message.references = read_ids(fields.raw("References"));
  message.auto_submitted = fields.sign("Auto-Submitted");
  message.precedence = fields.sign("Precedence");
  if (message.precedence.empty()) message.precedence = fields.sign("X-Precedence");
  message.auto_response_suppress = fields.sign("X-Auto-Response-Suppress");
  message.autoresponder = autoresponder_of(fields);
  message.spam = spam_sign_of(fields);
  message.list_id = fields.sign("List-Id");
  message.list_post = list_post_of(fields);
}

}  // namespace umsops::mail_helper
