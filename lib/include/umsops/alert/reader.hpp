// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/alert/event.hpp"
#include "umsops/alert/sender.hpp"
#include "umsops/base/value.hpp"

namespace umsops::alert {

/// The body as text, read: JSON, or a form (`payload=...`, `name=value&...`) as the values in it. Integers beyond 64
/// bits are texts. Throws `json.invalid`, `input.too_large`.
base::Value read_body(std::string_view text, std::string_view source);

/// Sender files, ready for use. What one reads of a body depends on the body and `now` alone.
class Reader {
 public:
  /// The order of `senders` breaks ties.
  explicit Reader(std::vector<Sender> senders);
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  /// What the body says. The sender is `name` or, where that is empty, the one with the most conditions of those that
  /// recognise it; a list is many bodies. Refusals are items: it throws `alert.sender_unknown` for a name that no
  /// sender has, and nothing else.
  Reading read(base::Value body, Input input, std::string_view name, base::TimePoint now) const;

  /// Throws `alert.sender_unknown` with the nearest name.
  Sender const& require(std::string_view name) const;
  std::vector<Sender> const& senders() const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace umsops::alert
