// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "cli/progress_line.hpp"
#include "cli/signals.hpp"
#include "cli/visible_output.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kBuffer = 64 * 1024;

[[noreturn]] void fail(std::string const& where, int number) {
  std::string const problem = number == EBADF ? "it is closed" : std::strerror(number);
  throw base::Error(base::errors::output_failed, {{"where", where}, {"problem", problem}});
}

bool visible_only = false;

/// Lines as they are, with whatever line ends they have.
std::string visible(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    auto const end = std::min(bytes.find("\r\n"), bytes.size());
    out += base::terminal_text(bytes.substr(0, end), base::TextShape::block);
    bytes.remove_prefix(end);
    if (bytes.empty()) break;
    out += "\r\n";
    bytes.remove_prefix(2);
  }
  return out;
}

/// Who owns a FIFO or a device reads what is written there; what the shell has opened for us is its user's choice.
void refuse_foreign(struct stat const& status, std::string const& path) {
  bool const ours = status.st_uid == geteuid() || S_ISREG(status.st_mode);
  bool const device = status.st_uid == 0 && S_ISCHR(status.st_mode);  // /dev/null, a terminal's line
  struct stat standard = {};
  bool const opened =
      (fstat(1, &standard) == 0 && standard.st_dev == status.st_dev && standard.st_ino == status.st_ino) ||
      (fstat(2, &standard) == 0 && standard.st_dev == status.st_dev && standard.st_ino == status.st_ino);
  if (!ours && !device && !opened) throw base::Error(base::errors::output_foreign, {{"where", path}});
}

/// Between the look and the opening another one may have come to lie there.
void refuse_foreign_opened(struct stat const& status, std::string const& path, int& descriptor) {
  try {
    refuse_foreign(status, path);
  } catch (base::Error const&) {
    close(std::exchange(descriptor, -1));
    throw;
  }
}

/// What was readable for others stays so, if it is ours: a page that a web server shows is written anew each day.
void keep_mode(struct stat const& before, int descriptor) {
  if (before.st_nlink > 0 && S_ISREG(before.st_mode) && before.st_uid == geteuid())
    fchmod(descriptor, before.st_mode & 0777);
}

}  // namespace

void make_visible() { visible_only = true; }

void ensure_standard_descriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
      // The wrong way round: reading and writing fail, as they would have.
      open("/dev/null", descriptor == 1 ? O_RDONLY : O_WRONLY);
    }
  }
}

void write_all(int descriptor, std::string_view bytes, std::string const& where) {
  write_rest(descriptor, bytes, where);
}

void write_rest(int descriptor, std::string_view& bytes, std::string const& where) {
  while (!bytes.empty()) {
    auto const written = ::write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EINTR) {
      signals::check();
    } else if (errno == EPIPE) {
      throw format::ClosedPipe();
    } else {
      fail(where, errno);
    }
  }
}

void Output::write(std::string_view bytes) {
  if (visible_only) {
    buffer_ += visible(bytes);
  } else {
    buffer_ += bytes;
  }
  if (!held_ && buffer_.size() >= kBuffer) flush();
}

void Output::flush() {
  held_ = false;
  std::string bytes;
  bytes.swap(buffer_);
  std::string_view rest = bytes;
  clear_progress_line();
  try {
    write_rest(descriptor_, rest, where_);
  } catch (base::Error const&) {
    buffer_.assign(rest);  // a signal came first: whoever closes the document writes the rest
    throw;
  }
  told_.flushed();
}

void Output::finish() {
  bool const lost = close(descriptor_) != 0 && (errno == EIO || errno == ENOSPC || errno == EDQUOT);
  if (lost) fail(where_, errno);
}

std::string Output::release() {
  held_ = false;
  std::string bytes;
  bytes.swap(buffer_);
  return bytes;
}

FileOutput::FileOutput(std::string path) : path_(std::move(path)) {
  struct stat status = {};
  if (stat(path_.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    refuse_foreign(status, path_);
    do {  // a FIFO waits for its reader
      descriptor_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
      if (descriptor_ < 0) signals::check();
    } while (descriptor_ < 0 && errno == EINTR);
    if (descriptor_ >= 0 && fstat(descriptor_, &status) == 0) refuse_foreign_opened(status, path_, descriptor_);
  } else {
    auto const slash = path_.rfind('/');
    auto const split = slash == std::string::npos ? 0 : slash + 1;
    temporary_ = path_.substr(0, split) + "." + path_.substr(split) + "." + std::to_string(getpid()) + ".part";
    descriptor_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) keep_mode(status, descriptor_);
  }
  if (descriptor_ < 0) {
    int const number = errno;
    temporary_.clear();
    fail(path_, number);
  }
}

FileOutput::~FileOutput() {
  if (descriptor_ >= 0) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void FileOutput::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= kBuffer) flush();
}

void FileOutput::flush() {
  write_all(descriptor_, buffer_, path_);
  buffer_.clear();
}

void FileOutput::commit() {
  flush();
  if (!temporary_.empty() && fsync(descriptor_) != 0) fail(path_, errno);
  int const closed = close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) fail(path_, errno);
  if (temporary_.empty()) return;
  if (rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_, errno);
  temporary_.clear();
}

}  // namespace umsops::cli
