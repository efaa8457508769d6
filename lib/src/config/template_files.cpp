// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/template_files.hpp"

#include <algorithm>

#include "base/embedded.hpp"
#include "config/template_reader.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/yaml_folder.hpp"

namespace umsops::config {
namespace {

using prepared::Template;

constexpr std::size_t kMostBytes = 1 << 20;

void put(std::vector<Template>& all, Template one) {
  auto const known = std::find_if(all.begin(), all.end(), [&](auto const& other) { return other.name == one.name; });
  if (known == all.end())
    all.push_back(std::move(one));
  else
    *known = std::move(one);
}

[[noreturn]] void refuse_unknown(std::string_view name, std::vector<std::string_view> const& names) {
  auto const near = base::nearest(name, names);
  throw base::Error(base::errors::template_unknown,
                    {{"name", base::shortened(std::string(name), 80)},
                     {"suggestion", near.empty() ? "see: umsops template list" : "did you mean " + near + "?"}});
}

Template const* find(std::vector<Template> const& all, std::string_view name) {
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Template> read_templates(std::vector<std::string> const& paths) {
  Problems problems(base::errors::config_invalid);
  std::vector<Template> all;
  for (auto const& file : embedded::builtin_templates()) {
    for (auto& one : read_template_text(file.bytes, std::string(file.name), problems)) {
      one.file.clear();
      put(all, std::move(one));
    }
  }
  for (auto const& path : paths) {
    problems.guard([&] {
      for (auto const& file : yaml_files(path)) {
        problems.guard([&] {
          for (auto& one : read_template_text(read_file(file, kMostBytes), file, problems)) put(all, std::move(one));
        });
      }
    });
  }
  problems.raise();
  return all;
}

Template const& require_template(std::vector<Template> const& all, std::string_view name, prepared::Use use) {
  auto const* const found = find(all, name);
  if (found && found->use == use) return *found;
  std::vector<std::string_view> names;
  for (auto const& one : all)
    if (one.use == use) names.push_back(one.name);
  if (found) {
    throw base::Error(base::errors::template_unknown,
                      {{"name", std::string(name)},
                       {"suggestion", found->use == prepared::Use::ticket
                                          ? "it is of tickets: umsops ticket create --template " + found->name
                                          : "it is of replies: umsops ticket reply ID --template " + found->name}});
  }
  refuse_unknown(name, names);
}

Template const& require_template(std::vector<Template> const& all, std::string_view name) {
  if (auto const* const found = find(all, name)) return *found;
  std::vector<std::string_view> names;
  for (auto const& one : all) names.push_back(one.name);
  refuse_unknown(name, names);
}

}  // namespace umsops::config
