// SPDX-License-Identifier: Apache-2.0
// umsops-send: carries requests away by HTTP and SMTP. Reads them from standard input, one JSON object a line, and
// answers each with a line on standard output, in the order in which they end. A program of its own, so that nobody
// else pays for a library of encryption at his start; it keeps connections as long as it runs.
#include <curl/curl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "cli/helpers/send/queue.hpp"
#include "cli/helpers/standard_io.hpp"
#include "umsops/base/error.hpp"

namespace {

using namespace umsops;

constexpr int kDone = 0, kNotWritten = 1, kUsage = 2;
constexpr std::size_t kLongestLine = 64u << 20;

int complain(std::string_view what, int code) { return helpers::complain("umsops-send", what, code); }

/// Lines of standard input, as they come.
class Input {
 public:
  /// False: there will be no more.
  bool read_some() {
    char block[64 << 10];
    auto const got = read(0, block, sizeof block);
    if (got < 0) return errno == EINTR || errno == EAGAIN;
    text_.append(block, static_cast<std::size_t>(got));
    return got > 0 && text_.size() - begin_ <= kLongestLine;
  }
  bool next(std::string_view& line) {
    auto const end = text_.find('\n', begin_);
    if (end == std::string::npos) {
      text_.erase(0, begin_);
      begin_ = 0;
      return false;
    }
    line = std::string_view(text_).substr(begin_, end - begin_);
    begin_ = end + 1;
    return true;
  }

 private:
  std::string text_;
  std::size_t begin_ = 0;
};

int run() {
  bool written = true;
  send_helper::Queue queue(
      [&](send_helper::Answer const& answer) { written = written && helpers::write_all(to_line(answer)); });
  Input input;
  bool more = true;
  while (written && (more || !queue.empty())) {
    bool const ready = queue.step(more ? 0 : -1);
    if (!ready) continue;
    more = input.read_some();
    for (std::string_view line; input.next(line);) {
      try {
        queue.add(send_helper::request_from(line));
      } catch (base::Error const& error) {
        return complain(error.message(), kUsage);
      }
    }
  }
  return written ? kDone : kNotWritten;
}

}  // namespace

int main() {
  rlimit const none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return complain("libcurl cannot be used", kUsage);
  int const code = run();
  curl_global_cleanup();
  return code;
}
