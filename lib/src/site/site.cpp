// SPDX-License-Identifier: Apache-2.0
#include "umsops/site/site.hpp"

#include <algorithm>
#include <tuple>

#include "base/embedded.hpp"
#include "site/lists.hpp"
#include "site/part.hpp"
#include "site/search_data.hpp"
#include "umsops/base/ascii.hpp"

namespace umsops::site {

namespace {

using base::Language;

constexpr std::size_t kLongestNumber = 40;

[[noreturn]] void refuse(std::string const& number, std::string problem) {
  throw base::Error(base::errors::record_invalid, {{"field", "number " + number}, {"problem", std::move(problem)}});
}

void check_numbers(std::vector<Entry> const& entries) {
  std::vector<std::string> names;
  for (auto const& entry : entries) {
    bool const plain = std::all_of(entry.number.begin(), entry.number.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (entry.number.empty() || entry.number.size() > kLongestNumber || !plain) {
      refuse(entry.number, "it cannot name a page");
    }
    names.push_back(page_name(entry.number));
  }
  std::sort(names.begin(), names.end());
  auto const twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) refuse(*twice, "two entries have it");
}

Part part_of(std::vector<Entry const*> entries, Language language, Options const& options) {
  Part part;
  part.language = language;
  part.labels = labels_of(language);
  part.title = options.title.empty() ? std::string(part.labels.title) : options.title;
  part.zone = options.zone;
  if (language != options.language) part.folder = std::string(part.labels.folder) + "/";
  part.by_category = grouped(entries);
  for (auto const* entry : entries) {
    part.by_kind[static_cast<std::size_t>(entry->kind)].push_back(entry);
    part.newest = std::max(part.newest, entry->updated_at);
  }
  part.entries = std::move(entries);
  return part;
}

void add_pages(Part const& part, std::vector<File>& files) {
  std::string const root = part.folder.empty() ? "" : "../";
  files.push_back({part.folder + "index.html", home_page(part, root)});
  for (auto const kind : kKinds) {
    if (!part.of_kind(kind).empty()) files.push_back({part.folder + kind_page(kind), kind_list(part, kind, root)});
  }
  for (auto const& group : part.by_category) {
    files.push_back({part.folder + category_page(group.first), category_list(part, group, root)});
    for (std::size_t i = 0; i < group.second.size(); ++i) {
      files.push_back({"entries/" + page_name(group.second[i]->number), entry_page(part, group, i)});
    }
  }
}

}  // namespace

std::string page_name(std::string_view number) { return base::ascii_lower(number) + ".html"; }

std::vector<File> make_site(std::vector<Entry> entries, Options const& options) {
  check_numbers(entries);
  std::sort(entries.begin(), entries.end(), [](Entry const& a, Entry const& b) {
    return std::tie(b.priority, a.title, a.number) < std::tie(a.priority, b.title, b.number);
  });
  std::vector<Entry const*> all, first, second;
  for (auto const& entry : entries) {
    all.push_back(&entry);
    (is_chinese(entry) == (options.language == Language::zh) ? first : second).push_back(&entry);
  }
  auto const other = options.language == Language::zh ? Language::en : Language::zh;
  std::vector<Part> parts{part_of(std::move(first), options.language, options)};
  if (!second.empty()) {
    parts.push_back(part_of(std::move(second), other, options));
    parts[0].has_other = parts[1].has_other = true;
    parts[0].other = parts[1].folder;
  }
  std::vector<File> files;
  for (auto const& part : parts) add_pages(part, files);
  auto data = search_data(all);
  files.push_back({"assets/index.js", std::move(data.index)});
  files.push_back({"assets/texts.js", std::move(data.texts)});
  for (auto const& asset : embedded::site_assets()) {
    files.push_back({"assets/" + std::string(asset.name), std::string(asset.bytes)});
  }
  std::sort(files.begin(), files.end(), [](File const& a, File const& b) { return a.path < b.path; });
  return files;
}

}  // namespace umsops::site
