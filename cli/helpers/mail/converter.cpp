// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/converter.hpp"

#include <cerrno>

#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {

Converter::Converter(std::string const& charset) {
  // What follows a slash are iconv's own wishes, which no message is to have.
  bool const plain = !charset.empty() && charset.find('/') == std::string::npos;
  if (plain) handle_ = iconv_open("UTF-8", charset.c_str());
}

Converter::~Converter() {
  if (known()) iconv_close(handle_);
}

bool Converter::convert(std::string_view bytes, std::string& out) {
  std::string input(bytes);
  char* in = input.data();
  std::size_t left = input.size();
  char room[4096];
  bool whole = true;
  while (left > 0) {
    char* to = room;
    std::size_t free = sizeof room;
    std::size_t const result = iconv(handle_, &in, &left, &to, &free);
    int const why = result == std::size_t(-1) ? errno : 0;
    out.append(room, sizeof room - free);
    if (why == 0 || why == E2BIG) continue;
    whole = false;
    out += mail::kReplacement;
    if (left > 0) ++in, --left;
  }
  char* to = room;
  std::size_t free = sizeof room;
  iconv(handle_, nullptr, nullptr, &to, &free);  // what a stateful charset still holds
  out.append(room, sizeof room - free);
  return whole;
}

}  // namespace umsops::mail_helper
