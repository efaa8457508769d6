// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmime/gmime.h>

#include <memory>
#include <string>

namespace umsops::mail_helper {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

/// A string that GLib allocated, or null.
inline std::string take_text(char* text) {
  std::string out = text != nullptr ? text : "";
  g_free(text);
  return out;
}

inline std::string text_or_empty(char const* text) { return text != nullptr ? text : ""; }

}  // namespace umsops::mail_helper
