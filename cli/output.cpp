// SPDX-License-Identifier: Apache-2.0
#include "cli/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "cli/signals.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kBuffer = 64 * 1024;

[[noreturn]] void fail(std::string const& where, int number) {
  std::string const problem = number == EBADF ? "it is closed" : std::strerror(number);
  throw base::Error(base::errors::output_failed, {{"where", where}, {"problem", problem}});
}

bool is_other_than_file(std::string const& path) {
  struct stat status = {};
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

}  // namespace

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
  buffer_ += bytes;
  if (!held_ && buffer_.size() >= kBuffer) flush();
}

void Output::flush() {
  held_ = false;
  std::string bytes;
  bytes.swap(buffer_);
  std::string_view rest = bytes;
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
  if (is_other_than_file(path_)) {
    do {  // a FIFO waits for its reader
      descriptor_ = open(path_.c_str(), O_WRONLY | O_CLOEXEC);
      if (descriptor_ < 0) signals::check();
    } while (descriptor_ < 0 && errno == EINTR);
  } else {
    auto const slash = path_.rfind('/');
    auto const split = slash == std::string::npos ? 0 : slash + 1;
    temporary_ = path_.substr(0, split) + "." + path_.substr(split) + "." + std::to_string(getpid()) + ".part";
    descriptor_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
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
