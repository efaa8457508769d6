// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace umsops::base {

/// SHA-256 of bytes that come one after the other.
class HashStream {
 public:
  HashStream();
  ~HashStream();
  HashStream(HashStream const&) = delete;
  void add(std::string_view bytes);
  /// 64 hexadecimal digits; the stream is at its beginning again.
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace umsops::base
