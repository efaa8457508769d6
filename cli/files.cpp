// SPDX-License-Identifier: Apache-2.0
#include "cli/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

[[noreturn]] void unreadable(std::string const& path, int number) {
  throw base::Error(base::errors::file_unreadable, {{"file", path}, {"problem", std::strerror(number)}});
}

format::ByteSource source_of(std::shared_ptr<Descriptor> descriptor, std::string path) {
  return [descriptor = std::move(descriptor), path = std::move(path)](char* into, std::size_t most) {
    for (;;) {
      auto const got = read(descriptor->number(), into, most);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) unreadable(path, errno);
      signals::check();
    }
  };
}

[[noreturn]] void too_large(std::string const& what, std::size_t limit) {
  throw base::Error(base::errors::input_too_large, {{"what", what}, {"limit", std::to_string(limit) + " bytes"}});
}

std::string name_of(std::string const& path) { return path == "-" ? "standard input" : path; }

}  // namespace

format::ByteSource open_source(std::string const& path) {
  if (path == "-") return source_of(std::make_shared<Descriptor>(0, false), "-");
  int const number = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) unreadable(path, errno);
  auto descriptor = std::make_shared<Descriptor>(number, true);
  struct stat status = {};
  if (fstat(number, &status) == 0 && S_ISDIR(status.st_mode)) unreadable(path, EISDIR);
  return source_of(std::move(descriptor), path);
}

format::ByteSource spool_input() {
  char const* folder = std::getenv("TMPDIR");
  std::string path = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/umsops-XXXXXX";
  int const number = mkostemp(path.data(), O_CLOEXEC);
  if (number < 0) unreadable(path, errno);
  unlink(path.c_str());
  auto spool = std::make_shared<Descriptor>(number, true);
  auto const input = open_source("-");
  std::string piece(kPiece, '\0');
  while (auto const got = input(piece.data(), piece.size())) {
    write_all(number, std::string_view(piece).substr(0, got), "the temporary copy of standard input");
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

std::vector<std::string> read_ids(format::ByteSource source, std::string_view number_field) {
  std::vector<std::string> ids;
  std::string line, piece(kPiece, '\0');
  std::int64_t line_number = 0;
  auto const take = [&] {
    ++line_number;
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
