// SPDX-License-Identifier: Apache-2.0
// A settings file is changed as a person would change it: one entry of its text. The whole is read before and after,
// and what the reader makes of it decides whether the change was right.
#include "umsops/config/settings_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "config/locations.hpp"
#include "config/setting_value.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

bool is_list(Setting const& setting) {
  return setting.type == SettingType::paths || setting.type == SettingType::command;
}

bool is_path(Setting const& setting) { return setting.type == SettingType::paths || setting.type == SettingType::path; }

Setting const& known(std::string_view key) {
  if (auto const index = find_setting(key)) return settings()[*index];
  throw base::Error(
      base::errors::usage_bad_value,
      {{"flag", "KEY"}, {"value", echo(key)}, {"expected", "a setting"}, {"suggestion", suggest(key, setting_keys())}});
}

base::Error bad_value(Setting const& setting, std::string const& value, std::string expected, std::string suggestion) {
  return base::Error(base::errors::usage_bad_value, {{"flag", std::string(setting.key)},
                                                     {"value", echo(value)},
                                                     {"expected", std::move(expected)},
                                                     {"suggestion", std::move(suggestion)}});
}

/// What the file says by now; throws what is wrong with it.
std::vector<Said> said_in(SettingsText const& file, std::string_view text) {
  Problems problems(base::errors::config_invalid);
  auto said = read_settings_text(text, file.file, file.level, file.home, problems);
  problems.raise();
  return said;
}

std::string const* value_in(std::vector<Said> const& said, std::size_t setting) {
  for (auto const& one : said) {
    if (one.setting == setting) return &one.origin.value;
  }
  return nullptr;
}

/// A path as it is to stand in the file: what begins with ~/ and addresses of servers as given, what lies beside the
/// file relative to it, all else from the root.
std::string path_in_file(std::string const& text, SettingsText const& file, std::string const& working_directory) {
  if (text.starts_with("~/") || base::names_server(text)) return text;
  auto const whole = (std::filesystem::path(working_directory) / text).lexically_normal();
  auto const beside = whole.lexically_relative(std::filesystem::path(file.file).parent_path());
  return beside.empty() || beside.string().starts_with("..") ? whole.string() : beside.string();
}

/// The value as the file is to say it.
std::string written(Setting const& setting, std::vector<std::string> const& values, SettingsText const& file,
                    std::string const& working_directory) {
  if (!is_list(setting) && values.size() != 1)
    throw bad_value(setting, fmt::format("{}", fmt::join(values, " ")), "one value", "quote a text with blanks");
  std::string list;
  for (auto const& value : values) {
    if (setting.type != SettingType::command) {
      try {
        (void)setting_value(setting, value, {working_directory, file.home});
      } catch (base::Error const& error) {
        throw bad_value(setting, value, "a value that it can have",
                        error.hint().empty() ? error.message() : error.hint());
      }
    }
    if (auto const problem = base::check_text(value, base::TextShape::line))
      throw bad_value(setting, value, "one line of text", problem->what);
    auto const one = yaml_scalar(is_path(setting) ? path_in_file(value, file, working_directory) : value);
    if (!is_list(setting)) return setting.type == SettingType::boolean ? value : one;
    list += (list.empty() ? "" : ", ") + one;
  }
  return "[" + list + "]";
}

/// The lines of a text, each with its end.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::string_view content(std::string_view line) { return base::trimmed(line, "\r\n"); }

/// Whether the line belongs to the entry above it: it is indented, or an item of its list.
bool goes_on(std::string_view line) { return line.starts_with(' ') || line.starts_with("- ") || content(line) == "-"; }
bool says_nothing(std::string_view line) {
  auto const word = base::trimmed(line);
  return word.empty() || word.starts_with('#');
}

struct Lines {
  std::size_t begin, end;
};

/// The lines of an entry. A remark behind its last item belongs to what follows.
std::optional<Lines> entry_of(Node const& root, std::string_view key, std::vector<std::string_view> const& lines,
                              SettingsText const& file) {
  for (auto const& [name, value] : root.members) {
    if (name.scalar != key) continue;
    auto const begin = static_cast<std::size_t>(name.spot.line) - 1;
    if (name.spot.column != 1 || begin >= lines.size())
      throw invalid(name.spot, fmt::format("{} does not stand at the beginning of a line", key),
                    "change it by hand, or write the file as lines KEY: VALUE");
    auto end = begin + 1;
    for (auto line = end; line < lines.size() && (goes_on(lines[line]) || says_nothing(lines[line])); ++line) {
      if (!says_nothing(lines[line])) end = line + 1;
    }
    return Lines{begin, end};
  }
  if (root.kind == Node::Kind::map && !root.members.empty() && root.members[0].first.spot.column != 1)
    throw invalid({file.file, root.spot.line, 0}, "its entries do not stand at the beginning of lines",
                  "change it by hand, or write the file as lines KEY: VALUE");
  return std::nullopt;
}

/// How many bytes of a value on one line are the value: up to its closing quote or bracket, or a remark.
std::size_t value_size(std::string_view text) {
  char quote = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (quote != 0) {
      if (quote == '"' && c == '\\') ++i;
      if (c == quote) quote = 0;
      if (quote == 0 && depth == 0 && (i + 1 >= text.size() || text[i + 1] != c)) return i + 1;
    } else if ((c == '"' || c == '\'') && (i == 0 || depth > 0)) {
      quote = c;
    } else if (c == '[' && (i == 0 || depth > 0)) {
      ++depth;
    } else if (c == ']' && depth > 0) {
      if (--depth == 0) return i + 1;
    } else if (c == '#' && depth == 0 && (i == 0 || text[i - 1] == ' ')) {
      return base::trimmed(text.substr(0, i)).size();
    }
  }
  return base::trimmed(text).size();
}

