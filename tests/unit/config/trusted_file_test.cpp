// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/trusted_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "umsops/base/error.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using config::TrustedFile;

namespace {

std::string error_of(std::string const& path, TrustedFile::For what = TrustedFile::For::reading) {
  try {
    TrustedFile const file(path, what);
    return "";
  } catch (base::Error const& error) {
    return std::string(error.code().code) + ": " + error.message();
  }
}

}  // namespace

TEST_CASE("a file that nobody else can change is trusted, wherever a link leads") {
  tests::Scratch scratch;
  auto const file = scratch.write("a/b.yaml", "x");
  CHECK(config::read_trusted_file(file) == "x");
  std::filesystem::create_symlink(file, scratch.path("link"));
  CHECK(config::read_trusted_file(scratch.path("link")) == "x");
  CHECK(error_of(file, TrustedFile::For::running).empty());
  CHECK(error_of(scratch.path("a"), TrustedFile::For::listing).empty());
  CHECK(error_of(scratch.path("none")).starts_with("file.unreadable"));
}

TEST_CASE("a file that others could change, or exchange, is not") {
  tests::Scratch scratch;
  auto const file = scratch.write("a/b.yaml", "x");
  auto const folder = scratch.path("a");
  REQUIRE(::chmod(file.c_str(), 0646) == 0);
  CHECK(error_of(file) == "file.untrusted: " + file + " is not trusted: others may write it");
  REQUIRE(::chmod(file.c_str(), 0644) == 0);
  REQUIRE(::chmod(folder.c_str(), 0777) == 0);
  CHECK(error_of(file) == "file.untrusted: " + file + " is not trusted: others may write the folder " + folder);
  REQUIRE(::chmod(folder.c_str(), 01777) == 0);  // others may add files there, and exchange none
  CHECK(error_of(file).empty());
  CHECK(error_of(folder, TrustedFile::For::listing).starts_with("file.untrusted"));
  CHECK_FALSE(config::is_own_folder(folder));
  REQUIRE(::chmod(folder.c_str(), 0755) == 0);
  CHECK(config::is_own_folder(folder));
  if (::geteuid() != 0) return;
  REQUIRE(::chown(file.c_str(), 65534, 65534) == 0);
  CHECK(error_of(file) == "file.untrusted: " + file + " is not trusted: it belongs to another user");
  REQUIRE(::chown(file.c_str(), 0, 0) == 0);
  REQUIRE(::chown(folder.c_str(), 65534, 0) == 0);
  CHECK(error_of(file).find("the folder " + folder + " belongs to another user") != std::string::npos);
  CHECK_FALSE(config::is_own_folder(folder));
  // Whoever can turn a link can choose among our files.
  std::filesystem::create_symlink(scratch.write("c/d.yaml", "y"), folder + "/link");
  CHECK(error_of(folder + "/link").starts_with("file.untrusted"));
}
