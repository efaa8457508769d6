// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/send/queue.hpp"

#include <utility>

namespace umsops::send_helper {
namespace {

constexpr std::size_t kMostOfChannel = 8;
constexpr int kMoment = 500;  // milliseconds

}  // namespace

Queue::Queue(std::function<void(Answer const&)> answer) : answer_(std::move(answer)), multi_(curl_multi_init()) {
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 64L);
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
}

Queue::~Queue() {
  for (auto& [handle, transfer] : running_) curl_multi_remove_handle(multi_, handle);
  running_.clear();
  curl_multi_cleanup(multi_);
}

void Queue::add(Request request) {
  if (auto flaw = flaw_of(request); !flaw.empty())
    return answer_({.kind = Answer::Kind::refused, .id = request.id, .text = std::move(flaw)});
  std::string const channel = request.channel;
  lines_[channel].push_back(std::move(request));
  ++waiting_;
  start(channel);
}

void Queue::start(std::string const& channel) {
  auto& line = lines_[channel];
  while (!line.empty() && busy_[channel] < kMostOfChannel) {
    auto transfer = std::make_unique<Transfer>(std::move(line.front()));
    line.pop_front();
    --waiting_;
    ++busy_[channel];
    CURL* const handle = transfer->handle();
    running_.emplace(handle, std::move(transfer));
    curl_multi_add_handle(multi_, handle);
  }
}

void Queue::collect() {
  int left = 0;
  while (CURLMsg const* const message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* const handle = message->easy_handle;
    CURLcode const code = message->data.result;
    auto const found = running_.find(handle);
    curl_multi_remove_handle(multi_, handle);
    if (found == running_.end()) continue;
    auto const answer = found->second->end(code);
    if (!answer) {
      curl_multi_add_handle(multi_, handle);
      continue;
    }
    std::string const channel = found->second->request().channel;
    running_.erase(found);
    --busy_[channel];
    start(channel);
    answer_(*answer);
  }
}

bool Queue::step(int input) {
  int running = 0;
  curl_multi_perform(multi_, &running);
  collect();
  curl_waitfd more{input, CURL_WAIT_POLLIN, 0};
  curl_multi_poll(multi_, &more, input >= 0 ? 1 : 0, kMoment, nullptr);
  curl_multi_perform(multi_, &running);
  collect();
  return more.revents != 0;
}

}  // namespace umsops::send_helper
