// SPDX-License-Identifier: Apache-2.0
// umsops-mail: reads a message on standard input and writes what it says as one JSON object on standard output. A
// program of its own, so that what reads other people's bytes has no store, no settings and no network, and costs
// nobody its start.
#include <sys/resource.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "cli/helpers/mail/glib.hpp"
#include "cli/helpers/mail/reader.hpp"
#include "cli/helpers/standard_io.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/number.hpp"
#include "umsops/mail/raw.hpp"

namespace {

using namespace umsops;

/// The exit codes that the caller tells apart.
constexpr int kDone = 0, kNotWritten = 1, kUsage = 2, kTooLarge = 3, kEmpty = 4;
constexpr rlim_t kMostSeconds = 60;

/// What goes wrong in a parser ends here: no core file, no endless loop, no other program.
void confine() {
  rlimit const seconds{kMostSeconds, kMostSeconds + 1}, none{0, 0};
  setrlimit(RLIMIT_CPU, &seconds);
  setrlimit(RLIMIT_CORE, &none);
  setrlimit(RLIMIT_NPROC, &none);
}

int complain(std::string_view what, int code) { return helpers::complain("umsops-mail", what, code); }

bool write_message(std::string_view bytes, mail_helper::Limits const& limits) {
  return helpers::write_all(base::to_json(mail::to_value(mail_helper::read_message(bytes, limits))) + "\n");
}

int run(int argc, char** argv) {
  mail_helper::Limits limits;
  bool mbox = false;
  for (int i = 1; i < argc; ++i) {
    std::string_view const flag = argv[i];
    if (flag == "--mbox") {
      mbox = true;
      continue;
    }
    auto const number = i + 1 < argc ? base::parse_integer(argv[i + 1], 0, 1 << 30) : std::nullopt;
    bool const known = flag == "--attachment-limit" || flag == "--message-limit";
    if (!known || !number) {
      return complain("usage: umsops-mail [--mbox] [--message-limit BYTES] [--attachment-limit BYTES] < message",
                      kUsage);
    }
    (flag == "--message-limit" ? limits.message : limits.attachment) = static_cast<std::size_t>(*number);
    ++i;
  }
  confine();
  auto const bytes = helpers::read_input(limits.message);
  if (!bytes) return complain("cannot read standard input", kNotWritten);
  if (bytes->size() > limits.message) return complain("the message is too large", kTooLarge);
  if (bytes->find_first_not_of(" \t\r\n") == std::string::npos) return complain("no message", kEmpty);
  g_mime_init();
  auto const messages = mbox ? mail::split_mbox(*bytes) : std::vector<std::string_view>{*bytes};
  for (auto const message : messages) {
    if (!write_message(mbox ? mail::out_of_mbox(message) : std::string(message), limits))
      return complain("cannot write", kNotWritten);
  }
  return kDone;
}

}  // namespace

int main(int argc, char** argv) { return run(argc, argv); }
