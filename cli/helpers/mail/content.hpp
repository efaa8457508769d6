// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmime/gmime.h>

#include <string>
#include <string_view>

namespace umsops::mail_helper {

/// `text/plain`, in small letters.
std::string media_type(GMimeObject* part);
bool is_type(GMimeObject* part, char const* type, char const* subtype);
/// `Content-Type: text` and the like say nothing that can be used: then the text is plain (RFC 2045, 5.2).
bool is_mistyped(GMimeObject* part);
bool is_attached(GMimeObject* part);

/// The name without folders, whichever system's: nobody is to be tempted to use it as a path. An attached message
/// without one has its subject as its name.
std::string file_name(GMimeObject* part, std::string_view charset);

/// What a part holds, decoded.
struct Content {
  std::string bytes;
  std::string rest;        ///< what stands behind the encoded bytes, without encoding
  std::string_view doubt;  ///< what makes it uncertain; empty: nothing
};
Content content_of(GMimeObject* part);

}  // namespace umsops::mail_helper
