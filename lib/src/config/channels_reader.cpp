// SPDX-License-Identifier: Apache-2.0
// Files of the kind `channels`: how messages leave, and who is told of an incident.
#include "config/channels_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "config/roster_reader.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/channel_files.hpp"
#include "umsops/config/trusted_file.hpp"
#include "umsops/notify/kind.hpp"
#include "umsops/notify/letter.hpp"
#include "umsops/notify/templates.hpp"

namespace umsops::config {
namespace {

using model::Priority;
using notify::Audience;
using notify::Setup;

constexpr std::size_t kMostChannels = 100, kMostAudiences = 50, kMostNames = 100;
constexpr std::string_view kAudiences[] = {"operations", "business", "executives"};

Node const& map_of(Node const& node, std::string_view what, std::size_t most, std::string_view example) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, fmt::format("{} is a map", what), std::string(example));
  if (node.members.size() > most) throw invalid(node.spot, fmt::format("more than {} of {}", most, what));
  return node;
}

std::optional<Priority> level_of(Node const* node) {
  if (!node) return std::nullopt;
  std::string const word = text_of(*node);
  if (auto const level = model::parse_priority(word)) return level;
  auto const names = model::priority_names();
  throw invalid(node->spot, fmt::format("{} is none of LOW, MEDIUM, HIGH, CRITICAL", echo(word)),
                suggest(word, {names.begin(), names.end()}));
}

void check_member(Node const& node, std::string const& name, Setup const& setup) {
  auto const colon = name.find(':');
  if (colon == std::string::npos) return;
  std::string_view const prefix = std::string_view(name).substr(0, colon);
  if (prefix == "channel") {
    auto const wanted = name.substr(colon + 1);
    std::vector<std::string_view> known;
    for (auto const& one : setup.channels) known.push_back(one.name);
    auto const* const channel = setup.channel(wanted);
    if (!channel) throw invalid(node.spot, fmt::format("there is no channel {}", echo(wanted)), suggest(wanted, known));
    if (channel->is_mail())
      throw invalid(node.spot, fmt::format("channel {} is mail", echo(wanted)), "name an address");
  } else if (prefix != "team" && prefix != "oncall") {
    throw invalid(node.spot, fmt::format("{} names nobody", echo(name)),
                  "a person, a mail address, team:NAME, oncall:SCHEDULE or channel:NAME");
  }
}

Audience& audience_named(Setup& setup, std::string const& name) {
  for (auto& audience : setup.audiences)
    if (audience.name == name) return audience;
  Audience fresh;
  fresh.name = name;
  setup.audiences.push_back(std::move(fresh));
  return setup.audiences.back();
}

void read_when(Node const& node, Audience& out, Problems& problems) {
  map_of(node, "when", 4, "e.g. when: {severity: CRITICAL}, or when: {} for all");
  problems.check_keys(node, {"severity", "impact", "business_impact", "priority"});
  out.severity = level_of(node.find("severity"));
  out.impact = level_of(node.find("impact"));
  out.business_impact = level_of(node.find("business_impact"));
  out.priority = level_of(node.find("priority"));
}

void read_message(Node const& node, Audience& out) {
  std::string const word = text_of(node);
  std::vector<std::string_view> known;
  for (auto const& kind : notify::kinds())
    if (kind.name.starts_with("incident.")) known.push_back(kind.name);
  if (std::find(known.begin(), known.end(), word) == known.end())
    throw invalid(node.spot, fmt::format("{} is no message of an incident", echo(word)), suggest(word, known));
  out.message = word;
}

void read_audience(Node const& key, Node const& node, Setup& setup, Problems& problems) {
  std::string const name = name_of(key);
  if (std::find(std::begin(kAudiences), std::end(kAudiences), name) == std::end(kAudiences))
    throw invalid(key.spot, fmt::format("{} is no audience", echo(name)),
                  suggest(name, {std::begin(kAudiences), std::end(kAudiences)}));
  Audience& out = audience_named(setup, name);
  out.spot = key.spot;
  map_of(node, "an audience", kMostNames, "e.g. {to: ['team:iam']}");
  problems.check_keys(node, {"when", "message", "to"});
  if (Node const* const when = node.find("when")) problems.guard([&] { read_when(*when, out, problems); });
  if (Node const* const message = node.find("message")) problems.guard([&] { read_message(*message, out); });
  Node const& to = need(node, "to", "e.g. to: ['oncall:primary', 'channel:ops']");
  if (to.kind != Node::Kind::list || to.items.size() > kMostNames)
    throw invalid(to.spot, "to is a list of up to a hundred names");
  for (auto const& item : to.items) {
    problems.guard([&] {
      auto name_there = line_of(item);
      check_member(item, name_there, setup);
      out.to.push_back(std::move(name_there));
    });
  }
}

void read_usual(Node const& node, Setup& out, Problems& problems) {
  if (node.kind != Node::Kind::list) throw invalid(node.spot, "usual is a list of channels", "e.g. usual: [mail]");
  std::vector<std::string_view> known;
  for (auto const& one : out.channels) known.push_back(one.name);
  for (auto const& item : node.items) {
    problems.guard([&] {
      auto name = text_of(item);
      if (!out.channel(name))
        throw invalid(item.spot, fmt::format("there is no channel {}", echo(name)), suggest(name, known));
      out.usual.push_back(std::move(name));
    });
  }
}

