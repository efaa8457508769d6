// SPDX-License-Identifier: Apache-2.0
#include "site/page.hpp"

#include <fmt/format.h>

#include "umsops/base/html.hpp"

namespace umsops::site {

namespace {

using base::html_text;

/// Nothing from elsewhere, and no script in a page. In a folder, `'self'` is what lies there.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action "
    "'none'";

std::string head(Part const& part, PageParts const& parts) {
  std::string const title = parts.title.empty() ? part.title : std::string(parts.title) + " · " + part.title;
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n",
      part.labels.language, kPolicy);
  if (!parts.description.empty()) {
    out += fmt::format("<meta name=\"description\" content=\"{}\">\n", html_text(parts.description));
  }
  out += tag("title", title) + "\n";
  out += fmt::format("<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{}assets/style.css\">\n",
                     parts.root);
  for (char const* const script : {"terms", "search", "page"}) {
    out += fmt::format("<script defer src=\"{}assets/{}.js\"></script>\n", parts.root, script);
  }
  return out + "</head>\n";
}

std::string menu(Part const& part, PageParts const& parts) {
  std::string const home = parts.root + part.folder;
  std::string out = "<nav><ul>\n";
  auto const item = [&](std::string const& address, std::string_view text) {
    out += "<li>" + link(home + address, text, address == parts.here ? " aria-current=\"page\"" : "") + "</li>\n";
  };
  for (auto const kind : kKinds) {
    if (!part.of_kind(kind).empty()) item(kind_page(kind), kind_names(kind, part.language));
  }
  if (part.has_other) {
    auto const other = labels_of(part.language == base::Language::zh ? base::Language::en : base::Language::zh);
    out += "<li class=\"other\">" +
           link(parts.root + part.other + "index.html", other.other_language,
                fmt::format(" lang=\"{0}\" hreflang=\"{0}\"", other.language)) +
           "</li>\n";
  }
  return out + "</ul></nav>\n";
}

std::string footer(Part const& part) {
  if (part.entries.empty()) return {};
  auto const text = filled(filled(part.labels.entries, "n", std::to_string(part.entries.size())), "day",
                           day_text(part.newest, part.zone));
  return "<footer><div class=\"frame\">" + tag("p", text) + "</div></footer>\n";
}

}  // namespace

std::string filled(std::string_view label, std::string_view name, std::string_view value) {
  std::string out(label);
  std::string const mark = "{" + std::string(name) + "}";
  if (auto const at = out.find(mark); at != std::string::npos) out.replace(at, mark.size(), value);
  return out;
}

std::string tag(std::string_view name, std::string_view text, std::string_view attributes) {
  return fmt::format("<{0}{1}>{2}</{0}>", name, attributes, html_text(text));
}

std::string link(std::string_view address, std::string_view text, std::string_view attributes) {
  return fmt::format("<a href=\"{}\"{}>{}</a>", html_text(address), attributes, html_text(text));
}

std::string search_form(Part const& part, std::string_view hint) {
  return fmt::format(
      "<form role=\"search\"><input type=\"search\" aria-label=\"{}\" placeholder=\"{}\" autocomplete=\"off\" "
      "spellcheck=\"false\" maxlength=\"500\"></form>\n",
      html_text(part.labels.search), html_text(hint));
}

std::string page(Part const& part, PageParts const& parts) {
  std::string out = head(part, parts);
  out += fmt::format("<body data-root=\"{0}\" data-home=\"{0}{1}\">\n", parts.root, part.folder);
  out += link("#main", part.labels.skip, " class=\"skip\"") + "\n<header class=\"top\"><div class=\"frame\">\n";
  out += link(parts.root + part.folder + "index.html", part.title, " class=\"name\"") + "\n";
  out += menu(part, parts);
  if (!parts.title.empty()) out += search_form(part, part.labels.search);
  out += "</div></header>\n<main id=\"main\"><div class=\"frame\">\n" + parts.main + "</div></main>\n";
  return out + footer(part) + "</body>\n</html>\n";
}

}  // namespace umsops::site
