// SPDX-License-Identifier: Apache-2.0
#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "umsops/format/reader.hpp"

namespace umsops::format {
namespace {

bool is_encoding_name(std::string const& name) {
  return !name.empty() && name.size() <= 32 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  });
}

/// Converts block by block; a character cut by a block's end waits for the next one.
class Decoder {
 public:
  Decoder(ByteSource source, std::string const& encoding, std::string file)
      : source_(std::move(source)), file_(std::move(file)) {
    handle_ = is_encoding_name(encoding) ? iconv_open("UTF-8", encoding.c_str()) : iconv_t(-1);
    if (handle_ == iconv_t(-1)) {
      throw base::Error(base::errors::encoding_unknown, {{"encoding", encoding.substr(0, 80)}});
    }
  }
  ~Decoder() { iconv_close(handle_); }
  Decoder(Decoder const&) = delete;

  std::size_t read(char* into, std::size_t most) {
    for (;;) {
      if (held_ < kBlock && !ended_) {
        std::size_t const got = source_(block_ + held_, kBlock - held_);
        ended_ = got == 0;
        held_ += got;
      }
      if (held_ == 0) return 0;
      char* in = block_;
      char* out = into;
      std::size_t in_left = held_, out_left = most;
      errno = 0;
      std::size_t const result = iconv(handle_, &in, &in_left, &out, &out_left);
      int const why = result == std::size_t(-1) ? errno : 0;
      offset_ += held_ - in_left;
      std::copy(in, in + in_left, block_);
      held_ = in_left;
      if (why == EILSEQ || (why == EINVAL && ended_)) fail();
      if (out_left < most) return most - out_left;
      if (why == E2BIG) return 0;  // no caller offers less room than one character
    }
  }

 private:
  static constexpr std::size_t kBlock = 16 * 1024;

  [[noreturn]] void fail() {
    throw base::Error(
        base::errors::text_invalid,
        {{"what", file_}, {"problem", "bytes that are not of this encoding"}, {"offset", std::to_string(offset_)}})
        .at({file_, 0, 0});
  }

  ByteSource source_;
  std::string file_;
  iconv_t handle_;
  char block_[kBlock];
  std::size_t held_ = 0, offset_ = 0;
  bool ended_ = false;
};

}  // namespace

ByteSource decode(ByteSource source, std::string const& encoding, std::string file) {
  auto decoder = std::make_shared<Decoder>(std::move(source), encoding, std::move(file));
  return [decoder](char* into, std::size_t most) { return decoder->read(into, most); };
}

}  // namespace umsops::format
