// SPDX-License-Identifier: Apache-2.0
// One channel of a channels file.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "config/channels_reader.hpp"
#include "config/roster_reader.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/notify/letter.hpp"

namespace umsops::config {
namespace {

using base::Milliseconds;
using notify::BodyType;
using notify::Channel;
using notify::ChannelType;

constexpr std::size_t kMostWords = 100, kMostLimits = 10, kMostHeaders = 20, kLongestUrl = 2000;
constexpr std::int64_t kMostAttempts = 100, kMostRedirects = 3, kMostInLimit = 100'000;
constexpr std::string_view kCommandExample = "program and arguments, e.g. [pass, show, desk-mail]";

template <class Enum>
Enum choice_of(Node const& node, std::span<std::string_view const> names, std::string_view what) {
  std::string const word = text_of(node);
  auto const found = std::find(names.begin(), names.end(), word);
  if (found == names.end())
    throw invalid(node.spot, fmt::format("{} is no {}", echo(word), what), suggest(word, {names.begin(), names.end()}));
  return static_cast<Enum>(found - names.begin());
}

notify::Command command_of(Node const& node) {
  if (node.kind != Node::Kind::list) throw invalid(node.spot, "a command is a list", std::string(kCommandExample));
  auto words = texts_of(node);
  if (words.empty() || words[0].empty()) throw invalid(node.spot, "a command without a program");
  if (words.size() > kMostWords) throw invalid(node.spot, fmt::format("more than {} words", kMostWords));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (auto const problem = base::check_text(words[i], base::TextShape::line))
      throw invalid(node.items[i].spot, "not one line of text: " + problem->what);
  }
  return words;
}

/// Printable ASCII without blanks: what goes into a request as it stands.
std::string url_of(Node const& node, std::vector<std::string_view> const& schemes) {
  std::string url = text_of(node);
  bool const sound = url.size() <= kLongestUrl && std::all_of(url.begin(), url.end(), [](char c) {
                       return c > 0x20 && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\';
                     });
  auto const scheme = url.substr(0, std::min(url.find("://"), url.size()));
  bool const known = std::find(schemes.begin(), schemes.end(), scheme) != schemes.end();
  auto const host = url.size() > scheme.size() + 3 ? url.substr(scheme.size() + 3) : std::string();
  if (!sound || !known || host.empty() || host.front() == '/' || host.front() == ':')
    throw invalid(node.spot, fmt::format("not an address for this: {}", echo(url)),
                  fmt::format("{}://host...", fmt::join(schemes, "://host..., ")));
  if (host.substr(0, host.find('/')).find('@') != std::string::npos)
    throw invalid(node.spot, "a name or password in an address", "user and password_command, or authorization_command");
  return url;
}

std::string mailbox_of(Node const& node) {
  std::string text = line_of(node);
  if (!notify::is_address(notify::bare_address(text)))
    throw invalid(node.spot, fmt::format("not a mail address: {}", echo(text)),
                  "desk@example.com, or 'Service desk <desk@example.com>'");
  return text;
}

/// `5/15m`: so many within that time.
notify::Limit limit_of(Node const& node) {
  std::string const text = text_of(node);
  auto const slash = std::min(text.find('/'), text.size());
  auto const count = base::parse_integer(std::string_view(text).substr(0, slash), 1, kMostInLimit);
  auto const span = slash < text.size() ? base::parse_duration(std::string_view(text).substr(slash + 1)) : std::nullopt;
  if (!count || !span || *span < std::chrono::seconds(1) || *span > std::chrono::hours(24))
    throw invalid(node.spot, fmt::format("{} is no limit", echo(text)), "e.g. 5/15m: five within 15 minutes, up to 1d");
  return {*count, *span};
}

void read_limits(Node const& node, Channel& out) {
  out.limits.clear();
  if (node.kind == Node::Kind::scalar && text_of(node) == "none") return;
  if (node.kind != Node::Kind::list || node.items.size() > kMostLimits)
    throw invalid(node.spot, "limits is a list of up to ten, or none", "e.g. limits: [5/15m, 11/1h]");
  for (auto const& item : node.items) out.limits.push_back(limit_of(item));
}

void read_headers(Node const& node, Channel& out, Problems& problems) {
  if (node.kind != Node::Kind::map || node.members.size() > kMostHeaders)
    throw invalid(node.spot, "headers is a map of up to twenty", "e.g. headers: {X-Desk: identity}");
  for (auto const& [key, value] : node.members) {
    problems.guard([&, &key = key, &value = value] {
      std::string const name = text_of(key), text = text_of(value);
      bool const token = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      });
      auto const lower = base::ascii_lower(name);
      bool const ours = lower == "content-type" || lower == "content-length" || lower == "host" ||
                        lower == "idempotency-key" || lower == "authorization" || lower == "transfer-encoding";
      if (!token || ours)
        throw invalid(key.spot, fmt::format("{} cannot be set here", echo(name)),
                      lower == "authorization" ? "authorization_command" : "");
      bool const plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
      if (!plain) throw invalid(value.spot, "not one line of ASCII");
      out.headers.emplace_back(name, text);
    });
  }
}

std::vector<std::string_view> keys_for(ChannelType type) {
  std::vector<std::string_view> keys{"type", "timeout", "attempts", "limits"};
  auto const add = [&](std::initializer_list<std::string_view> more) { keys.insert(keys.end(), more); };
  switch (type) {
    case ChannelType::smtp:
      add({"url", "from", "reply_to", "user", "password_command", "ca_file", "plain"});
      break;
    case ChannelType::sendmail:
      add({"command", "from", "reply_to"});
      break;
    case ChannelType::webhook:
      add({"body", "url", "url_command", "secret_command", "authorization_command", "headers", "ca_file", "plain",
           "redirects", "private_redirects"});
      break;
    case ChannelType::command:
      add({"command"});
      break;
    case ChannelType::file:
      add({"path"});
      break;
  }
  return keys;
}

