// SPDX-License-Identifier: Apache-2.0
// What is known of a person, and how it is taken out of the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"
#include "umsops/base/value.hpp"
#include "umsops/model/person_names.hpp"
#include "umsops/query/query.hpp"

namespace umsops::desk {

class OpenDesk;

/// Who is meant: a number of the directory, an account, an address, a phone number, or any name that tickets have.
struct WhichPerson {
  std::string said;
  std::vector<std::string> also;   ///< further names of theirs
  std::vector<std::string> leave;  ///< names of the directory that are not to be looked for
};

/// Whom that is, and by what they are looked for.
struct Person {
  std::vector<std::string> numbers;  ///< of the directory; empty: it does not know them
  model::PersonNames names;
  bool staff = false;  ///< tickets or incidents are assigned to them, or the roster has them
};

/// How much there is of a kind: `tickets`, `replies`, `mentions`, ...
struct PlaceCount {
  std::string place;
  std::int64_t count = 0;
};
/// How often a name stands in texts that others wrote.
struct NameCount {
  std::string name;
  std::int64_t count = 0;
};

/// Something that an erasure in the store leaves where it is.
enum class Beyond {
  open_history,   ///< fields that the chain covers in the open, as who worked on a ticket: entries of the history
  runbook_text,   ///< the text of a runbook that an execution keeps
  server_owner,   ///< the server's free pages: only the owner of the tables may clear them
  server_copies,  ///< the server's log and its own copies
  backups,        ///< copies of the store beside it, by name
  copies,         ///< backups and copies elsewhere
  recipients,     ///< messages that were delivered, and mail servers' logs
};
std::string_view to_string(Beyond what);
struct BeyondReach {
  Beyond what = Beyond::copies;
  std::int64_t count = 0;  ///< 0: not counted
  std::string path;
};

/// All that is known of a person, as JSON: `person`, `directory`, `tickets` in full, `mentions` in what others wrote.
struct PersonalData {
  Person person;
  std::vector<PlaceCount> places;
  base::Value document;
};

struct ErasureOptions {
  bool keep_statistics = false;  ///< tickets keep their attributes, and a stand-in in the place of the requester
  bool dry_run = false;
  std::string reason;
};

struct Erasure {
  Person person;
  std::vector<PlaceCount> places;
  std::vector<NameCount> names;
  std::vector<std::string> tickets;    ///< numbers of those that go as a whole
  std::vector<std::uint64_t> digests;  ///< of their texts, as a learned model keeps them
  std::int64_t erased_values = 0;      ///< of the history
  std::int64_t event = 0;              ///< that tells of all of it; 0: there was nothing, or it was a dry run
  std::string stand_in;                ///< what the figures call the person from now on; empty: nothing
  std::vector<BeyondReach> beyond;
  std::optional<base::Error> refused;  ///< of a dry run: why it would be refused
  bool nothing() const { return places.empty(); }
};

/// Which tickets have been kept long enough.
struct RetentionOptions {
  base::TimePoint before{};      ///< they were closed before that
  query::Filter filter;          ///< of tickets; they are CLOSED or SPAM whatever it says
  bool keep_statistics = false;  ///< their attributes stay
  bool apply = false;
  std::string reason;
  std::int64_t chunk = 200;  ///< tickets a transaction
};
struct Retention {
  std::int64_t tickets = 0;  ///< whose texts and persons were erased, or would be
  std::vector<PlaceCount> places;
  std::int64_t erased_values = 0;
  std::vector<BeyondReach> beyond;
};

/// Errors: `requester.ambiguous`, `privacy.*`, `store.*`.
class PrivacyDesk {
 public:
  explicit PrivacyDesk(OpenDesk& desk) : desk_(desk) {}

  /// Whoever the directory does not know is looked for by what was said alone.
  Person find(WhichPerson const& which);
  /// Throws `privacy.nothing` where the store does not know them at all.
  PersonalData gather(WhichPerson const& which);
  /// All in one transaction, with an event for each record that changes and one that tells of all. Where nothing is
  /// left it only clears what the engine keeps, so that a run that was cut off can be taken up again. Throws
  /// `privacy.open` while tickets of theirs are open or assigned to them.
  /// `stored` is told the entry that tells of it, before what the engine keeps is cleared.
  Erasure erase(WhichPerson const& which, ErasureOptions const& options,
                std::function<void(std::int64_t event)> const& stored = {});
  /// Takes persons and texts out of old tickets, some in each transaction. `done` is told how many are stored.
  Retention retain(RetentionOptions const& options, std::function<void(std::int64_t tickets)> const& done);
  /// Clears what the engine keeps of rows that are gone; tells what that cannot reach.
  std::vector<BeyondReach> clear_remains();

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