void read_expires(Node const& node, Setup& out, Problems& problems) {
  for (auto const& [key, value] :
       map_of(node, "expires", kMostNames, "e.g. expires: {incident.escalated: 1h}").members) {
    problems.guard([&, &key = key, &value = value] {
      auto kind = text_of(key);
      bool const known = std::any_of(notify::kinds().begin(), notify::kinds().end(), [&](auto const& one) {
        return one.name == kind || (kind.ends_with('.') && one.name.starts_with(kind));
      });
      if (!known)
        throw invalid(key.spot, fmt::format("{} is no kind of message", echo(kind)), "see: man umsops-channels");
      auto const span = base::parse_duration(text_of(value));
      if (!span || *span < std::chrono::minutes(1) || *span > std::chrono::hours(24 * 90))
        throw invalid(value.spot, fmt::format("{} is no duration from 1m to 90d", echo(text_of(value))), "e.g. 2h");
      std::erase_if(out.expires, [&](auto const& one) { return one.first == kind; });
      out.expires.emplace_back(std::move(kind), *span);
    });
  }
}

void read_language(Node const& node, Setup& out) {
  auto const word = text_of(node);
  if (word != "en" && word != "zh_CN")
    throw invalid(node.spot, fmt::format("{} is no language", echo(word)), "en or zh_CN");
  out.language = word == "en" ? base::Language::en : base::Language::zh;
}

void read_link(Node const& node, Setup& out) {
  out.link = line_of(node);
  if (!out.link.starts_with("https://") && !out.link.starts_with("http://"))
    throw invalid(node.spot, "a link begins with https://", "e.g. https://desk.example.com/{number}");
}

void read_root(Node const& root, Setup& out, Problems& problems) {
  constexpr std::string_view kExample = "it begins with kind: channels";
  map_of(root, "a channels file", kMostNames, kExample);
  problems.check_keys(
      root, {"kind", "channels", "usual", "mail_domain", "link", "templates", "language", "audiences", "expires"});
  Node const* const kind = root.find("kind");
  if (kind && text_of(*kind) != "channels") throw invalid(kind->spot, "this is no channels file", "kind: channels");
  auto const each = [&](std::string_view name, auto const& act) {
    if (Node const* const node = root.find(name)) problems.guard([&] { act(*node); });
  };
  each("channels", [&](Node const& node) {
    for (auto const& [key, value] : map_of(node, "channels", kMostChannels, "e.g. channels: {mail: {...}}").members) {
      problems.guard([&, &k = key, &v = value] { out.channels.push_back(read_channel(k, v, problems)); });
    }
  });
  each("usual", [&](Node const& node) { read_usual(node, out, problems); });
  if (!root.find("usual"))
    for (auto const& channel : out.channels) out.usual.push_back(channel.name);
  each("mail_domain", [&](Node const& node) {
    out.mail_domain = line_of(node);
    if (!notify::is_address("a@" + out.mail_domain)) throw invalid(node.spot, "not a domain", "e.g. example.com");
  });
  each("link", [&](Node const& node) { read_link(node, out); });
  each("language", [&](Node const& node) { read_language(node, out); });
  each("expires", [&](Node const& node) { read_expires(node, out, problems); });
  each("audiences", [&](Node const& node) {
    for (auto const& [key, value] :
         map_of(node, "audiences", kMostAudiences, "e.g. audiences: {operations: ...}").members)
      problems.guard([&, &k = key, &v = value] { read_audience(k, v, out, problems); });
  });
  each("templates", [&](Node const& node) {
    out.templates = path_beside(node);
    check_templates(out.templates, node.spot, problems);
  });
}

}  // namespace

void check_templates(std::string const& folder, base::SourceSpot const& spot, Problems& problems) {
  std::error_code problem;
  auto const names = notify::template_names();
  std::vector<std::string> files;
  for (auto entry = std::filesystem::directory_iterator(folder, problem);
       !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem))
    files.push_back(entry->path().filename().string());
  if (problem) return problems.add(spot, fmt::format("{}: {}", echo(folder), problem.message()));
  std::sort(files.begin(), files.end());
  for (auto const& name : files) {
    if (!name.ends_with(".mustache")) continue;
    std::string const path = folder + "/" + name;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      auto const near = base::nearest(name, names);
      problems.add({path, 1, 1}, "no message has a template of this name",
                   near.empty() ? "see: man umsops-channels" : "did you mean " + near + "?");
      continue;
    }
    problems.guard([&] { notify::check_template(read_file(path), path); });
  }
}

Setup read_channels_text(std::string_view text, std::string const& file, Problems& problems) {
  auto out = notify::builtin_setup();
  problems.guard([&] { read_root(parse_yaml(text, file), out, problems); });
  return out;
}

Setup read_channels(std::string const& file) {
  Problems problems(base::errors::config_invalid);
  auto out = read_channels_text(read_trusted_file(file), file, problems);
  problems.raise();
  return out;
}

}  // namespace umsops::config
