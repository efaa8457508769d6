// SPDX-License-Identifier: Apache-2.0
#include "cli/files.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kLongestLine = 1 << 20;
constexpr int kSpell = 200;  ///< milliseconds
constexpr std::int64_t kMostIds = 1'000'000;
constexpr std::size_t kSpooledUnasked = 16u << 20, kMostSpooled = 1u << 30;
constexpr std::uint64_t kRoomLeft = 64u << 20;

/// A descriptor with one owner.
class Descriptor {
 public:
  explicit Descriptor(int number, bool ours) : number_(number), ours_(ours) {}
  ~Descriptor() {
    if (ours_) close(number_);
  }
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  int number() const { return number_; }

 private:
  int number_;
  bool ours_;
};

std::string name_of(std::string const& path) { return path == "-" ? "standard input" : path; }

[[noreturn]] void unreadable(std::string const& path, int number) {
  std::string const problem = number == EBADF ? "it is closed" : std::strerror(number);
  throw base::Error(base::errors::file_unreadable,
                    {{"file", number == EBADF ? name_of(path) : path}, {"problem", problem}});
}

/// Until there is something to read. A thread that signals are kept from waits in short spells.
void wait_for_input(int descriptor) {
  pollfd input{descriptor, POLLIN, 0};
  do {
    signals::check();
  } while (poll(&input, 1, kSpell) <= 0);
}

format::ByteSource source_of(std::shared_ptr<Descriptor> descriptor, std::string path) {
  struct stat status = {};
  bool const waits = fstat(descriptor->number(), &status) != 0 || !S_ISREG(status.st_mode);
  return [descriptor = std::move(descriptor), path = std::move(path), waits](char* into, std::size_t most) {
    for (;;) {
      waits ? wait_for_input(descriptor->number()) : signals::check();
      auto const got = read(descriptor->number(), into, most);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR && errno != EAGAIN) unreadable(path, errno);
    }
  };
}

[[noreturn]] void too_large(std::string const& what, std::size_t limit) {
  throw base::Error(base::errors::input_too_large, {{"what", what}, {"limit", std::to_string(limit) + " bytes"}});
}

/// Endless input must not fill the disk that others need: so much is copied in any case, more only while there is room.
void check_room(int descriptor, std::size_t copied) {
  if (copied > kMostSpooled) {
    throw base::Error(base::errors::input_too_large, {{"what", "standard input"}, {"limit", "1 GiB; name a file"}});
  }
  struct statvfs facts = {};
  if (copied < kSpooledUnasked || fstatvfs(descriptor, &facts) != 0) return;
  std::uint64_t const left = std::uint64_t{facts.f_bavail} * facts.f_frsize;
  std::uint64_t const whole = std::uint64_t{facts.f_blocks} * facts.f_frsize;
  if (left >= std::max(kRoomLeft, whole / 10)) return;
  throw base::Error(base::errors::output_failed,
                    {{"where", "the temporary copy of standard input"},
                     {"problem", "after " + std::to_string(copied >> 20) + " MiB only " + std::to_string(left >> 20) +
                                     " MiB are left on that disk; name a file, or set TMPDIR"}});
}

}  // namespace

format::ByteSource open_source(std::string const& path) {
  if (path == "-") return source_of(std::make_shared<Descriptor>(0, false), "-");
  int number = -1;
  do {  // a FIFO waits for its writer
    number = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (number < 0) signals::check();
  } while (number < 0 && errno == EINTR);
  if (number < 0) unreadable(path, errno);
  auto descriptor = std::make_shared<Descriptor>(number, true);
  struct stat status = {};
  if (fstat(number, &status) == 0 && S_ISDIR(status.st_mode)) unreadable(path, EISDIR);
  return source_of(std::move(descriptor), path);
}

format::ByteSource spool_input(std::function<void(std::string_view)> const& look) {
  char const* folder = std::getenv("TMPDIR");
  std::string path = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/umsops-XXXXXX";
  int const number = mkostemp(path.data(), O_CLOEXEC);
  if (number < 0) unreadable(path, errno);
  unlink(path.c_str());
  auto spool = std::make_shared<Descriptor>(number, true);
  auto const input = open_source("-");
  std::string piece(kPiece, '\0');
  std::size_t copied = 0;
  while (auto const got = input(piece.data(), piece.size())) {
    std::string_view const bytes = std::string_view(piece).substr(0, got);
    look(bytes);
    write_all(number, bytes, "the temporary copy of standard input");
    copied += got;
    check_room(number, copied);
  }
  if (lseek(number, 0, SEEK_SET) != 0) unreadable(path, errno);
  return source_of(std::move(spool), "-");
}

std::string read_whole(std::string const& path, std::size_t limit) {
  auto const source = open_source(path);
  std::string text, piece(kPiece, '\0');
  while (auto const got = source(piece.data(), piece.size())) {
    text.append(piece, 0, got);
    if (text.size() > limit) too_large(name_of(path), limit);
  }
  return text;
}

LastBytes read_end(std::string const& path, std::size_t most) {
  auto const source = open_source(path);
  LastBytes last;
  std::string piece(kPiece, '\0');
  std::size_t read = 0;
  auto const forget = [&](std::size_t bytes) {
    last.lines_before += std::count(last.text.begin(), last.text.begin() + static_cast<std::ptrdiff_t>(bytes), '\n');
    last.text.erase(0, bytes);
  };
  while (auto const got = source(piece.data(), piece.size())) {
    last.text.append(piece, 0, got);
    if ((read += got) > kMostSpooled) too_large(name_of(path), kMostSpooled);
    if (last.text.size() > 2 * most) forget(last.text.size() - most);
  }
  if (last.text.size() > most) forget(last.text.size() - most);
  last.cut = read > last.text.size();
  if (auto const line_end = last.text.find('\n'); last.cut && line_end != std::string::npos) forget(line_end + 1);
  return last;
}

std::vector<std::string> read_ids(format::ByteSource source, std::string_view number_field) {
  std::vector<std::string> ids;
  std::string line, piece(kPiece, '\0');
  std::int64_t line_number = 0;
  auto const take = [&] {
    if (++line_number > kMostIds) {
      throw base::Error(base::errors::input_too_large,
                        {{"what", "standard input"}, {"limit", std::to_string(kMostIds) + " ids"}});
    }
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.starts_with("{")) {
      auto const record = base::parse_json(line, "-");
      auto const* found = record.find(number_field);
      if (found == nullptr) found = record.find("id");
      if (found == nullptr || found->text().empty()) {
        throw base::Error(base::errors::record_invalid,
                          {{"field", std::string(number_field)}, {"problem", "the record has none"}})
            .at({"-", line_number, 1});
      }
      line = found->text();
    }
    if (!line.empty()) ids.push_back(line);
    line.clear();
  };
  while (auto const got = source(piece.data(), piece.size())) {
    for (char const c : std::string_view(piece).substr(0, got)) {
      if (c == '\n') {
        take();
      } else if (line.size() >= kLongestLine) {
        too_large("a line of standard input", kLongestLine);
      } else {
        line += c;
      }
    }
  }
  if (!line.empty()) take();
  return ids;
}

}  // namespace umsops::cli
