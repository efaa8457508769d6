// SPDX-License-Identifier: Apache-2.0
// The header of a message or a part before GMime reads it: what the standard forbids, made so that GMime reads what the
// sender meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace umsops::mail_helper {

struct Field {
  std::string name;  ///< in small letters
  std::string text;  ///< name, value and line ends, folded
};

/// What Content-Type and Content-Transfer-Encoding say of what follows.
struct BodyKind {
  bool named = false;  ///< there is a Content-Type
  bool multipart = false;
  bool message = false;  ///< a message, whose header follows as it is
  std::string type;      ///< `multipart/mixed`
  std::string boundary;
};
BodyKind kind_of_body(std::vector<Field> const& fields);

/// Drops all of them but one of that name: the first that `suits`, else the first. False: there was only one.
template <class Suits>
bool keep_one(std::vector<Field>& fields, std::string_view name, Suits&& suits) {
  Field const* kept = nullptr;
  Field const* first = nullptr;
  std::size_t count = 0;
  for (auto const& field : fields) {
    if (field.name != name) continue;
    ++count;
    if (first == nullptr) first = &field;
    if (kept == nullptr && suits(field)) kept = &field;
  }
  if (count < 2) return false;
  if (kept == nullptr) kept = first;
  std::string const text = kept->text;
  bool done = false;
  std::erase_if(fields, [&](Field const& field) {
    if (field.name != name) return false;
    bool const drop = done || field.text != text;
    done = done || !drop;
    return drop;
  });
  return true;
}

/// An encoding that changes bytes, as base64 does.
bool is_encoding(Field const& field);

/// A field as GMime may read it: it reads addresses by functions that call themselves, so that of those fields only so
/// much is given. True: it was cut.
bool append_tamed(std::string& out, Field const& field);

}  // namespace umsops::mail_helper
