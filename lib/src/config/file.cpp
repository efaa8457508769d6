// SPDX-License-Identifier: Apache-2.0
#include "config/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "umsops/config/yaml.hpp"

namespace umsops::config {
namespace {

/// Closes what it holds.
struct OpenFile {
  int fd;
  ~OpenFile() {
    if (fd >= 0) ::close(fd);
  }
};

std::string words(int code) { return std::generic_category().message(code); }

}  // namespace

base::Error unreadable(std::string const& path, std::string problem) {
  base::Error error(base::errors::file_unreadable, {{"file", path}, {"problem", std::move(problem)}});
  return error.at({path, 0, 0});
}

std::string read_descriptor(int descriptor, std::string const& path, std::size_t limit) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw unreadable(path, words(errno));
  if (!S_ISREG(status.st_mode)) throw unreadable(path, "it is no regular file");
  std::string out;
  char piece[16384];
  while (true) {
    ssize_t const got = ::read(descriptor, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw unreadable(path, words(errno));
    if (got == 0) return out;
    out.append(piece, static_cast<std::size_t>(got));
    if (out.size() > limit) {
      throw base::Error(base::errors::input_too_large, {{"what", path}, {"limit", fmt::format("{} KiB", limit / 1024)}})
          .at({path, 0, 0});
    }
  }
}

std::string read_file(std::string const& path, std::size_t limit) {
  if (path.find('\0') != std::string::npos) throw unreadable(path, "NUL in the name");
  // Without O_NONBLOCK the open of a named pipe would wait for its other end.
  OpenFile const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (file.fd < 0) throw unreadable(path, words(errno));
  return read_descriptor(file.fd, path, limit);
}

}  // namespace umsops::config
