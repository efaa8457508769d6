// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/addresses.hpp"

#include <algorithm>

#include "cli/helpers/mail/charset.hpp"
#include "cli/helpers/mail/fields.hpp"
#include "cli/helpers/mail/glib.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::size_t kLongestName = 2000, kLongestAddress = 320;

/// Without quotes that belong to no standard: `'Li Na' <'li.na@example.com'>`.
std::string_view without_quotes(std::string_view text) {
  bool const quoted = text.size() > 2 && text.starts_with('\'') && text.ends_with('\'');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// `local@domain`, and nothing that belongs to another word.
bool is_address(std::string_view text) {
  auto const at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == text.npos &&
         text.find_first_of(" \t<>,;\"") == text.npos;
}

/// A word or what stands in brackets, as an address; empty: it is none.
std::string_view as_address(std::string_view text) {
  text = mail::trimmed(text, " \t\r\n'");
  if (text.size() > 7 && base::ascii_lower(text.substr(0, 7)) == "mailto:") text.remove_prefix(7);
  if (text.starts_with('@')) text.remove_prefix(std::min(text.find(':') + 1, text.size()));  // a route (RFC 822)
  while (text.ends_with('.')) text.remove_suffix(1);
  return is_address(text) ? text : std::string_view();
}

/// A name without the marks around it.
std::string plain_name(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bool const escaped = text[at] == '\\' && at + 1 < text.size();
    if (escaped) ++at;
    if (text[at] != '"' || escaped) out += text[at];
  }
  auto name = mail::trimmed(out, " \t\r\n,;'\\");
  if (name.starts_with('(') && name.ends_with(')')) name = mail::trimmed(name.substr(1, name.size() - 2));
  while (name.ends_with("[]")) name = mail::trimmed(name.substr(0, name.size() - 2));
  return mail::sound_line(name, kLongestName);
}

mail::Address made(std::string_view name, std::string_view address) {
  return {plain_name(name), base::person_name(mail::sound_line(address, kLongestAddress))};
}

/// The words of a piece without brackets, those in round brackets apart.
struct Words {
  std::vector<std::string_view> addresses, in_comments;
};
Words words_of(std::string_view piece) {
  Words words;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < piece.size();) {
    auto const end = std::min(piece.find_first_of(" \t\r\n()[]<>\",;:", at), piece.size());
    auto word = piece.substr(at, end - at);
    if (auto const address = as_address(word); !address.empty()) {
      (depth == 0 ? words.addresses : words.in_comments).push_back(address);
    }
    if (end < piece.size() && piece[end] == '(') ++depth;
    if (end < piece.size() && piece[end] == ')' && depth > 0) --depth;
    at = end + 1;
  }
  return words;
}

/// One piece of a field: a name with an address in brackets, or addresses among other words.
void add_piece(std::vector<mail::Address>& found, std::string_view piece) {
  auto const close = piece.rfind('>');
  auto const open = close == piece.npos ? piece.npos : piece.rfind('<', close);
  if (open != piece.npos) {
    auto const address = as_address(piece.substr(open + 1, close - open - 1));
    if (!address.empty()) return found.push_back(made(piece.substr(0, open), address));
  }
  auto words = words_of(piece);
  if (words.addresses.empty()) words.addresses.swap(words.in_comments);
  if (words.addresses.size() != 1) {
    for (auto const address : words.addresses) found.push_back(made({}, address));
    return;
  }
  auto const address = words.addresses.front();
  std::string rest(piece);
  auto begin = static_cast<std::size_t>(address.data() - piece.data());
  rest.erase(begin, address.size());
  constexpr std::string_view kScheme = "mailto:";
  if (begin >= kScheme.size() && base::ascii_lower(rest.substr(begin - kScheme.size(), kScheme.size())) == kScheme) {
    rest.erase(begin - kScheme.size(), kScheme.size());
  }
  found.push_back(made(rest, address));
}

/// The field read as people mean it: a comma divides only behind an address.
std::vector<mail::Address> read_freely(std::string_view text, bool heed_quotes, std::size_t most) {
  std::vector<mail::Address> found;
  bool quoted = false, bracket = false, addressed = false;
  std::size_t begin = 0, at_sign = text.npos;
  for (std::size_t at = 0; at <= text.size() && found.size() < most; ++at) {
    char const c = at < text.size() ? text[at] : ';';
    if (heed_quotes && quoted && c == '\\') {
      ++at;
      continue;
    }
    if (heed_quotes && c == '"' && at < text.size()) quoted = !quoted;
    if (quoted && at < text.size()) continue;
    if (c == '@') at_sign = at;
    if (c == '<') bracket = true, addressed = false, at_sign = text.npos;
    if (c == '>') bracket = false, addressed = at_sign != text.npos;
    bool const scheme = c == ':' && at >= begin + 6 && base::ascii_lower(text.substr(at - 6, 6)) == "mailto";
    bool const divides = c == ',' || c == ';' || (c == ':' && at_sign == text.npos && !scheme);
    if (!divides || (at < text.size() && c != ':' && !addressed && at_sign == text.npos)) continue;
    if (c == ':') {
      if (!bracket) begin = at + 1;  // behind the name of a group, `Team: a@b;`
      continue;
    }
    add_piece(found, text.substr(begin, at - begin));
    begin = at + 1;
    bracket = addressed = false;
    at_sign = text.npos;
  }
  return found;
}

