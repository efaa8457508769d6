// SPDX-License-Identifier: Apache-2.0
#include "config/setting_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "model/number_format.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time.hpp"

namespace umsops::config {
namespace {

base::Error not_this(std::string_view text, std::string_view what, std::string suggestion = "") {
  return invalid({}, fmt::format("{} is not {}", echo(text), what), std::move(suggestion));
}

std::string path_value(std::string_view text, PathBase const& base) {
  if (text.empty()) throw not_this(text, "a path");
  if (text.starts_with("~/")) {
    if (base.home.empty()) throw not_this(text, "a usable path: there is no trusted HOME", "write the path out");
    return (std::filesystem::path(base.home) / text.substr(2)).lexically_normal().string();
  }
  return (std::filesystem::path(base.directory) / text).lexically_normal().string();
}

std::string paths_value(std::string_view text, PathBase const& base) {
  std::string out;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find(':'), text.size());
    if (end > 0) out += (out.empty() ? "" : "\n") + path_value(text.substr(0, end), base);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string choice_value(Setting const& setting, std::string_view text) {
  if (setting.key == "lang" && text.starts_with("zh")) return "zh_CN";  // as locales and --lang say it
  if (std::find(setting.choices.begin(), setting.choices.end(), text) == setting.choices.end()) {
    std::string const best = base::nearest(text, setting.choices);
    std::string const all = fmt::format("one of: {}", fmt::join(setting.choices, ", "));
    throw not_this(text, fmt::format("a value of {}", setting.key),
                   best.empty() ? all : fmt::format("did you mean {}? {}", best, all));
  }
  return std::string(text);
}

/// Where the first comma or semicolon stands, of either width, and its bytes.
std::pair<std::size_t, std::size_t> next_separator(std::string_view text) {
  std::pair<std::size_t, std::size_t> first{text.size(), 0};
  for (std::string_view const sign : {",", ";", "，", "；", "、"}) {
    if (auto const at = text.find(sign); at < first.first) first = {at, sign.size()};
  }
  return first;
}

/// The addresses of a list as people write it, `Help <help@example.com>; desk@example.com`, with `, ` between them. A
/// word without an @ is refused: it would let our own mail in.
std::string addresses_value(std::string_view text) {
  std::string list;
  auto const add = [&](std::string_view word) {
    auto const at = word.find('@');
    bool const sound = at != word.npos && at > 0 && at + 1 < word.size() && word.find('@', at + 1) == word.npos;
    if (!sound) throw not_this(word, "a mail address", "help@example.com, desk@example.com");
    list.append(list.empty() ? "" : ", ").append(word);
  };
  while (!text.empty()) {
    auto const [end, size] = next_separator(text);
    auto piece = text.substr(0, end);
    text.remove_prefix(std::min(end + size, text.size()));
    if (auto const open = piece.find('<'); open != piece.npos)
      piece = piece.substr(open + 1, piece.find('>') - open - 1);
    for (std::size_t begin = piece.find_first_not_of(' '); begin < piece.size();) {
      auto const stop = std::min(piece.find(' ', begin), piece.size());
      add(piece.substr(begin, stop - begin));
      begin = piece.find_first_not_of(' ', stop);
    }
  }
  return list;
}

std::string text_value(Setting const& setting, std::string_view text) {
  if (auto const problem = base::check_text(text, base::TextShape::line))
    throw not_this(text, "one line of text: " + problem->what);
  if (setting.key.ends_with("number_format") && !model::is_number_format(text)) {
    throw not_this(text, "a number format", "letters and digits, one {seq:N}, and {yyyy} {mm}; e.g. T-{seq:6}");
  }
  return setting.key == "mail_addresses" ? addresses_value(text) : std::string(text);
}

/// What a file says: a list of paths stands there as a list.
std::string value_of(Setting const& setting, Node const& node, PathBase const& base) {
  if (setting.type == SettingType::paths) {
    std::string out;
    for (auto const& path : texts_of(node)) out += (out.empty() ? "" : "\n") + path_value(path, base);
    return out;
  }
  if (setting.type == SettingType::command) {
    std::string out;
    for (auto const& text : texts_of(node)) out += (out.empty() ? "" : "\n") + text_value(setting, text);
    return out;
  }
  if (setting.type == SettingType::boolean) return boolean_of(node) ? "true" : "false";
  return setting_value(setting, text_of(node), base);
}

void read_member(Node const& key, Node const& value, Level level, PathBase const& base, std::vector<Said>& out) {
  auto const index = find_setting(key.scalar);
  if (!index) return;  // Named by check_keys already.
  Setting const& setting = settings()[*index];
  if (level == Level::project_file && !setting.project_may_set) {
    throw base::Error(base::errors::config_forbidden, {{"key", key.scalar}}).at(key.spot);
  }
  try {
    out.push_back({*index, {value_of(setting, value, base), level, key.spot}});
  } catch (base::Error const& error) {
    throw invalid(value.spot, fmt::format("{}: {}", setting.key, error.message()), error.hint());
  }
}

}  // namespace

std::optional<std::int64_t> parse_size(std::string_view text) {
  std::int64_t unit = 1;
  if (text.ends_with('K')) unit = 1 << 10;
  if (text.ends_with('M')) unit = 1 << 20;
  if (unit > 1) text.remove_suffix(1);
  auto const number = base::parse_integer(text, 0, (std::int64_t{16} << 20) / unit);
  return number ? std::optional(*number * unit) : std::nullopt;
}

std::optional<std::size_t> find_setting(std::string_view key) {
  for (std::size_t i = 0; i < settings().size(); ++i) {
    if (settings()[i].key == key) return i;
  }
  return std::nullopt;
}

std::vector<std::string_view> setting_keys() {
  std::vector<std::string_view> keys;
  for (auto const& setting : settings()) keys.push_back(setting.key);
  return keys;
}

std::string setting_value(Setting const& setting, std::string_view text, PathBase const& base) {
  switch (setting.type) {
    case SettingType::text:
    case SettingType::command:
      return text_value(setting, text);
    case SettingType::path:
      return setting.key == "store" && base::names_server(text) ? text_value(setting, text) : path_value(text, base);
    case SettingType::paths:
      return paths_value(text, base);
    case SettingType::choice:
      return choice_value(setting, text);
    case SettingType::duration:
      if (!base::parse_duration(text)) throw not_this(text, "a duration", "e.g. 90s, 15m, 2h, 7d, 1h30m");
      return std::string(text);
    case SettingType::decimal: {
      auto const number = base::parse_decimal(text);
      if (!number || *number < 0 || *number > 1) throw not_this(text, "a number from 0 to 1");
      return std::string(text);
    }
    case SettingType::integer:
      if (!base::parse_integer(text, 0, kMostInteger)) throw not_this(text, "a whole number from 0 to 1000000");
      return std::string(text);
    case SettingType::size:
      if (!parse_size(text)) throw not_this(text, "a size", "bytes, or with K or M: 500K, 1M; at most 16M");
      return std::string(text);
    case SettingType::boolean:
      if (text == "true" || text == "1") return "true";
      if (text == "false" || text == "0") return "false";
      throw not_this(text, "true or false");
  }
  return "";
}

std::vector<Said> read_settings_text(std::string_view text, std::string const& file, Level level,
                                     std::string const& home, Problems& problems) {
  std::vector<Said> out;
  problems.guard([&] {
    Node const root = parse_yaml(text, file);
    if (root.kind == Node::Kind::null) return;
    if (root.kind != Node::Kind::map) throw invalid(root.spot, "a settings file is a map", "e.g. output: json");
    auto keys = setting_keys();
    keys.push_back("kind");
    problems.check_keys(root, keys);
    if (Node const* const kind = root.find("kind"); kind && text_of(*kind) != "settings") {
      throw invalid(kind->spot, fmt::format("this is a file of kind {}, not settings", echo(kind->scalar)));
    }
    PathBase const base{std::filesystem::path(file).parent_path().string(), home};
    for (auto const& [key, value] : root.members) {
      problems.guard([&, &k = key, &v = value] { read_member(k, v, level, base, out); });
    }
  });
  return out;
}

}  // namespace umsops::config
