// SPDX-License-Identifier: Apache-2.0
#include <iconv.h>

#include <cerrno>

#include "umsops/format/report_output.hpp"

namespace umsops::format {
namespace {

class Encoded final : public Sink {
 public:
  Encoded(Sink& sink, std::string const& encoding) : sink_(sink), handle_(iconv_open(encoding.c_str(), "UTF-8")) {
    if (handle_ == iconv_t(-1))
      throw base::Error(base::errors::encoding_unknown, {{"encoding", encoding.substr(0, 80)}});
  }
  ~Encoded() override { iconv_close(handle_); }
  Encoded(Encoded const&) = delete;

  void write(std::string_view bytes) override {
    held_.append(bytes);
    char* in = held_.data();
    std::size_t left = held_.size();
    while (left > 0) {
      char block[4096];
      char* out = block;
      std::size_t room = sizeof block;
      errno = 0;
      bool const failed = iconv(handle_, &in, &left, &out, &room) == std::size_t(-1);
      sink_.write({block, sizeof block - room});
      if (failed && errno == EINVAL) break;  // the rest of the character comes with the next bytes
      if (failed && errno == EILSEQ) skip(in, left);
    }
    held_.erase(0, held_.size() - left);
  }
  void flush() override { sink_.flush(); }

 private:
  /// A character that the encoding has not.
  void skip(char*& in, std::size_t& left) {
    sink_.write("?");
    do {
      ++in;
      --left;
    } while (left > 0 && (static_cast<unsigned char>(*in) & 0xC0) == 0x80);
  }

  Sink& sink_;
  iconv_t handle_;
  std::string held_;
};

}  // namespace

std::unique_ptr<Sink> encoded(Sink& sink, std::string const& encoding) {
  return std::make_unique<Encoded>(sink, encoding);
}

}  // namespace umsops::format