void check_plain(Node const& node, Channel const& channel) {
  Node const* const url = node.find("url");
  if (url && channel.url.starts_with("http://") && !channel.plain_allowed)
    throw invalid(url->spot, "http:// lets everybody on the way read it", "https://, or plain: true beside it");
  if (url && channel.plain_allowed && !channel.password_command.empty() && channel.type == ChannelType::smtp)
    throw invalid(url->spot, "a password without encryption", "leave plain out, or user and password_command");
}

/// What a channel of its type cannot do without.
void check_needed(Node const& node, Channel const& channel) {
  switch (channel.type) {
    case ChannelType::smtp:
      need(node, "url", "e.g. url: smtps://mail.example.com");
      need(node, "from", "e.g. from: Service desk <desk@example.com>");
      if (channel.user.empty() != channel.password_command.empty())
        throw invalid(node.spot, "user and password_command go together");
      break;
    case ChannelType::sendmail:
      need(node, "from", "e.g. from: Service desk <desk@example.com>");
      break;
    case ChannelType::webhook:
      if (channel.url.empty() == channel.url_command.empty())
        throw invalid(node.spot, "a webhook has either url or url_command", "e.g. url: https://hooks.example.com/x");
      if (channel.body == BodyType::pagerduty)
        need(node, "secret_command", "it prints the routing key, e.g. [pass, show, pagerduty]");
      break;
    case ChannelType::command:
      need(node, "command", std::string(kCommandExample));
      break;
    case ChannelType::file:
      need(node, "path", "e.g. path: /var/log/umsops/messages.jsonl");
      break;
  }
  check_plain(node, channel);
}

void read_kind(Node const& node, Channel& out) {
  out.type = choice_of<ChannelType>(need(node, "type", "smtp, sendmail, webhook, command or file"),
                                    notify::channel_type_names(), "type of channel");
  if (Node const* const body = node.find("body"); body && out.type == ChannelType::webhook)
    out.body = choice_of<BodyType>(*body, notify::body_type_names(), "body of a webhook");
  bool const no_url = !node.find("url") && !node.find("url_command");
  if (out.body == BodyType::pagerduty && no_url) out.url = "https://events.pagerduty.com/v2/enqueue";
  if (out.type == ChannelType::sendmail) out.command = {"/usr/sbin/sendmail", "-i"};
  out.limits = notify::usual_limits(out.type, out.body);
}

}  // namespace

std::string path_beside(Node const& node) {
  std::string const text = text_of(node);
  if (text.empty() || base::check_text(text, base::TextShape::line)) throw invalid(node.spot, "not a path");
  auto const folder = std::filesystem::path(node.spot.file()).parent_path();
  return text.front() == '/' ? text : (folder / text).lexically_normal().string();
}

Channel read_channel(Node const& key, Node const& node, Problems& problems) {
  Channel out;
  out.name = name_of(key);
  out.spot = key.spot;
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a channel is a map", "e.g. mail: {type: smtp, ...}");
  read_kind(node, out);
  problems.check_keys(node, keys_for(out.type));
  auto const each = [&](std::string_view name, auto const& act) {
    if (Node const* const value = node.find(name)) problems.guard([&] { act(*value); });
  };
  std::vector<std::string_view> const schemes = out.type == ChannelType::smtp
                                                    ? std::vector<std::string_view>{"smtps", "smtp"}
                                                    : std::vector<std::string_view>{"https", "http"};
  each("url", [&](Node const& v) { out.url = url_of(v, schemes); });
  each("plain", [&](Node const& v) { out.plain_allowed = boolean_of(v); });
  each("from", [&](Node const& v) { out.from = mailbox_of(v); });
  each("reply_to", [&](Node const& v) { out.reply_to = mailbox_of(v); });
  each("user", [&](Node const& v) { out.user = line_of(v); });
  each("ca_file", [&](Node const& v) { out.ca_file = path_beside(v); });
  each("path", [&](Node const& v) { out.path = path_beside(v); });
  each("command", [&](Node const& v) { out.command = command_of(v); });
  each("url_command", [&](Node const& v) { out.url_command = command_of(v); });
  each("secret_command", [&](Node const& v) { out.secret_command = command_of(v); });
  each("password_command", [&](Node const& v) { out.password_command = command_of(v); });
  each("authorization_command", [&](Node const& v) { out.authorization_command = command_of(v); });
  each("headers", [&](Node const& v) { read_headers(v, out, problems); });
  each("redirects", [&](Node const& v) { out.redirects = static_cast<int>(integer_of(v, 0, kMostRedirects)); });
  each("private_redirects", [&](Node const& v) { out.private_redirects = boolean_of(v); });
  each("attempts", [&](Node const& v) { out.attempts = integer_of(v, 1, kMostAttempts); });
  each("limits", [&](Node const& v) { read_limits(v, out); });
  each("timeout", [&](Node const& v) {
    auto const span = base::parse_duration(text_of(v));
    if (!span || *span < std::chrono::seconds(1) || *span > std::chrono::minutes(5))
      throw invalid(v.spot, fmt::format("{} is no duration from 1s to 5m", echo(text_of(v))), "e.g. 30s");
    out.timeout = *span;
  });
  problems.guard([&] { check_needed(node, out); });
  return out;
}

}  // namespace umsops::config
