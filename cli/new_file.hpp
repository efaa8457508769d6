// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// Files and folders of settings that the program makes for its user.
namespace umsops::cli {

/// Makes the folder and those above it that are missing, and looks whether what is put there can be trusted. Throws
/// `output.failed`, `file.untrusted`.
void make_trusted_folder(std::string const& folder, unsigned mode);

/// Makes a file that is whole from the first moment on, and leaves one alone that is there: false. Throws
/// `output.failed`.
bool create_file(std::string const& path, std::string_view text, unsigned mode);

/// As long as it lives, no other run changes a file in that folder.
class FolderLock {
 public:
  /// Throws `file.unreadable`, `file.untrusted`.
  explicit FolderLock(std::string const& folder);
  ~FolderLock();
  FolderLock(FolderLock const&) = delete;

 private:
  int descriptor_;
};

}  // namespace umsops::cli