void add_parsed(std::vector<mail::Address>& found, InternetAddressList* list, std::size_t most) {
  for (int i = 0; i < internet_address_list_length(list) && found.size() < most; ++i) {
    InternetAddress* const entry = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(entry)) {
      InternetAddressList* const members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(entry));
      if (members != nullptr && members != list) add_parsed(found, members, most);
      continue;
    }
    auto const* const address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(entry));
    mail::Address made;
    auto const name =
        mail::sound_line(guessed_to_utf8(text_or_empty(internet_address_get_name(entry))).text, kLongestName);
    auto const said = mail::sound_line(guessed_to_utf8(text_or_empty(address)).text, kLongestAddress);
    made.name = without_quotes(name);
    made.address = base::person_name(without_quotes(said));
    if (!made.address.empty() || !made.name.empty()) found.push_back(std::move(made));
  }
}

/// The field read as the standard has it.
std::vector<mail::Address> read_strictly(std::string const& field, std::size_t most) {
  std::vector<mail::Address> found;
  if (InternetAddressList* const list = internet_address_list_parse(parser_options(), field.c_str())) {
    add_parsed(found, list, most);
    g_object_unref(list);
  }
  return found;
}

/// Whether the parser made an address of a part of a word: `a@b@c` is not a@b.
bool is_of_part(std::string const& field, std::vector<mail::Address> const& found) {
  auto const at = field.find('@');
  auto const next = at == field.npos ? at : field.find_first_of("@ \t\r\n<>,;:\"()", at + 1);
  return found.size() == 1 && next != field.npos && field[next] == '@';
}

bool lacks_address(mail::Address const& one) { return !is_address(one.address); }

/// Whether a name without an address stands before one with: `Li, Na <a@b>` is one mailbox.
bool is_torn(std::vector<mail::Address> const& found) {
  auto const alone = std::find_if(found.begin(), found.end(), lacks_address);
  return alone != found.end() && !std::all_of(alone, found.end(), lacks_address);
}

std::string with_plain_brackets(std::string text) {
  for (auto const& [wide, plain] : {std::pair{"＜", '<'}, std::pair{"＞", '>'}}) {
    std::string const from = wide;
    if (text.find(from) == text.npos) continue;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      bool const here = text.compare(at, from.size(), from) == 0;
      out += here ? plain : text[at];
      at += here ? from.size() : 1;
    }
    text = std::move(out);
  }
  return text;
}

void keep_each_once(std::vector<mail::Address>& found) {
  std::vector<mail::Address> once;
  for (auto& one : found) {
    auto const known = std::find_if(once.begin(), once.end(), [&](auto const& other) {
      return other.address == one.address && (!one.address.empty() || other.name == one.name);
    });
    if (known == once.end()) once.push_back(std::move(one));
  }
  found = std::move(once);
}

/// Only a name, as bounces have it: `MAILER DAEMON <>`.
std::vector<mail::Address> only_name(std::string_view field) {
  if (field.find(':') != field.npos) return {};  // a group without members
  bool const name = field.find('@') == field.npos;
  auto text = plain_name(name ? field.substr(0, field.find_first_of("<,;")) : field);
  if (text.empty()) return {};
  return {{std::move(text), {}}};
}

}  // namespace

std::vector<mail::Address> read_addresses(std::string const& field, std::size_t most) {
  if (mail::trimmed(field).empty()) return {};
  std::string const text = with_plain_brackets(field);
  bool const closed = std::count(text.begin(), text.end(), '"') % 2 == 0;
  auto found = read_strictly(text, most);
  auto freely = read_freely(text, closed, most);
  bool const part = is_of_part(text, found);
  bool const semicolons = text.find(';') != text.npos && text.find(':') == text.npos;
  bool const bad = found.empty() || part || semicolons || is_torn(found);
  if (freely.size() > found.size() || (bad && !freely.empty())) found = std::move(freely);
  // An address inside an encoded word, or inside quotes, when there is no other.
  bool const none = part || std::all_of(found.begin(), found.end(), lacks_address);
  if (none && text.find('@') != text.npos) {
    auto inside = read_freely(text, false, most);
    if (!inside.empty() || part) found = std::move(inside);
  }
  if (found.empty()) found = only_name(text);
  keep_each_once(found);
  return found;
}

}  // namespace umsops::mail_helper
