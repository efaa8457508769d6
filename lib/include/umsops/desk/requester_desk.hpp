// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "umsops/desk/record_desk.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/import_mapping.hpp"
#include "umsops/model/requester.hpp"
#include "umsops/query/query.hpp"

namespace umsops::desk {

class OpenDesk;

struct RequesterResult {
  model::Requester requester;
  Result result = Result::created;
  bool dry_run = false;
  std::vector<std::string> warnings;
};
using RequesterOutcome = Outcome<RequesterResult>;

/// A person with what the desk has of them.
struct WholeRequester {
  model::Requester requester;
  std::vector<std::string> found_by;  ///< every name, as they are looked up
  std::int64_t tickets = 0, open_tickets = 0;
  std::vector<model::Event> history;
};

/// Something about the directory that somebody should look at.
struct DirectoryFinding {
  enum class Kind {
    shared_name,      ///< several people are called so: nobody is found by it
    stranger,         ///< somebody asked under a name that nobody has
    left_with_open,   ///< somebody is gone, and tickets of theirs are open
    unknown_manager,  ///< somebody reports to an account that nobody has
  };
  Kind kind = Kind::shared_name;
  std::string name;
  std::vector<std::string> people;  ///< numbers
  std::int64_t tickets = 0;
};
std::string_view to_string(DirectoryFinding::Kind kind);

/// What an import is of.
struct DirectoryOptions {
  std::string directory = "directory";  ///< people of another one are left alone
  bool full = false;                    ///< it is all of that directory: who is missing has left
  bool force = false;                   ///< also where that is more than half of them
};

/// The people who ask. One method is one transaction, or with Batch::each one for each person. A person is named by
/// number, account, address, phone or alias. Errors: `requester.*`, `record.invalid`, `store.*`.
class RequesterDesk {
 public:
  explicit RequesterDesk(OpenDesk& desk) : desk_(desk) {}

  using Ids = std::vector<std::string>;
  using Outcomes = std::vector<RequesterOutcome>;
  /// `sets`: by field index of `model::requester_type()`. Throws `requester.known` for an account that somebody has.
  RequesterResult create(Sets const& sets, ChangeOptions const& options);
  /// `aliases` are added to those that are there.
  Outcomes update(Ids const& ids, Sets const& sets, std::vector<std::string> const& aliases,
                  ChangeOptions const& options, Batch batch);
  /// What they are called by goes over to `into`; they are LEFT, and nobody is found by them any more.
  Outcomes merge(Ids const& ids, std::string const& into, ChangeOptions const& options, Batch batch);

  ListEnd list(query::Query const& query, std::function<bool(model::Requester const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  WholeRequester show(std::string const& id);
  std::vector<model::Event> history(std::string const& id);
  /// Numbers and names that begin with `prefix`, newest first: for completion.
  std::vector<std::pair<std::string, std::string>> complete(std::string const& prefix, std::size_t most);
  /// Strangers who asked since then, at most `most` of each kind.
  std::vector<DirectoryFinding> check(base::TimePoint since, std::size_t most);

  /// Takes people; who is known by account, or without one by the first address or number, is brought up to date.
  /// A member `changetype` of `delete` says that somebody has left.
  ImportSummary import(ImportSource const& source, ImportOptions const& options, DirectoryOptions const& directory);

 private:
  OpenDesk& desk_;
};

/// Entries of LDIF under our names, by the usual attributes (RFC 2798 and Active Directory); others are left out.
ImportSource directory_entries(ImportSource source);
/// The records of `source` under our names. Of a column with several values a list takes all, any other field the
/// first.
ImportSource mapped_people(ImportSource source, model::ImportMapping mapping);

}  // namespace umsops::desk
