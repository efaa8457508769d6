// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "umsops/desk/record_desk.hpp"
#include "umsops/model/outbox.hpp"
#include "umsops/notify/sender.hpp"
#include "umsops/query/query.hpp"

namespace umsops::desk {

class OpenDesk;

/// What became of one delivery, or of a message that is none.
struct FlushItem {
  enum class Outcome { sent, later, failed, dropped } outcome = Outcome::sent;
  model::Delivery delivery;
  std::string number;  ///< of the record
  std::string note;    ///< why not
};
std::string_view to_string(FlushItem::Outcome outcome);

struct FlushEnd {
  std::int64_t sent = 0, later = 0, failed = 0, dropped = 0;
};

/// A message with all that is known of it.
struct ShownMessage {
  model::Message message;
  std::vector<model::Delivery> deliveries;
};

/// What one contact would read.
struct PreviewedLetter {
  model::Delivery delivery;
  notify::Text text;
};
struct Preview {
  model::Message message;
  std::vector<PreviewedLetter> letters;
  std::string note;  ///< why some or all get nothing
};

/// Whether messages arrive.
struct OutboxHealth {
  bool can_send = false;  ///< a channel is configured
  std::int64_t failed = 0, waiting = 0;
  std::optional<base::TimePoint> oldest_waiting;  ///< since when the one waits that waits longest
  std::vector<std::string> unreachable;           ///< audiences that name somebody who cannot be reached, and why
};

/// What a test sent, and what came of it.
struct TestResult {
  std::string channel, address, key;
  notify::Sent sent;
};

/// Messages that leave. They are stored with their causes; here they are sent, at least once, each attempt with the
/// same key. Errors: `outbox.*`, `config.invalid`, `store.*`.
class OutboxDesk {
 public:
  explicit OutboxDesk(OpenDesk& desk) : desk_(desk) {}

  ListEnd list(query::Query const& query, std::function<bool(model::Message const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  /// By its id, or a beginning of it that no other has.
  ShownMessage show(std::string const& id);
  /// Whether any channel is configured.
  bool can_send();
  /// Sends what is due, until nothing is. `visit` is told of what is stored by then. A dry run sends and stores
  /// nothing, and tells what would be tried first. Several may run at one time, on several hosts: none sends what
  /// another one has in hand.
  FlushEnd flush(bool dry_run, std::function<void(FlushItem const&)> const& visit);
  /// What failed is tried again, however long ago; what waits is tried now.
  std::vector<Outcome<model::Message>> retry(std::vector<std::string> const& ids, bool dry_run);
  /// What was not sent is not going to be.
  std::vector<Outcome<model::Message>> drop(std::vector<std::string> const& ids, std::string const& reason,
                                            bool dry_run);
  /// Who would get what, or got it, and why somebody does not.
  Preview preview(std::string const& id);
  /// Reads only.
  OutboxHealth health();
  /// Sends a test by that channel at once. `to`: an address of mail; empty: the sender's own.
  TestResult test(std::string const& channel, std::string const& to);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
