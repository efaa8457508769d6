// SPDX-License-Identifier: Apache-2.0
#include "umsops/site/site.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <ctime>

using namespace umsops;
using site::Entry;
using site::Kind;

namespace {

Entry entry(std::string number, Kind kind, std::string title, std::string category = "mfa") {
  Entry out;
  out.number = std::move(number);
  out.kind = kind;
  out.title = std::move(title);
  out.html = "<p>text of " + out.number + "</p>\n";
  out.text = "text of " + out.number + "\n";
  out.category = std::move(category);
  return out;
}

std::string bytes_of(std::vector<site::File> const& files, std::string_view path) {
  auto const found = std::find_if(files.begin(), files.end(), [&](auto const& file) { return file.path == path; });
  REQUIRE(found != files.end());
  return found->bytes;
}

bool has(std::vector<site::File> const& files, std::string_view path) {
  return std::any_of(files.begin(), files.end(), [&](auto const& file) { return file.path == path; });
}

bool says(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a site has a page for each entry, kind and category, and one for each language") {
  auto const files =
      site::make_site({entry("KB-000001", Kind::faq, "Lost phone"), entry("KB-000002", Kind::guide, "设置验证器"),
                       entry("KB-000003", Kind::solution, "Sync", "")},
                      {});
  for (char const* const path :
       {"index.html", "faq.html", "solution.html", "category-mfa.html", "entries/kb-000001.html",
        "entries/kb-000002.html", "entries/kb-000003.html", "zh/index.html", "zh/guide.html", "zh/category-mfa.html",
        "assets/style.css", "assets/page.js", "assets/search.js", "assets/terms.js", "assets/index.js",
        "assets/texts.js"}) {
    INFO(path);
    CHECK(has(files, path));
  }
  CHECK_FALSE(has(files, "guide.html"));
  CHECK_FALSE(has(files, "zh/faq.html"));
  CHECK(says(bytes_of(files, "index.html"), "<html lang=\"en\">"));
  CHECK(says(bytes_of(files, "zh/index.html"), "<html lang=\"zh-CN\">"));
  CHECK(says(bytes_of(files, "entries/kb-000002.html"), "<html lang=\"zh-CN\">"));
  CHECK(says(bytes_of(files, "index.html"), "<a href=\"zh/index.html\" lang=\"zh-CN\" hreflang=\"zh-CN\">中文</a>"));
  CHECK(says(bytes_of(files, "zh/index.html"), "<a href=\"../index.html\" lang=\"en\" hreflang=\"en\">English</a>"));
  CHECK(says(bytes_of(files, "index.html"), "General"));  // what has no category
}

TEST_CASE("the language that was asked for comes first") {
  site::Options options;
  options.language = base::Language::zh;
  options.title = "统一身份 <帮助>";
  auto const files =
      site::make_site({entry("KB-1", Kind::faq, "Lost phone"), entry("KB-2", Kind::faq, "忘记密码")}, options);
  CHECK(says(bytes_of(files, "index.html"), "忘记密码"));
  CHECK(says(bytes_of(files, "en/index.html"), "Lost phone"));
  CHECK(says(bytes_of(files, "index.html"), "统一身份 &lt;帮助&gt;"));
  auto stated = entry("KB-3", Kind::faq, "VPN");
  stated.language = "zh_CN";
  CHECK_FALSE(has(site::make_site({stated}, options), "en/index.html"));
}

TEST_CASE("equal entries give equal bytes, in whatever order they come") {
  std::vector<Entry> entries{entry("KB-1", Kind::faq, "b"), entry("KB-2", Kind::faq, "a"),
                             entry("KB-3", Kind::faq, "a")};
  entries[0].priority = 5;
  auto const files = site::make_site(entries, {});
  std::reverse(entries.begin(), entries.end());
  auto const again = site::make_site(entries, {});
  REQUIRE(files.size() == again.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    CHECK(files[i].path == again[i].path);
    CHECK(files[i].bytes == again[i].bytes);
  }
  CHECK(std::is_sorted(files.begin(), files.end(), [](auto const& a, auto const& b) { return a.path < b.path; }));
  auto const faq = bytes_of(files, "faq.html");
  CHECK(faq.find("kb-1.html") < faq.find("kb-2.html"));
}

TEST_CASE("an entry says what its kind has to say") {
  auto video = entry("KB-1", Kind::video, "How to enrol");
  video.url = "https://video.example.org/a?b=1&c=\"2\"";
  video.seconds = 3725;
  auto solution = entry("KB-2", Kind::solution, "Expired");
  solution.problem = "AUTHENTICATION_FAILURE";
  solution.required_tools = {"openssl", "<ldapsearch>"};
  solution.estimated_time_minutes = 30;
  solution.difficulty = "ADVANCED";
  solution.updated_at = base::parse_rfc3339("2026-11-30T12:00:00Z").value();
  auto const files = site::make_site({video, solution}, {});
  auto const page = bytes_of(files, "entries/kb-1.html");
  CHECK(says(page, "<a href=\"https://video.example.org/a?b=1&amp;c=&quot;2&quot;\" class=\"watch\""));
  CHECK(says(page, "1:02:05"));
  auto const other = bytes_of(files, "entries/kb-2.html");
  CHECK(says(other, "<dd>Authentication failure</dd>"));
  CHECK(says(other, "<dd>openssl, &lt;ldapsearch&gt;</dd>"));
  CHECK(says(other, "<dd>30 min</dd>"));
  CHECK(says(other, "<dd>Advanced</dd>"));
  CHECK(says(other, "<dd>2026-11-30</dd>"));
  video.url = "javascript:alert(1)";
  CHECK_FALSE(says(bytes_of(site::make_site({video}, {}), "entries/kb-1.html"), "javascript"));
}

TEST_CASE("links between entries lead there from every page") {
  auto first = entry("KB-1", Kind::faq, "a");
  first.html = "<p><a href=\"kb-2.html\">b</a> <a href=\"https://example.org/kb-2.html\">c</a></p>\n";
  auto const files = site::make_site({first, entry("KB-2", Kind::faq, "b")}, {});
  CHECK(says(bytes_of(files, "entries/kb-1.html"), "<a href=\"kb-2.html\">b</a>"));
  CHECK(says(bytes_of(files, "faq.html"), "<a href=\"entries/kb-2.html\">b</a>"));
  CHECK(says(bytes_of(files, "faq.html"), "<a href=\"https://example.org/kb-2.html\">c</a>"));
}

TEST_CASE("whatever stands in an entry is text") {
  std::string const harm = "\"><script>alert(1)</script>\xE2\x80\xAE\x1B[31m";
  auto bad = entry("KB-1", Kind::faq, harm, harm);
  bad.tags = {harm};
  bad.difficulty = harm;
  for (auto const& file : site::make_site({bad}, {})) {
    if (!file.path.ends_with(".html")) continue;
    INFO(file.path);
    CHECK_FALSE(says(file.bytes, "<script>"));
    CHECK_FALSE(says(file.bytes, "\xE2\x80\xAE"));
    CHECK_FALSE(says(file.bytes, "\x1B"));
  }
}

TEST_CASE("a number names one page of the site and nothing else") {
  for (char const* const number : {"", "../../etc/passwd", "KB 1", "KB-1/2", "a.b"}) {
    INFO(number);
    CHECK_THROWS_AS(site::make_site({entry(number, Kind::faq, "x")}, {}), base::Error);
  }
  CHECK_THROWS_AS(site::make_site({entry("KB-1", Kind::faq, "x"), entry("kb-1", Kind::faq, "y")}, {}), base::Error);
  CHECK(site::page_name("KB-000007") == "kb-000007.html");
}

TEST_CASE("categories that are no plain word have pages of their own, too") {
  auto const files = site::make_site({entry("KB-1", Kind::faq, "a", "../x"), entry("KB-2", Kind::faq, "b", "网络"),
                                      entry("KB-3", Kind::faq, "c", "-")},
                                     {});
  auto const pages =
      std::count_if(files.begin(), files.end(), [](auto const& file) { return file.path.starts_with("category--"); });
  CHECK(pages == 3);
}

TEST_CASE("a site without entries has a first page") {
  auto const files = site::make_site({}, {});
  CHECK(says(bytes_of(files, "index.html"), "There is nothing here yet."));
  CHECK(says(bytes_of(files, "assets/index.js"), "\"documents\":[]"));
}

TEST_CASE("making a site takes time in proportion to its entries") {
  auto const measure = [](int count) {
    std::vector<Entry> entries;
    for (int i = 0; i < count; ++i) {
      entries.push_back(entry("KB-" + std::to_string(i), Kind::faq, "question " + std::to_string(i)));
    }
    auto const begun = std::clock();
    site::make_site(std::move(entries), {});
    return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
  };
  measure(100);
  CHECK(measure(8000) < 40 * std::max(measure(500), 0.01));  // squared it would be 256 times
}
