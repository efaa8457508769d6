// SPDX-License-Identifier: Apache-2.0
#include "site/lists.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "site/page.hpp"
#include "umsops/base/html.hpp"

namespace umsops::site {

namespace {

using base::html_text;

constexpr std::size_t kInCard = 6;

std::string address_of(Entry const& entry, std::string const& root) {
  return root + "entries/" + page_name(entry.number);
}

std::string badge(Part const& part, Entry const& entry) {
  std::string text(kind_name(entry.kind, part.language));
  if (entry.kind == Kind::video && entry.seconds) text += " " + length_text(*entry.seconds);
  return tag("span", text, " class=\"kind\"");
}

std::string entry_items(Part const& part, std::vector<Entry const*> const& entries, std::string const& root) {
  std::string out = "<ul class=\"entries\">\n";
  for (auto const* entry : entries) {
    out += "<li><h3>" + link(address_of(*entry, root), entry->title) + " " + badge(part, *entry) + "</h3>";
    if (auto const words = lead(entry->text); !words.empty()) out += tag("p", words);
    out += "</li>\n";
  }
  return out + "</ul>\n";
}

/// The text of an entry outside of `entries/`: its links to others lead there. A link of the helper has a scheme, or is
/// the page of an entry; nothing else in what it makes begins so.
std::string text_from(std::string const& html, std::string const& root) {
  constexpr std::string_view kLink = "<a href=\"";
  std::string out;
  std::size_t at = 0;
  for (std::size_t next; (next = html.find(kLink, at)) != std::string::npos; at = next) {
    next += kLink.size();
    out.append(html, at, next - at);
    std::size_t const end = std::min(html.find('"', next), html.size());
    if (std::string_view(html).substr(next, end - next).find(':') == std::string_view::npos) out += root + "entries/";
  }
  return out.append(html, at, std::string::npos);
}

/// Questions that open in place.
std::string answers(Part const& part, std::vector<Entry const*> const& entries, std::string const& root) {
  std::string out;
  for (auto const* entry : entries) {
    out += fmt::format("<details class=\"answer\" id=\"{}\">", html_text(page_name(entry->number)));
    out += tag("summary", entry->title) + "\n<div class=\"body\">\n" + text_from(entry->html, root) + "<p>" +
           link(address_of(*entry, root), part.labels.read) + "</p></div></details>\n";
  }
  return out;
}

std::string card(Part const& part, Part::Group const& group, std::string const& root) {
  auto const& [category, entries] = group;
  std::string const address = root + part.folder + category_page(category);
  std::string out = "<li class=\"card\"><h2>" + link(address, category_name(category, part)) + "</h2>\n<ul>\n";
  for (std::size_t i = 0; i < std::min(entries.size(), kInCard); ++i) {
    out += "<li>" + link(address_of(*entries[i], root), entries[i]->title) + "</li>\n";
  }
  out += "</ul>\n";
  if (entries.size() > kInCard) {
    out +=
        "<p class=\"all\">" + link(address, filled(part.labels.all_of, "n", std::to_string(entries.size()))) + "</p>";
  }
  return out + "</li>\n";
}

/// Where results are put, and what the script says.
std::string results(Part const& part) {
  std::string out = "<section id=\"results\" hidden";
  auto const data = [&](std::string_view name, std::string_view text) {
    out += fmt::format(" data-{}=\"{}\"", name, html_text(text));
  };
  data("none", part.labels.found_none);
  data("one", part.labels.found_one);
  data("many", part.labels.found_many);
  data("more", part.labels.more);
  data("failed", part.labels.failed);
  for (auto const kind : kKinds) data(kind_word(kind), kind_name(kind, part.language));
  return out + fmt::format(" aria-label=\"{}\">\n<p role=\"status\"></p>\n<ol></ol>\n</section>\n",
                           html_text(part.labels.search));
}

}  // namespace

std::string home_page(Part const& part, std::string const& root) {
  std::string main = "<div class=\"hero\">" + tag("h1", part.title) + "\n" + search_form(part, part.labels.search_hint);
  main += tag("p", part.labels.keys, " class=\"hint keys\"");
  main += "<noscript>" + tag("p", part.labels.no_script, " class=\"hint\"") + "</noscript></div>\n";
  main += results(part) + "<div id=\"browse\">\n<ul class=\"kinds\">\n";
  for (auto const kind : kKinds) {
    auto const count = part.of_kind(kind).size();
    if (count == 0) continue;
    main += fmt::format("<li><a href=\"{}\">{}<span>{}</span></a></li>\n", root + part.folder + kind_page(kind),
                        html_text(kind_names(kind, part.language)), count);
  }
  main += "</ul>\n<ul class=\"cards\">\n";
  for (auto const& group : part.by_category) main += card(part, group, root);
  main += "</ul>\n";
  if (part.entries.empty()) main += tag("p", part.labels.nothing_yet);
  return page(part, {"", main + "</div>\n", "index.html", root, part.title});
}

std::string kind_list(Part const& part, Kind kind, std::string const& root) {
  auto const name = kind_names(kind, part.language);
  std::string main = tag("h1", name) + "\n";
  for (auto const& [category, entries] : grouped(part.of_kind(kind))) {
    main += "<section>" + tag("h2", category_name(category, part)) + "\n";
    main += kind == Kind::faq ? answers(part, entries, root) : entry_items(part, entries, root);
    main += "</section>\n";
  }
  return page(part, {name, main, kind_page(kind), root});
}

std::string category_list(Part const& part, Part::Group const& group, std::string const& root) {
  std::string const name = category_name(group.first, part);
  std::string const main = tag("h1", name) + "\n" + entry_items(part, group.second, root);
  return page(part, {name, main, category_page(group.first), root});
}

}  // namespace umsops::site
