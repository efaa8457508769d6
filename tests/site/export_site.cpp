// SPDX-License-Identifier: Apache-2.0
// export_site LANGUAGE FOLDER: entries on standard input, a JSON object a line with `markdown`, become a site. Stands
// in for a command where pages and the search in them are tested.
#include <unistd.h>

#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "cli/files.hpp"
#include "cli/markdown_helper.hpp"
#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "cli/site_folder.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/site/site.hpp"

namespace {

using namespace umsops;

std::string text_of(base::Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  return std::string(found != nullptr ? found->text() : "");
}

std::optional<std::int64_t> number_of(base::Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  auto const* const number = found != nullptr ? found->get_if<std::int64_t>() : nullptr;
  return number != nullptr ? std::optional(*number) : std::nullopt;
}

std::vector<std::string> list_of(base::Value const& value, std::string_view name) {
  std::vector<std::string> out;
  auto const* const found = value.find(name);
  auto const* const list = found != nullptr ? found->get_if<base::Value::List>() : nullptr;
  if (list == nullptr) return out;
  for (auto const& item : *list) out.emplace_back(item.text());
  return out;
}

site::Kind kind_of(std::string_view word) {
  constexpr std::string_view kWords[] = {"article", "guide", "video", "faq", "solution"};
  auto const at = std::find(std::begin(kWords), std::end(kWords), word);
  return static_cast<site::Kind>(std::distance(std::begin(kWords), at) % 5);
}

site::Entry entry_of(base::Value const& value) {
  site::Entry entry;
  entry.number = text_of(value, "number");
  entry.kind = kind_of(text_of(value, "kind"));
  entry.title = text_of(value, "title");
  entry.category = text_of(value, "category");
  entry.difficulty = text_of(value, "difficulty");
  entry.tags = list_of(value, "tags");
  entry.language = text_of(value, "language");
  entry.priority = number_of(value, "priority").value_or(0);
  entry.problem = text_of(value, "incident_type");
  entry.required_tools = list_of(value, "required_tools");
  entry.estimated_time_minutes = number_of(value, "estimated_time_minutes");
  entry.url = text_of(value, "url");
  entry.seconds = number_of(value, "length");
  entry.updated_at = base::parse_rfc3339(text_of(value, "updated_at")).value_or(base::TimePoint());
  return entry;
}

void run(std::string_view language, std::string const& folder) {
  std::string const input = cli::read_whole("-", 1u << 30);
  std::vector<site::Entry> entries;
  std::vector<std::string> texts;
  std::vector<std::pair<std::string, std::string>> links;
  for (std::size_t at = 0, end; (end = input.find('\n', at)) != std::string::npos; at = end + 1) {
    auto const value = base::parse_json(std::string_view(input).substr(at, end - at), "-", {64u << 20, 8});
    entries.push_back(entry_of(value));
    texts.push_back(text_of(value, "markdown"));
    links.emplace_back(entries.back().number, site::page_name(entries.back().number));
  }
  auto const rendered = cli::render_markdown(texts, links);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].html = rendered[i].html;
    entries[i].text = rendered[i].text;
  }
  site::Options options;
  options.language = language == "zh" ? base::Language::zh : base::Language::en;
  auto const change = cli::write_site(folder, site::make_site(std::move(entries), options));
  std::string const line = std::to_string(change.files) + " files: " + std::to_string(change.added) + " added, " +
                           std::to_string(change.changed) + " changed, " + std::to_string(change.removed) +
                           " removed\n";
  cli::write_all(1, line, "standard output");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  cli::signals::install(argv);
  try {
    run(argv[1], argv[2]);
    return 0;
  } catch (base::Error const& error) {
    cli::write_all(2, error.message() + "\n", "standard error");
    return error.kind() == base::ErrorKind::conflict ? 4 : error.kind() == base::ErrorKind::interrupted ? 143 : 1;
  }
}
