// SPDX-License-Identifier: Apache-2.0
#include "config/service_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "config/roster_reader.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using service::Check;
using service::Service;

constexpr std::size_t kLongestDescription = 4'000;  // code points
constexpr std::size_t kLongestUrl = 2'000;          // bytes
constexpr std::size_t kMostWords = 100;             // of a command

Node const& map_of(Node const& node, std::string_view what, std::string_view example) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, fmt::format("{} is a map", what), std::string(example));
  return node;
}

Node const& list_of(Node const& node, std::string_view what, std::string_view example) {
  if (node.kind != Node::Kind::list) throw invalid(node.spot, fmt::format("{} is a list", what), std::string(example));
  return node;
}

std::string url_of(Node const& node) {
  std::string url = text_of(node);
  bool const web = (url.starts_with("http://") || url.starts_with("https://")) && url.find("//") + 2 < url.size();
  bool const plain = std::all_of(url.begin(), url.end(), [](unsigned char c) { return c > ' ' && c != 0x7F; });
  if (!web || !plain || url.size() > kLongestUrl || base::check_text(url, base::TextShape::line))
    throw invalid(node.spot, fmt::format("{} is no address", echo(url)), "e.g. https://sso.example.com/health");
  return url;
}

base::Milliseconds span_between(Node const& node, base::Milliseconds least, base::Milliseconds most,
                                std::string_view bounds) {
  std::string const text = text_of(node);
  auto const span = base::parse_duration(text);
  if (!span || *span < least || *span > most)
    throw invalid(node.spot, fmt::format("{} is no duration {}", echo(text), bounds), "e.g. 30s, 5m");
  return *span;
}

/// Lines, each once.
std::vector<std::string> lines_of(Node const& node, std::string_view what, Problems& problems) {
  std::vector<std::string> out;
  for (auto const& item : list_of(node, what, "e.g. [ldap, sso]").items) {
    problems.guard([&] {
      std::string line = line_of(item);
      if (line.empty()) throw invalid(item.spot, "an empty text");
      if (std::find(out.begin(), out.end(), line) != out.end())
        throw invalid(item.spot, fmt::format("{} occurs twice", echo(line)));
      if (out.size() >= kMostWords) throw invalid(item.spot, fmt::format("more than {} of them", kMostWords));
      out.push_back(std::move(line));
    });
  }
  return out;
}

std::vector<std::string> command_of(Node const& node) {
  auto words = texts_of(list_of(node, "command", "program and arguments, e.g. [systemctl, is-active, slapd]"));
  if (words.empty() || words[0].empty()) throw invalid(node.spot, "a command without a program");
  if (words.size() > kMostWords) throw invalid(node.spot, fmt::format("more than {} words", kMostWords));
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (auto const problem = base::check_text(words[i], base::TextShape::line))
      throw invalid(node.items[i].spot, "not one line of text: " + problem->what);
  }
  return words;
}

Check read_check(Node const& node, Problems& problems) {
  map_of(node, "a check", "e.g. {http: https://sso.example.com/health}");
  Node const* const command = node.find("command");
  Node const* const url = node.find("http");
  if ((command == nullptr) == (url == nullptr))
    throw invalid(node.spot, "a check has either command or http", "e.g. {http: https://sso.example.com/health}");
  std::vector<std::string_view> keys{"name", command ? "command" : "http", "timeout", "every"};
  if (url) keys.push_back("expect");
  problems.check_keys(node, keys);
  Check out;
  out.kind = command ? Check::Kind::command : Check::Kind::http;
  problems.guard([&] {
    if (command) out.command = command_of(*command);
    if (url) out.url = url_of(*url);
  });
  if (Node const* const name = node.find("name")) problems.guard([&] { out.name = line_of(*name); });
  if (Node const* const expect = node.find("expect"); expect && url)
    problems.guard([&] { out.expect = integer_of(*expect, 100, 599); });
  using namespace std::chrono_literals;
  if (Node const* const timeout = node.find("timeout"))
    problems.guard([&] { out.timeout = span_between(*timeout, 1s, 1h, "from 1s to 1h"); });
  if (Node const* const every = node.find("every"))
    problems.guard([&] { out.every = span_between(*every, 10s, 24h, "from 10s to 1d"); });
  return out;
}

std::vector<Check> read_checks(Node const& node, std::string_view what, Problems& problems) {
  std::vector<Check> out;
  for (auto const& item : list_of(node, what, "begin each entry with '- '").items) {
    problems.guard([&] { out.push_back(read_check(item, problems)); });
    if (!out.empty() && out.back().name.empty()) out.back().name = std::to_string(out.size());
  }
  return out;
}

