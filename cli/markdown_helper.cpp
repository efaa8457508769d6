// SPDX-License-Identifier: Apache-2.0
#include "cli/markdown_helper.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <string_view>

#include "cli/process.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/html.hpp"
#include "umsops/base/json.hpp"

namespace umsops::cli {

namespace {

using base::Error;

constexpr base::Milliseconds kLongest = std::chrono::minutes(5);  ///< for a batch, on a busy machine
/// Longer texts are no articles; nobody's parser has to try.
constexpr std::size_t kLongestText = 1 << 20;
constexpr std::size_t kBatch = 8u << 20, kMostOutput = 256u << 20;
constexpr int kMostBroken = 20;

[[noreturn]] void unusable(std::string problem) {
  throw Error(base::errors::markdown_helper, {{"problem", std::move(problem)}});
}

/// Whether the text that it was at ended it, so that it would do so every time.
bool broke(TaskEnd const& end) {
  constexpr int kOfText[] = {SIGPROF, SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE};
  return end.how == TaskEnd::How::killed &&
         std::find(std::begin(kOfText), std::end(kOfText), end.status) != std::end(kOfText);
}

void refuse(Task const& task, TaskEnd const& end) {
  switch (end.how) {
    case TaskEnd::How::exited:
      break;
    case TaskEnd::How::killed:
      unusable("it ended with signal " + std::to_string(end.status));
    case TaskEnd::How::timed_out:
      unusable("it took longer than five minutes");
    case TaskEnd::How::too_long:
      unusable("what it wrote is too large");
    case TaskEnd::How::not_started:
      unusable(task.command[0] + ": " + std::strerror(end.status));
    case TaskEnd::How::interrupted:
      signals::check();
  }
  if (end.status != 0) unusable("it ended with " + std::to_string(end.status) + ": " + end.errors.substr(0, 200));
}

RenderedText as_written(std::string const& text) { return {"<pre>" + base::html_text(text) + "</pre>\n", text, true}; }

/// Texts on their way through the helper, some at a time.
class Renderer {
 public:
  Renderer(std::vector<std::string> const& texts, std::vector<std::pair<std::string, std::string>> const& links)
      : texts_(texts) {
    base::Value::Object targets(links.begin(), links.end());
    base::Value line;
    line.add("links", std::move(targets));
    links_ = base::to_json(line) + "\n";
  }

  std::vector<RenderedText> run() {
    while (done_.size() < texts_.size()) {
      if (texts_[done_.size()].size() > kLongestText) {
        done_.push_back(as_written(texts_[done_.size()]));
      } else {
        batch();
      }
    }
    return std::move(done_);
  }

 private:
  void batch() {
    Task task;
    task.command = {helper_path("umsops-markdown")};
    task.limit = kLongest;
    task.most = kMostOutput;
    task.input = links_;
    std::size_t const begin = done_.size();
    std::size_t end = begin;
    for (; end < texts_.size() && texts_[end].size() <= kLongestText && task.input.size() < kBatch; ++end) {
      base::Value line;
      line.add("markdown", texts_[end]);
      task.input += base::to_json(line) + "\n";
    }
    auto const ended = run_task(task);
    bool const broken = broke(ended);
    if (!broken) refuse(task, ended);
    take(ended.output, end);
    if (!broken && done_.size() != end) unusable("it left texts out");
    if (!broken || done_.size() == end) return;
    if (++broken_ > kMostBroken) unusable("more than " + std::to_string(kMostBroken) + " texts end it");
    done_.push_back(as_written(texts_[done_.size()]));
  }

  /// The answers that are whole.
  void take(std::string_view output, std::size_t end) {
    for (std::size_t at = 0, stop; (stop = output.find('\n', at)) != std::string_view::npos; at = stop + 1) {
      if (done_.size() == end) unusable("it wrote too much");
      try {
        auto const answer = base::parse_json(output.substr(at, stop - at), "umsops-markdown", {kMostOutput, 4});
        auto const *const html = answer.find("html"), *const text = answer.find("text");
        if (html == nullptr || text == nullptr) unusable("it wrote something else");
        done_.push_back({std::string(html->text()), std::string(text->text()), false});
      } catch (Error const& error) {
        unusable(error.message());
      }
    }
  }

  std::vector<std::string> const& texts_;
  std::string links_;
  std::vector<RenderedText> done_;
  int broken_ = 0;
};

}  // namespace

std::vector<RenderedText> render_markdown(std::vector<std::string> const& texts,
                                          std::vector<std::pair<std::string, std::string>> const& links) {
  return Renderer(texts, links).run();
}

}  // namespace umsops::cli
