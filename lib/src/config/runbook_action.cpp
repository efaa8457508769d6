// SPDX-License-Identifier: Apache-2.0
// What a step of a runbook does: commands and requests.
#include <fmt/format.h>

#include <algorithm>

#include "config/roster_reader.hpp"
#include "config/runbook_reader.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using runbook::Action;
using runbook::Http;
using runbook::Pairs;
using runbook::Words;
using namespace std::chrono_literals;

constexpr std::size_t kMostWords = 200, kMostPairs = 50, kLongestUrl = 2000, kLongestText = 64u << 10;
constexpr std::string_view kMethods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
constexpr std::string_view kCommandExample = "program and arguments, e.g. [systemctl, restart, slapd]";

/// A text that may have holes, which are looked into here for the sake of its place.
std::string template_of(Node const& node, base::TextShape shape) {
  std::string text = text_of(node);
  if (auto const fault = base::text_fault(text, shape, kLongestText)) throw invalid(node.spot, *fault);
  try {
    runbook::holes_of(text);
  } catch (base::Error& error) {
    throw error.at(node.spot);
  }
  return text;
}

bool is_variable(std::string_view name) {
  return !name.empty() && name.size() <= 64 && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

bool is_header(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

Pairs pairs_of(Node const& node, std::string_view what, bool (*is_name)(std::string_view), Problems& problems) {
  Pairs out;
  runbook_map(node, what, "each name with its value");
  if (node.members.size() > kMostPairs) throw invalid(node.spot, fmt::format("more than {} of them", kMostPairs));
  for (auto const& [key, value] : node.members) {
    problems.guard([&, &key = key, &value = value] {
      std::string name = text_of(key);
      if (!is_name(name)) throw invalid(key.spot, fmt::format("{} is no name here", echo(name)));
      out.emplace_back(std::move(name), template_of(value, base::TextShape::line));
    });
  }
  return out;
}

std::string url_of(Node const& node) {
  std::string url = template_of(node, base::TextShape::line);
  bool const web = url.starts_with("http://") || url.starts_with("https://") || url.starts_with("{{");
  bool const plain = std::all_of(url.begin(), url.end(), [](unsigned char c) { return c >= ' ' && c != 0x7F; });
  if (!web || !plain || url.size() > kLongestUrl)
    throw invalid(node.spot, fmt::format("{} is no address", echo(url)), "e.g. https://sso.example.com/health");
  return url;
}

void read_expect(Node const& node, Http& out) {
  out.expect.clear();
  if (node.kind != Node::Kind::list) out.expect.push_back(integer_of(node, 100, 599));
  for (auto const& item : node.items) out.expect.push_back(integer_of(item, 100, 599));
  if (out.expect.empty()) throw invalid(node.spot, "no status is expected", "e.g. expect: [200, 204]");
}

/// `at`: the address.
Http http_of(Node const& node, Node const& at, Problems& problems) {
  Http out{"", "", "", {}, {200}};
  problems.guard([&] { out.url = url_of(at); });
  Node const* const body = node.find("body");
  if (body) problems.guard([&] { out.body = template_of(*body, base::TextShape::block); });
  out.method = body ? "POST" : "GET";
  if (Node const* const method = node.find("method")) {
    problems.guard([&] {
      out.method = text_of(*method);
      if (std::find(std::begin(kMethods), std::end(kMethods), out.method) == std::end(kMethods))
        throw invalid(method->spot, fmt::format("{} is no method", echo(out.method)),
                      suggest(out.method, {std::begin(kMethods), std::end(kMethods)}));
    });
  }
  if (Node const* const headers = node.find("headers"))
    problems.guard([&] { out.headers = pairs_of(*headers, "headers", is_header, problems); });
  if (Node const* const expect = node.find("expect")) problems.guard([&] { read_expect(*expect, out); });
  return out;
}

void read_surroundings(Node const& node, Action& out, Problems& problems) {
  if (Node const* const text = node.find("stdin"))
    problems.guard([&] { out.input = template_of(*text, base::TextShape::block); });
  if (Node const* const env = node.find("env"))
    problems.guard([&] { out.environment = environment_of(*env, problems); });
  if (Node const* const folder = node.find("folder"))
    problems.guard([&] { out.folder = template_of(*folder, base::TextShape::line); });
  if (Node const* const host = node.find("host")) problems.guard([&] { out.host = text_of(*host); });
}

void read_timeout(Node const& node, Action& out, Problems& problems) {
  if (Node const* const timeout = node.find("timeout"))
    problems.guard([&] { out.timeout = runbook_span(*timeout, 1s, 1h, "from 1s to 1h"); });
}

}  // namespace

Node const& runbook_map(Node const& node, std::string_view what, std::string_view example) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, fmt::format("{} is a map", what), std::string(example));
  return node;
}

Node const& runbook_list(Node const& node, std::string_view what, std::string_view example) {
  if (node.kind != Node::Kind::list) throw invalid(node.spot, fmt::format("{} is a list", what), std::string(example));
  return node;
}

base::Milliseconds runbook_span(Node const& node, base::Milliseconds least, base::Milliseconds most,
                                std::string_view bounds) {
  std::string const text = text_of(node);
  auto const span = base::parse_duration(text);
  if (!span || *span < least || *span > most)
    throw invalid(node.spot, fmt::format("{} is no duration {}", echo(text), bounds), "e.g. 30s, 5m");
  return *span;
}

Words command_words(Node const& node) {
  runbook_list(node, "a command", kCommandExample);
  if (node.items.size() > kMostWords) throw invalid(node.spot, fmt::format("more than {} words", kMostWords));
  Words out;
  for (auto const& item : node.items) out.push_back(template_of(item, base::TextShape::block));
  if (out.empty() || out[0].empty())
    throw invalid(node.spot, "a command without a program", std::string(kCommandExample));
  return out;
}

Pairs environment_of(Node const& node, Problems& problems) { return pairs_of(node, "env", is_variable, problems); }

Action action_of(Node const& node, Problems& problems) {
  Action out;
  if (node.kind == Node::Kind::list) {
    out.command = command_words(node);
    return out;
  }
  if (node.kind != Node::Kind::map)
    throw invalid(node.spot, "a command is a list of words, never a line for a shell", std::string(kCommandExample));
  Node const* const command = node.find("command");
  Node const* const url = node.find("http");
  if ((command == nullptr) == (url == nullptr))
    throw invalid(node.spot, "either command or http", "e.g. {http: https://sso.example.com/health}");
  if (command) {
    problems.check_keys(node, {"command", "stdin", "env", "folder", "host", "timeout"});
    problems.guard([&] { out.command = command_words(*command); });
    read_surroundings(node, out, problems);
  } else {
    problems.check_keys(node, {"http", "method", "headers", "body", "expect", "timeout"});
    out.http = http_of(node, *url, problems);
  }
  read_timeout(node, out, problems);
  return out;
}

Action request_of(Node const& node, Problems& problems) {
  Action out;
  if (node.kind == Node::Kind::scalar) {
    out.http = http_of(node, node, problems);
    return out;
  }
  runbook_map(node, "a request", "an address, or {url: https://..., method: POST}");
  problems.check_keys(node, {"url", "method", "headers", "body", "expect"});
  out.http = http_of(node, need(node, "url", "e.g. url: https://sso.example.com/restart"), problems);
  return out;
}

}  // namespace umsops::config
