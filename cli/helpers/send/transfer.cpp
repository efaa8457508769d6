// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/send/transfer.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "cli/helpers/send/private_address.hpp"
#include "umsops/base/ascii.hpp"

namespace umsops::send_helper {
namespace {

constexpr std::size_t kMostAnswer = 64u << 10, kLongestReply = 1000;
constexpr long kConnectMilliseconds = 5'000;

bool is_mail(std::string_view url) { return url.starts_with("smtp://") || url.starts_with("smtps://"); }

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  curl_easy_setopt(handle, option, value);
}

}  // namespace

Transfer::Transfer(Request request) : request_(std::move(request)), handle_(curl_easy_init()) { prepare(); }

void Transfer::prepare() {
  CURL* const h = handle_.get();
  set(h, CURLOPT_URL, request_.url.c_str());
  set(h, CURLOPT_PROTOCOLS_STR, is_mail(request_.url) ? "smtp,smtps" : "http,https");
  set(h, CURLOPT_REDIR_PROTOCOLS_STR, "");
  set(h, CURLOPT_FOLLOWLOCATION, 0L);
  set(h, CURLOPT_NOSIGNAL, 1L);
  set(h, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout_ms));
  set(h, CURLOPT_CONNECTTIMEOUT_MS, kConnectMilliseconds);
  set(h, CURLOPT_ERRORBUFFER, problem_);
  set(h, CURLOPT_PRIVATE, this);
  set(h, CURLOPT_WRITEFUNCTION, &Transfer::on_answer);
  set(h, CURLOPT_WRITEDATA, this);
  set(h, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(h, CURLOPT_HEADERDATA, this);
  set(h, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
  set(h, CURLOPT_OPENSOCKETDATA, this);
  set(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!request_.ca_file.empty()) {
    set(h, CURLOPT_CAINFO, request_.ca_file.c_str());
    set(h, CURLOPT_CAPATH, static_cast<char const*>(nullptr));
  }
  is_mail(request_.url) ? prepare_mail() : prepare_web();
}

void Transfer::prepare_mail() {
  CURL* const h = handle_.get();
  set(h, CURLOPT_USE_SSL, static_cast<long>(request_.plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  set(h, CURLOPT_MAIL_FROM, request_.from.c_str());
  recipients_.reset(curl_slist_append(nullptr, request_.to.c_str()));
  set(h, CURLOPT_MAIL_RCPT, recipients_.get());
  if (!request_.user.empty()) {
    set(h, CURLOPT_USERNAME, request_.user.c_str());
    set(h, CURLOPT_PASSWORD, request_.password.c_str());
  }
  set(h, CURLOPT_UPLOAD, 1L);
  set(h, CURLOPT_READFUNCTION, &Transfer::on_upload);
  set(h, CURLOPT_READDATA, this);
  set(h, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
}

void Transfer::prepare_web() {
  CURL* const h = handle_.get();
  curl_slist* list = nullptr;
  for (auto const& [name, value] : request_.headers)
    list = curl_slist_append(list, (value.empty() ? name + ";" : name + ": " + value).c_str());
  list = curl_slist_append(list, "Expect:");
  headers_.reset(list);
  set(h, CURLOPT_HTTPHEADER, list);
  if (request_.method == "HEAD") set(h, CURLOPT_NOBODY, 1L);
  if (request_.method != "POST") set(h, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  if (request_.method != "HEAD" && (request_.method == "POST" || !request_.body.empty())) {
    set(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(h, CURLOPT_POSTFIELDS, request_.body.data());
  }
  // A proxy would reach what must not be reached, and nobody could see it from here.
  if (request_.private_allowed) return;
  set(h, CURLOPT_PROXY, "");
  // Nor is a connection taken that was made when it was allowed.
  set(h, CURLOPT_FRESH_CONNECT, 1L);
  set(h, CURLOPT_FORBID_REUSE, 1L);
}

std::size_t Transfer::on_answer(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& text = static_cast<Transfer*>(self)->text_;
  std::size_t const got = size * count;
  text.append(bytes, std::min(got, kMostAnswer - text.size()));
  return text.size() == kMostAnswer ? 0 : got;  // enough: the status is known by now
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  constexpr std::string_view kRetryAfter = "retry-after:";
  auto& transfer = *static_cast<Transfer*>(self);
  std::string_view const line(bytes, size * count);
  transfer.last_reply_ = line.substr(0, std::min(line.find_last_not_of("\r\n") + 1, kLongestReply));
  if (base::ascii_lower(line.substr(0, kRetryAfter.size())) == kRetryAfter)
    transfer.retry_after_ = transfer.last_reply_.substr(std::min(kRetryAfter.size(), transfer.last_reply_.size()));
  return line.size();
}

std::size_t Transfer::on_upload(char* into, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  auto const& body = transfer.request_.body;
  std::size_t const part = std::min(size * count, body.size() - transfer.uploaded_);
  std::memcpy(into, body.data() + transfer.uploaded_, part);
  transfer.uploaded_ += part;
  return part;
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  // The address that is connected to, and not a name: that may mean another one the next time.
  if (!transfer.request_.private_allowed && is_private(&address->addr)) {
    transfer.blocked_ = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::optional<Answer> Transfer::redirected(long status) {
  char* to = nullptr;
  curl_easy_getinfo(handle_.get(), CURLINFO_REDIRECT_URL, &to);
  // Other numbers would turn the POST into a GET.
  bool const kept = status == 307 || status == 308;
  if (to == nullptr || !kept || followed_ >= request_.redirects) return Answer{.status = status, .text = text_};
  std::string url = to;
  auto const scheme = [](std::string const& text) { return text.substr(0, text.find(':')); };
  if (scheme(url) != scheme(request_.url))
    return Answer{.status = status, .text = "it leads to another scheme: " + url.substr(0, kLongestReply)};
  ++followed_;
  request_.url = std::move(url);
  request_.private_allowed = request_.private_redirects;
  // What was meant for the first place is nothing for the second one.
  std::erase_if(request_.headers,
                [](auto const& header) { return base::ascii_lower(header.first) == "authorization"; });
  text_.clear();
  curl_easy_reset(handle_.get());
  prepare();
  return std::nullopt;
}

Answer Transfer::failed(CURLcode code) const {
  Answer out{.kind = Answer::Kind::unreachable, .text = *problem_ ? problem_ : curl_easy_strerror(code)};
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      out.kind = Answer::Kind::refused;
      break;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      out.kind = Answer::Kind::broken;
      break;
    default:
      break;
  }
  if (blocked_) out = {.kind = Answer::Kind::refused, .text = "it leads into a private network: " + request_.url};
  return out;
}

std::optional<Answer> Transfer::end(CURLcode code) {
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  bool const web = !is_mail(request_.url);
  std::optional<Answer> out;
  // More of an answer than is of interest: the status stands all the same.
  bool const enough = web && code == CURLE_WRITE_ERROR && text_.size() == kMostAnswer;
  if (web && (code == CURLE_OK || enough)) {
    out = status >= 300 && status < 400 ? redirected(status) : Answer{.status = status, .text = text_};
    if (!out) return std::nullopt;
    out->retry_after = retry_after_;
  } else if (code == CURLE_OK || (!web && status >= 400)) {
    out = Answer{.status = status, .text = last_reply_};
  } else {
    out = failed(code);
  }
  out->id = request_.id;
  return out;
}

}  // namespace umsops::send_helper
