// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/env.hpp"
#include "umsops/desk/knowledge_desk.hpp"

/// A folder of Markdown files on this machine. Symbolic links in it are never followed, and nothing outside of it is
/// ever read or written, whatever names the desk or the folder holds.
namespace umsops::cli::kb {

bool is_folder(std::string const& path);
/// What a folder is called in the desk: its own name, wherever it lies.
std::string folder_name(std::string const& directory);

/// The articles in it, by path: files `*.md` that begin with front matter, those in hidden folders left out. The first
/// mistake is thrown, the others are its details: nothing is known of a folder that was half read.
std::vector<desk::FolderFile> read_folder(std::string const& directory);

/// Whether something is at that path; throws `file.unreadable` for one that leads out.
bool is_taken(std::string const& directory, std::string const& path);
/// What the file of that path says; null: it is none of an article.
std::optional<desk::FolderFile> read_folder_file(std::string const& directory, std::string const& path);
/// Writes the file, whole or not at all, and the folders that it needs.
void write_folder_file(std::string const& directory, std::string const& path, std::string const& text);

/// `kb import DIR` and `kb export DIR`.
int import_folder(Env& env, Call const& call);
int export_folder(Env& env, Call const& call, query::Query const& query);

}  // namespace umsops::cli::kb
