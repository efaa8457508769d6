// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/ref.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// Who acts, and from where. `login` is what the kernel says and is trusted; `name` is what was claimed.
struct Actor {
  std::string name;
  std::string login;
  std::string command;  ///< `ticket create`
  /// Who stored it, as the database server says; empty in a file. Filled in where it is stored, never by who acts.
  std::string db_user = {};
};

/// One changed field; null before: it was absent.
struct Change {
  std::string field;
  base::Value before, after;
  bool personal = false;  ///< only its salted digest enters the chain
  bool erased = false;    ///< the values were erased; the digest remains
};

/// One entry of the history: append-only and chained by hash.
struct Event {
  std::int64_t seq = 0;  ///< place in the chain, from 1, without gaps
  base::TimePoint at{};  ///< when it was recorded
  Actor actor;
  std::string noun;           ///< `ticket`, or `store` for what concerns no record
  std::string record_id;      ///< internal id of the record
  std::string kind;           ///< `created`, `updated`, `assigned`, `noted`, `imported`, ...
  std::int64_t rev = 0;       ///< the record's revision after it
  std::string reason;         ///< why, in the actor's words
  std::string rules_version;  ///< of the classification made with it
  bool given_time = false;    ///< `at` was given by the caller (--now), and is not the clock's
  std::vector<Change> changes;
  bool first = false;  ///< the record's birth: the log keeps its hash and not once more its values, which are
                       ///< the record's own, taken back through the later events
  std::string previous_hash, hash;
};

base::RecordType const& event_type();
base::Row to_row(Event const& event);
/// `changes` as `{"field": [before, after], ...}`; an erased one as `{"erased": true}`.
base::Value changes_to_value(std::vector<Change> const& changes);
/// And back; `personal` stays unset: the field's description tells. Throws `record.invalid`, also for bad text.
std::vector<Change> changes_from_value(base::Value const& value);

/// A message to be sent after the change that caused it (transactional outbox); stored with it, delivered later.
struct OutboxMessage {
  std::string topic;  ///< `ticket.confirmation`, `ticket.assigned`
  std::string noun, record_id;
  std::string recipient;  ///< a person's name
  base::Value payload;    ///< what a template needs
};

/// A remark on a ticket: `responses`.
struct Response {
  std::string id;
  std::string ticket_id;
  std::string responder_id;
  std::string content;
  std::string response_type;  ///< INTERNAL or EXTERNAL
  bool is_private = true;
  base::TimePoint created_at{};
  std::optional<std::int64_t> time_spent_minutes;  ///< of its author; absent: not said
};
/// Its text is neither empty nor too long, and its characters are sound; so is the name.
std::vector<Problem> check(Response const& response);
base::RecordType const& response_type();
base::Row to_row(Response const& response);

/// A file that came with a record or one of its responses: `attachments`, without the content.
struct Attachment {
  std::string id;
  Ref record;
  std::string response_id;  ///< empty: it came with the record itself
  std::string file_name;    ///< the sender's words, never a path; empty: none
  std::string media_type;
  std::int64_t bytes = 0;
  std::string sha256;   ///< of the content
  bool stored = false;  ///< false: it was over the limit, and is only listed
  base::TimePoint created_at{};
};

/// A mail that was taken in: what is known of it beside the record or the response that it became, `mails`.
struct Mail {
  Ref record;
  std::string message_id;   ///< without its brackets; of a mail that has none `sha256:` and the digest of what it says
  std::string identity;     ///< 32 hexadecimal digits that tell it from another of the same message_id
  std::string response_id;  ///< that it became; empty: it made the record
  std::string subject;      ///< as it came
  std::optional<base::TimePoint> sent_at;  ///< its Date
  /// Addresses of From, Reply-To, To and Cc: whoever has a part in what is said. Empty for a mail that gives nobody
  /// one: automatic ones, and those of strangers.
  std::vector<std::string> participants;
  base::TimePoint created_at{};  ///< when it was taken in
};
/// The identity of a mail from before they were kept: any of its message_id is the same.
inline constexpr char kAnyIdentity[] = "00000000000000000000000000000000";

/// The fields of all but `record`.
base::RecordType const& mail_type();
base::Row to_row(Mail const& mail);

}  // namespace umsops::model