std::vector<service::Link> read_links(Node const& node, Problems& problems) {
  std::vector<service::Link> out;
  for (auto const& item : list_of(node, "links", "e.g. [{title: Dashboard, url: https://example.com}]").items) {
    problems.guard([&] {
      problems.check_keys(map_of(item, "a link", "e.g. {title: Dashboard, url: https://example.com}"),
                          {"title", "url"});
      Node const* const title = item.find("title");
      out.push_back({title ? line_of(*title) : "", url_of(need(item, "url", "e.g. url: https://example.com"))});
    });
  }
  return out;
}

/// One service into its file.
class ServiceReader {
 public:
  ServiceReader(ServiceFile& file, Checks checks, Problems& problems)
      : file_(file), checks_(checks), problems_(problems) {}

  void read(Node const& key, Node const& node) {
    one_.name = name_of(key);
    one_.spot = key.spot;
    note(one_.name, key);
    map_of(node, "a service", "e.g. {tier: 1, owner: identity}");
    problems_.check_keys(node, {"title", "aliases", "description", "owner", "tier", "depends_on", "checks",
                                "access_checks", "failover", "public", "links", "skills"});
    problems_.guard(
        [&] { one_.tier = static_cast<int>(integer_of(need(node, "tier", kTier), 1, service::kLowestTier)); });
    read_names(node);
    read_needs(node);
    read_rest(node);
    file_.services.push_back(std::move(one_));
    file_.owners.push_back(owner_);
  }

 private:
  static constexpr std::string_view kTier = "tier: 1 for the most important services, up to 9";

  /// Runs `act` on the member of that key, if there is one.
  template <class Act>
  void at(Node const& node, std::string_view key, Act const& act) {
    if (Node const* const member = node.find(key)) problems_.guard([&] { act(*member); });
  }

  void note(std::string const& name, Node const& node) {
    if (!name.empty()) file_.names.push_back({file_.services.size(), name, node.spot});
  }

  void read_names(Node const& node) {
    at(node, "title", [&](Node const& title) {
      one_.title = line_of(title);
      note(one_.title, title);
    });
    at(node, "aliases", [&](Node const& aliases) {
      one_.aliases = lines_of(aliases, "aliases", problems_);
      for (auto const& alias : aliases.items) note(alias.scalar, alias);
    });
  }

  void read_needs(Node const& node) {
    at(node, "depends_on", [&](Node const& needs) {
      std::unordered_set<std::string> seen;
      for (auto const& item : list_of(needs, "depends_on", "e.g. [directory, database]").items) {
        problems_.guard([&] {
          std::string name = line_of(item);
          if (!seen.insert(name).second) throw invalid(item.spot, fmt::format("{} occurs twice", echo(name)));
          one_.depends_on.push_back({std::move(name), item.spot});
        });
      }
    });
    at(node, "owner", [&](Node const& owner) {
      one_.owner = line_of(owner);
      owner_ = owner.spot;
    });
    at(node, "failover", [&](Node const& failover) { one_.failover = line_of(failover); });
    at(node, "skills", [&](Node const& skills) { one_.skills = lines_of(skills, "skills", problems_); });
  }

  void read_rest(Node const& node) {
    at(node, "description", [&](Node const& text) {
      one_.description = text_of(text);
      auto const fault = base::text_fault(one_.description, base::TextShape::block, kLongestDescription);
      if (fault) throw invalid(text.spot, "description: " + *fault);
    });
    at(node, "public", [&](Node const& flag) { one_.is_public = boolean_of(flag); });
    at(node, "links", [&](Node const& links) { one_.links = read_links(links, problems_); });
    at(node, "checks", [&](Node const& list) { one_.checks = checks("checks", list); });
    at(node, "access_checks", [&](Node const& list) { one_.access_checks = checks("access_checks", list); });
  }

  std::vector<Check> checks(std::string_view key, Node const& list) {
    if (checks_ == Checks::forbidden)
      throw base::Error(base::errors::config_forbidden, {{"key", fmt::format("{} of service {}", key, one_.name)}})
          .at(list.spot);
    return read_checks(list, key, problems_);
  }

  ServiceFile& file_;
  Checks checks_;
  Problems& problems_;
  Service one_;
  base::SourceSpot owner_;
};

void read_root(Node const& root, Checks checks, ServiceFile& out, Problems& problems) {
  map_of(root, "a service file", "it begins with kind: services");
  problems.check_keys(root, {"kind", "services"});
  problems.guard([&] {
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "services") throw invalid(kind->spot, "this is no service file", "kind: services");
  });
  Node const& services = need(root, "services", "e.g. services: {sso: {tier: 1}}");
  for (auto const& [key, value] : map_of(services, "services", "each name with what belongs to it").members)
    problems.guard([&, &name = key, &node = value] { ServiceReader(out, checks, problems).read(name, node); });
}

}  // namespace

ServiceFile read_service_text(std::string_view text, std::string const& file, Checks checks, Problems& problems) {
  ServiceFile out;
  problems.guard([&] { read_root(parse_yaml(text, file, kServiceLimits), checks, out, problems); });
  return out;
}

}  // namespace umsops::config
