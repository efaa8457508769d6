// SPDX-License-Identifier: Apache-2.0
#include "cli/site_folder.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "cli/files.hpp"
#include "cli/markdown_helper.hpp"
#include "umsops/base/error.hpp"

using namespace umsops;
using cli::SiteChange;

namespace {

namespace fs = std::filesystem;

/// A folder that goes away with the test.
struct Folder {
  std::string path = (fs::temp_directory_path() / "umsops-site-test-XXXXXX").string();
  Folder() { REQUIRE(mkdtemp(path.data()) != nullptr); }
  ~Folder() { fs::remove_all(path); }
};

std::string code_of(std::string const& folder, std::vector<site::File> const& files) {
  try {
    cli::write_site(folder, files);
    return "none";
  } catch (base::Error const& error) {
    return std::string(error.code().code);
  }
}

}  // namespace

TEST_CASE("a site takes the place of the one before it, as a whole") {
  Folder const scratch;
  std::string const folder = scratch.path + "/site";
  auto change = cli::write_site(folder, {{"a.html", "one"}, {"entries/b.html", "two"}});
  CHECK(change.added == 2);
  CHECK(cli::read_whole(folder + "/entries/b.html", 100) == "two");
  std::vector<site::File> const next{{"a.html", "changed"}, {"c.html", "three"}};
  change = cli::compare_site(folder, next);
  CHECK(change.added == 1);
  CHECK(change.changed == 1);
  CHECK(change.removed == 1);
  CHECK(fs::exists(folder + "/entries/b.html"));
  cli::write_site(folder, next);
  CHECK_FALSE(fs::exists(folder + "/entries"));
  CHECK(cli::read_whole(folder + "/a.html", 100) == "changed");
  CHECK(std::distance(fs::directory_iterator(scratch.path), fs::directory_iterator()) == 1);
}

TEST_CASE("a folder that is not ours is refused, and stays as it was") {
  Folder const scratch;
  std::string const folder = scratch.path + "/site";
  fs::create_directory(folder);
  std::ofstream(folder + "/notes.txt") << "mine";
  CHECK(code_of(folder, {{"a.html", "one"}}) == "site.not_ours");
  CHECK(cli::read_whole(folder + "/notes.txt", 100) == "mine");
  CHECK_FALSE(fs::exists(folder + "/a.html"));
  CHECK(code_of(folder + "/notes.txt", {{"a.html", "one"}}) == "site.not_ours");
  CHECK(code_of("/", {{"a.html", "one"}}) == "site.not_ours");
  CHECK(code_of(scratch.path + "/missing/site", {{"a.html", "one"}}) == "output.failed");
}

TEST_CASE("without its helper program nothing is made of Markdown") {
  try {
    cli::render_markdown({"text"}, {});  // this test does not stand where the program does
    FAIL("rendered");
  } catch (base::Error const& error) {
    CHECK(error.code().code == "markdown.helper");
    CHECK(error.message().find("umsops-markdown") != std::string::npos);
  }
  CHECK(cli::render_markdown({}, {}).empty());
  auto const large = cli::render_markdown({std::string(2 << 20, '<')}, {});
  REQUIRE(large.size() == 1);
  CHECK(large[0].plain);
  CHECK(large[0].html.starts_with("<pre>&lt;&lt;"));
}
