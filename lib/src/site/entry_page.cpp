// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "site/lists.hpp"
#include "site/page.hpp"
#include "umsops/base/html.hpp"

namespace umsops::site {

namespace {

constexpr std::string_view kRoot = "../";
constexpr std::size_t kMostRelated = 5;

std::string joined(std::vector<std::string> const& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::string facts(Part const& part, Entry const& entry) {
  auto const& labels = part.labels;
  std::string out = "<dl class=\"facts\">\n";
  auto const fact = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) out += "<div>" + tag("dt", name) + tag("dd", value) + "</div>\n";
  };
  std::string_view const comma = part.language == base::Language::zh ? "、" : ", ";
  fact(labels.kind, kind_name(entry.kind, part.language));
  fact(labels.difficulty, word_of(entry.difficulty, part.language));
  fact(labels.problem, word_of(entry.problem, part.language));
  if (entry.seconds) fact(labels.length, length_text(*entry.seconds));
  if (entry.estimated_time_minutes) fact(labels.minutes, minutes_text(*entry.estimated_time_minutes, part.language));
  fact(labels.tools, joined(entry.required_tools, comma));
  fact(labels.tags, joined(entry.tags, comma));
  fact(labels.updated, day_text(entry.updated_at, part.zone));
  return out + "</dl>\n";
}

std::string video(Part const& part, Entry const& entry) {
  if (!base::is_safe_link(entry.url) || entry.url.starts_with("mailto:")) return {};
  std::string text(part.labels.watch);
  if (entry.seconds) text += " (" + length_text(*entry.seconds) + ")";
  return "<p>" + link(entry.url, text, " class=\"watch\" rel=\"noopener noreferrer external\"") + "</p>\n";
}

/// Others of its category: those that come next in its order, from the beginning again behind the last.
std::string related(Part const& part, std::vector<Entry const*> const& others, std::size_t own) {
  if (others.size() < 2) return {};
  std::string out = "<aside class=\"related\">" + tag("h2", part.labels.related) + "\n<ul>\n";
  for (std::size_t i = 1; i <= std::min(kMostRelated, others.size() - 1); ++i) {
    auto const& other = *others[(own + i) % others.size()];
    out += "<li>" + link(page_name(other.number), other.title) + "</li>\n";
  }
  return out + "</ul></aside>\n";
}

}  // namespace

std::string entry_page(Part const& part, Part::Group const& group, std::size_t place) {
  Entry const& entry = *group.second[place];
  std::string const home(kRoot);
  std::string main =
      "<article>\n<p class=\"crumbs\">" + link(home + part.folder + "index.html", part.labels.home) + " › " +
      link(home + part.folder + category_page(entry.category), category_name(entry.category, part)) + "</p>\n";
  main += tag("h1", entry.title) + "\n" + facts(part, entry);
  if (entry.kind == Kind::video) main += video(part, entry);
  main += "<div class=\"body\">\n" + entry.html + "</div>\n</article>\n" + related(part, group.second, place);
  std::string const words = lead(entry.text);
  return page(part, {entry.title, main, "entries/" + page_name(entry.number), home, words});
}

}  // namespace umsops::site