/// The entry's first line with another value; what stands behind the old one, a remark, stays.
std::string changed_line(std::string_view line, std::string_view key, std::string_view value, bool value_is_here) {
  auto const text = content(line);
  auto const end = line.substr(text.size());
  auto const colon = text.find(':', key.size());
  auto const begin = std::min(text.find_first_not_of(' ', colon + 1), text.size());
  auto const rest = text.substr(begin);
  auto behind = value_is_here ? rest.substr(value_size(rest)) : rest;
  std::string out(text.substr(0, value_is_here && begin > colon + 1 ? begin : colon + 1));
  if (out.ends_with(':')) out += ' ';
  out += value;
  if (behind.starts_with('#')) out += ' ';
  return out.append(behind).append(end.empty() ? "\n" : end);
}

/// Where a new entry goes: behind a remark that shows how it would be written, else at the end.
std::size_t place_for(std::string_view key, std::vector<std::string_view> const& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with('#')) continue;
    auto const shown = base::trimmed(lines[i].substr(1));
    if (shown.starts_with(key) && shown.substr(key.size()).starts_with(':')) return i + 1;
  }
  return lines.size();
}

std::string joined(std::vector<std::string_view> const& lines, std::size_t begin, std::size_t end) {
  std::string out;
  for (auto i = begin; i < end; ++i) out += lines[i];
  return out;
}

/// Everything else must read as before, and the setting as it was meant.
void check_change(SettingsText const& file, std::string_view after, std::size_t setting, bool there) {
  auto const before = said_in(file, file.text);
  auto const now = said_in(file, after);
  bool same = (value_in(now, setting) != nullptr) == there;
  for (std::size_t i = 0; i < settings().size(); ++i) {
    auto const *const one = value_in(before, i), *const other = value_in(now, i);
    if (i != setting && ((one == nullptr) != (other == nullptr) || (one && *one != *other))) same = false;
  }
  if (same) return;
  throw invalid({file.file, 0, 0},
                fmt::format("{} cannot be changed here without changing other settings", settings()[setting].key),
                "change it by hand");
}

}  // namespace

SettingsPlaces settings_places(Surroundings const& surroundings) {
  auto const found = find_locations(surroundings);
  auto const folder = settings_folder(surroundings);
  SettingsPlaces out{surroundings.system_file, folder.empty() ? "" : folder + "/config.yaml", found.project_file};
  if (out.project.empty() && surroundings.working_directory.starts_with('/')) {
    out.project =
        surroundings.working_directory + (surroundings.working_directory.ends_with('/') ? "" : "/") + "umsops.yaml";
  }
  return out;
}

std::string yaml_scalar(std::string_view text) {
  static constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-@";
  static constexpr std::string_view kOthers[] = {"true", "false", "null", "yes", "no", "on", "off"};
  bool plain =
      !text.empty() && text.find_first_not_of(kPlain) == text.npos && kPlain.substr(0, 65).find(text[0]) != text.npos;
  for (auto const other : kOthers) plain = plain && base::fold(text) != other;
  if (plain) return std::string(text);
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string with_setting(SettingsText const& file, std::string_view key, std::vector<std::string> const& values,
                         std::string const& working_directory) {
  Setting const& setting = known(key);
  if (file.level == Level::project_file && !setting.project_may_set)
    throw base::Error(base::errors::config_forbidden, {{"key", std::string(key)}}).at({file.file, 0, 0});
  (void)said_in(file, file.text);
  auto const value = written(setting, values, file, working_directory);
  bool const marked = file.text.starts_with(kMark);
  auto const lines = lines_of(marked ? file.text.substr(kMark.size()) : file.text);
  Node const root = parse_yaml(file.text, file.file);
  std::string out(marked ? kMark : "");
  if (auto const entry = entry_of(root, key, lines, file)) {
    auto const* const old = root.find(key);
    bool const here = old->kind != Node::Kind::null && old->spot.line == static_cast<std::int32_t>(entry->begin) + 1;
    out += joined(lines, 0, entry->begin) + changed_line(lines[entry->begin], key, value, here) +
           joined(lines, entry->end, lines.size());
  } else {
    auto const place = place_for(key, lines);
    out += joined(lines, 0, place);
    if (!out.empty() && !out.ends_with('\n') && out != kMark) out += '\n';
    out += fmt::format("{}: {}\n", key, value) + joined(lines, place, lines.size());
  }
  check_change(file, out, *find_setting(key), true);
  return out;
}

std::string without_setting(SettingsText const& file, std::string_view key) {
  (void)known(key);
  (void)said_in(file, file.text);
  bool const marked = file.text.starts_with(kMark);
  auto const lines = lines_of(marked ? file.text.substr(kMark.size()) : file.text);
  auto const entry = entry_of(parse_yaml(file.text, file.file), key, lines, file);
  if (!entry) return std::string(file.text);
  auto out =
      std::string(marked ? kMark : "") + joined(lines, 0, entry->begin) + joined(lines, entry->end, lines.size());
  check_change(file, out, *find_setting(key), false);
  return out;
}

}  // namespace umsops::config
