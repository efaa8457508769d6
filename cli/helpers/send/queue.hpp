// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "cli/helpers/send/transfer.hpp"

namespace umsops::send_helper {

/// Requests under way, some of each channel at a time, over connections that are kept.
class Queue {
 public:
  explicit Queue(std::function<void(Answer const&)> answer);
  ~Queue();
  Queue(Queue const&) = delete;

  void add(Request request);
  bool empty() const { return running_.empty() && waiting_ == 0; }
  /// Goes on until something happens, at most for a moment; `input` is looked at, too (-1: none). True: it has
  /// something to read.
  bool step(int input);

 private:
  void start(std::string const& channel);
  void collect();

  std::function<void(Answer const&)> answer_;
  CURLM* multi_;
  std::map<std::string, std::deque<Request>> lines_;
  std::map<std::string, std::size_t> busy_;
  std::map<CURL*, std::unique_ptr<Transfer>> running_;
  std::size_t waiting_ = 0;
};

}  // namespace umsops::send_helper
