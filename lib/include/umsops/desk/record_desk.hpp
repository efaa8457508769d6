// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/value.hpp"
#include "umsops/model/ticket.hpp"

/// What the desks of all kinds of records share.
namespace umsops::desk {

enum class Result { created, updated, unchanged, existing };
std::string_view to_string(Result result);

/// What becomes of a record whose key is known; on the command line the first is `return`.
enum class OnDuplicate { give_back, comment, reopen, fail };

/// Values to set, by field index of the record's type; a null value clears. Named values (attributes) are joined with
/// those that are there, a null one goes away. For a list (tags) an object of these two members edits it.
using Sets = std::vector<std::pair<std::size_t, base::Value>>;
inline constexpr std::string_view kAddWords = "add", kRemoveWords = "remove";

/// What every change can be given, whatever it changes.
struct ChangeOptions {
  std::string reason;                  ///< kept in the history
  std::optional<std::int64_t> if_rev;  ///< the change is refused when the record is at another revision
  bool dry_run = false;
};

/// In the order given: people read the outcomes beside what they typed.
std::vector<std::string> once_each(std::vector<std::string> ids);

/// All or nothing in one transaction, or each item in its own.
enum class Batch { atomic, each };

/// What became of one item of a batch: its result, or the error that refused it.
template <class Done>
struct Outcome {
  std::string id;  ///< as the caller wrote it
  std::optional<Done> done;
  std::optional<base::Error> failed;
};

struct ListEnd {
  std::int64_t count = 0;
  bool truncated = false;
  std::string next;  ///< cursor for what was cut, empty: none
  /// Of a filter by `text`: changes that are too many to be looked at beside the index, which has them after a tick.
  std::int64_t unsearched = 0;
};

/// One record of an import: where it stood and what it says, already mapped to our field names.
struct ImportRecord {
  std::int64_t line = 0;
  base::Value object;
  std::optional<base::Error> unreadable;  ///< the source could not read it; the line is known
};

/// Gives the next record, or nullopt at the end. Called by a thread of the import's own, which reads ahead while
/// earlier records are stored; nothing else the caller gave is called by it.
using ImportSource = std::function<std::optional<ImportRecord>()>;

enum class ImportMode { create, upsert, ignore };  ///< what happens to a record that is stored already

struct ImportSummary {
  std::int64_t read = 0, created = 0, updated = 0, unchanged = 0, rejected = 0;
  std::optional<std::int64_t> left;  ///< of a whole directory: people who are not in it any more
  bool dry_run = false;
};

struct ImportOptions {
  ImportMode mode = ImportMode::upsert;
  bool continue_on_error = false;
  bool dry_run = false;
  std::string source_name;  ///< file name, for reasons and messages
  model::Source default_source = model::Source::api;
  bool classify = true;       ///< run the rules on records without priority or category
  std::int64_t chunk = 1000;  ///< records a transaction where errors do not stop the import
  std::function<void(ImportRecord const&, base::Error const&)> rejected;
  std::function<void(std::int64_t records)> progress;
  std::function<void(ImportSummary const&)> committed;  ///< told what is stored by now, after each commit
};

}  // namespace umsops::desk
