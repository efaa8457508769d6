// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/sender_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/embedded.hpp"
#include "config/sender_reader.hpp"
#include "config/yaml_tree.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/yaml.hpp"

namespace umsops::config {
namespace {

using alert::Sender;

std::string_view name_of(embedded::File const& file) { return file.name.substr(0, file.name.rfind('.')); }

Sender sound(std::string_view text, std::string const& file) {
  Problems problems(base::errors::config_invalid);
  auto sender = read_sender_text(text, file, problems);
  problems.raise();
  return sender;
}

Sender read_builtin(std::size_t place) {
  std::string const file = "built-in " + std::string(embedded::builtin_senders()[place].name);
  Problems problems(base::errors::config_invalid);
  auto sender = read_sender_tree(unpack_tree(embedded::builtin_sender_trees()[place].bytes, file), file, problems);
  problems.raise();
  return sender;
}

}  // namespace

std::vector<Sender> read_senders(std::vector<std::string> const& files, std::string_view only) {
  std::vector<Sender> all;
  auto const named = [&](std::string_view name) {
    return std::find_if(all.begin(), all.end(), [&](Sender const& sender) { return sender.name == name; });
  };
  for (auto const& file : files) {
    auto sender = sound(read_file(file), file);
    if (auto const twin = named(sender.name); twin != all.end()) {
      throw invalid({file, sender.line, 1},
                    fmt::format("sender {} occurs twice, first in {}", echo(sender.name), twin->file),
                    "give each its own name");
    }
    all.push_back(std::move(sender));
  }
  auto const builtin = builtin_senders();
  for (std::size_t i = 0; i < builtin.size(); ++i) {
    if (named(builtin[i]) == all.end() && (only.empty() || only == builtin[i])) all.push_back(read_builtin(i));
  }
  return all;
}

std::vector<std::string_view> builtin_senders() {
  std::vector<std::string_view> names;
  for (auto const& file : embedded::builtin_senders()) names.push_back(name_of(file));
  return names;
}

std::string_view builtin_sender(std::string_view name) {
  for (auto const& file : embedded::builtin_senders()) {
    if (name_of(file) == name) return file.bytes;
  }
  auto const best = name.size() <= 64 ? base::nearest(name, builtin_senders()) : std::string();
  throw base::Error(
      base::errors::alert_sender_unknown,
      {{"name", base::shortened(name, 80)}, {"suggestion", best.empty() ? "" : "did you mean " + best + "?"}});
}

void check_beside_builtin(Sender const& sender, Problems& problems) {
  if (!sender.automatic) return;
  auto const builtin = builtin_senders();
  for (std::size_t i = 0; i < builtin.size(); ++i) {
    if (builtin[i] == sender.name) continue;
    auto const other = read_builtin(i);
    if (!other.automatic || !recognise_alike(sender, other)) continue;
    problems.add({sender.file, sender.line, 1},
                 fmt::format("recognises exactly what the built-in sender {} does", other.name),
                 fmt::format("name: {} replaces it; or add a condition", other.name));
  }
}

}  // namespace umsops::config
