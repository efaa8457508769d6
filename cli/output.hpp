// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cli/told.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

/// Standard output through write(2): buffered, every failure noticed.
class Output final : public format::Sink {
 public:
  Output(int descriptor, std::string where) : descriptor_(descriptor), where_(std::move(where)) {}
  void write(std::string_view bytes) override;
  void flush() override;

  /// Keeps everything back until the next flush, for the pager.
  void hold() { held_ = true; }
  bool held() const { return held_; }
  /// Gives what is kept back, and keeps nothing back any more.
  std::string release();
  /// Forgets what was not written yet: an error leaves no half of a document behind.
  void discard() { buffer_.clear(); }
  /// At the end of the run: closes the descriptor, since some file systems tell only then that there was no room.
  void finish();
  /// What the answers in here are about.
  Told& told() { return told_; }

 private:
  int descriptor_;
  std::string where_;
  std::string buffer_;
  bool held_ = false;
  Told told_;
};

/// A file that appears whole or not at all: written beside the target, synced and renamed by `commit`. What is no
/// regular file (a pipe, /dev/stdout) is written to directly.
class FileOutput final : public format::Sink {
 public:
  explicit FileOutput(std::string path);
  ~FileOutput() override;
  FileOutput(FileOutput const&) = delete;
  FileOutput& operator=(FileOutput const&) = delete;
  void write(std::string_view bytes) override;
  void flush() override;
  void commit();

 private:
  std::string path_, temporary_;
  int descriptor_ = -1;
  std::string buffer_;
};

/// Fills standard descriptors that are closed, so that no file of ours becomes one of them. Using them is an error all
/// the same, but for standard error.
void ensure_standard_descriptors();
/// All bytes, or an error: `output.failed`, `ClosedPipe`, `process.interrupted` where it had to wait for a reader.
void write_all(int descriptor, std::string_view bytes, std::string const& where);
/// The same; of what an error keeps from being written, `bytes` is the rest.
void write_rest(int descriptor, std::string_view& bytes, std::string const& where);

}  // namespace umsops::cli
