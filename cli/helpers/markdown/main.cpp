// SPDX-License-Identifier: Apache-2.0
// umsops-markdown: reads texts on standard input, a JSON object a line, and writes each as HTML and as plain text on
// standard output, a JSON object a line. A program of its own, so that what parses people's texts has no store, no
// settings and no network. A text that takes too long ends it, and the caller knows which one that was.
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "cli/helpers/markdown/render.hpp"
#include "cli/helpers/standard_io.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace {

using namespace umsops;

/// The exit codes that the caller tells apart.
constexpr int kDone = 0, kNotWritten = 1, kUsage = 2, kTooLarge = 3;
constexpr std::size_t kMostInput = 64u << 20;
constexpr rlim_t kMostMemory = 2ull << 30;
constexpr itimerval kMostTime = {{0, 0}, {2, 0}};  ///< of the processor, for one text

/// What goes wrong in a parser ends here: no core file, no other program, and no more memory than a text can need.
void confine() {
  rlimit const none{0, 0}, memory{kMostMemory, kMostMemory};
  setrlimit(RLIMIT_CORE, &none);
  setrlimit(RLIMIT_NPROC, &none);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  setrlimit(RLIMIT_AS, &memory);
#else
  (void)memory;  // the shadow of all addresses counts as memory
#endif
}

int complain(std::string_view what, int code) { return helpers::complain("umsops-markdown", what, code); }

/// `{"links": {"KB-000007": "kb-000007.html"}}` before texts: where links to entries lead. `{"markdown": "..."}`: a
/// text.
bool take_line(std::string_view line, base::Value& links) {
  auto const value = base::parse_json(line, "-", {kMostInput, 8});
  if (auto const* found = value.find("links")) {
    links = *found;
    return true;
  }
  auto const* const markdown = value.find("markdown");
  if (markdown == nullptr) return false;
  setitimer(ITIMER_PROF, &kMostTime, nullptr);
  auto const rendered = markdown_helper::render(markdown->text(), [&](std::string_view target) {
    auto const* const link = links.find(target);
    return link != nullptr ? std::string(link->text()) : std::string();
  });
  base::Value answer;
  answer.add("html", rendered.html);
  answer.add("text", rendered.text);
  return helpers::write_all(base::to_json(answer) + "\n");
}

int run() {
  confine();
  auto const input = helpers::read_input(kMostInput);
  if (!input) return complain("cannot read standard input", kNotWritten);
  if (input->size() > kMostInput) return complain("the texts are too large", kTooLarge);
  base::Value links;
  for (std::size_t at = 0; at < input->size();) {
    std::size_t const end = std::min(input->find('\n', at), input->size());
    try {
      if (!take_line(std::string_view(*input).substr(at, end - at), links)) {
        return complain("a line is no text, or cannot be written", kNotWritten);
      }
    } catch (base::Error const& error) {
      return complain(error.what(), kUsage);
    }
    at = end + 1;
  }
  return kDone;
}

}  // namespace

int main(int argc, char**) { return argc == 1 ? run() : complain("usage: umsops-markdown < lines-of-json", kUsage); }
