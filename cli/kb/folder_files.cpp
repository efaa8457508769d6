// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/kb/folder.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/article_files.hpp"
#include "umsops/config/yaml.hpp"

namespace umsops::cli::kb {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 20'000, kLongestPath = 500;
constexpr int kDeepest = 32;
constexpr std::string_view kEnding = ".md";

[[noreturn]] void refuse(std::string const& path, std::string problem) {
  throw base::Error(base::errors::file_unreadable, {{"file", path}, {"problem", std::move(problem)}});
}

/// Within the folder, in words that every system bears.
void check_path(std::string const& path) {
  if (auto const fault = base::text_fault(path, base::TextShape::line, kLongestPath)) refuse(path, *fault);
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string::npos)
    refuse(path, "no path in the folder");
  for (std::size_t at = 0; at <= path.size();) {
    std::size_t const end = std::min(path.find('/', at), path.size());
    auto const part = std::string_view(path).substr(at, end - at);
    if (part.empty() || part.front() == '.') refuse(path, "no path in the folder");
    at = end + 1;
  }
  if (!path.ends_with(kEnding)) refuse(path, "its name does not end in .md");
}

/// Throws where a part of the path is a symbolic link: it could lead anywhere.
void refuse_links(fs::path const& directory, std::string const& path) {
  fs::path at = directory;
  for (auto const& part : fs::path(path)) {
    at /= part;
    std::error_code code;
    if (fs::is_symlink(fs::symlink_status(at, code))) refuse(at.string(), "it is a symbolic link");
  }
}

/// Paths of all files that may be articles.
std::vector<std::string> paths_in(std::string const& directory) {
  std::vector<std::string> paths;
  std::error_code code;
  fs::recursive_directory_iterator walk(directory, code);
  if (code) refuse(directory, code.message());
  for (fs::recursive_directory_iterator const end; walk != end; walk.increment(code)) {
    std::string const name = walk->path().filename().string();
    if (name.starts_with('.') || walk->is_symlink(code)) {
      walk.disable_recursion_pending();
      continue;
    }
    if (walk.depth() >= kDeepest) refuse(walk->path().string(), "more than 32 folders deep");
    if (!walk->is_regular_file(code) || !name.ends_with(kEnding)) continue;
    paths.push_back(walk->path().lexically_relative(directory).generic_string());
    if (paths.size() > kMostFiles)
      throw base::Error(base::errors::input_too_large,
                        {{"what", directory}, {"limit", std::to_string(kMostFiles) + " files"}});
  }
  if (code) refuse(directory, code.message());
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::optional<desk::FolderFile> read_one(fs::path const& whole, std::string const& path) {
  std::string const text = config::read_file(whole.string());
  // A README beside the articles has no front matter.
  if (!text.starts_with("---\n") && !text.starts_with("---\r\n") && !text.starts_with("\xef\xbb\xbf---"))
    return std::nullopt;
  auto read = config::read_article_text(text, whole.string());
  return desk::FolderFile{path, std::move(read.article), std::move(read.head)};
}

}  // namespace

bool is_folder(std::string const& path) {
  std::error_code code;
  return fs::is_directory(path, code);
}

std::string folder_name(std::string const& directory) {
  std::error_code code;
  auto whole = fs::weakly_canonical(directory, code);
  if (code) whole = fs::path(directory).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  std::string name = whole.filename().string();
  return name.empty() ? "root" : name;
}

std::vector<desk::FolderFile> read_folder(std::string const& directory) {
  std::vector<desk::FolderFile> files;
  std::optional<base::Error> first;
  for (auto const& path : paths_in(directory)) {
    try {
      check_path(path);
      if (auto file = read_one(fs::path(directory) / path, path)) files.push_back(std::move(*file));
    } catch (base::Error const& error) {
      if (!first) {
        first = error;
      } else {
        first->detail(base::Value::Object{{"file", path}, {"problem", error.message()}});
      }
    }
  }
  if (first) throw base::Error(*first);
  return files;
}

bool is_taken(std::string const& directory, std::string const& path) {
  check_path(path);
  refuse_links(directory, path);
  std::error_code code;
  return fs::exists(fs::path(directory) / path, code);
}

std::optional<desk::FolderFile> read_folder_file(std::string const& directory, std::string const& path) {
  try {
    return read_one(fs::path(directory) / path, path);
  } catch (base::Error const& error) {
    if (error.kind() != base::ErrorKind::configuration && error.kind() != base::ErrorKind::invalid_input) throw;
    return std::nullopt;  // somebody is at work on it
  }
}

void write_folder_file(std::string const& directory, std::string const& path, std::string const& text) {
  check_path(path);
  refuse_links(directory, path);
  fs::path const whole = fs::path(directory) / path;
  std::error_code code;
  fs::create_directories(whole.parent_path(), code);
  if (code) refuse(whole.parent_path().string(), code.message());
  FileOutput out(whole.string());
  out.write(text);
  out.commit();
}

}  // namespace umsops::cli::kb
