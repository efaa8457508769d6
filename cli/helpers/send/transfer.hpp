// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

#include "cli/helpers/send/request.hpp"

namespace umsops::send_helper {

/// One request on its way: over HTTP or HTTPS, SMTP or SMTPS, and nothing else.
class Transfer {
 public:
  explicit Transfer(Request request);
  Transfer(Transfer const&) = delete;

  CURL* handle() { return handle_.get(); }
  Request const& request() const { return request_; }
  /// What came of it. Nullopt: it goes on elsewhere, and its handle is ready to be started again.
  std::optional<Answer> end(CURLcode code);

 private:
  void prepare();
  void prepare_mail();
  void prepare_web();
  std::optional<Answer> redirected(long status);
  Answer failed(CURLcode code) const;

  static std::size_t on_answer(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_upload(char* into, std::size_t size, std::size_t count, void* self);
  static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);

  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  Request request_;
  std::unique_ptr<CURL, Free> handle_;
  std::unique_ptr<curl_slist, Free> headers_, recipients_;
  std::string text_, retry_after_, last_reply_;
  std::size_t uploaded_ = 0;
  std::int64_t followed_ = 0;
  bool blocked_ = false;
  char problem_[CURL_ERROR_SIZE] = {};
};

}  // namespace umsops::send_helper
