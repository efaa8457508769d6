// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "umsops/base/time_zone.hpp"
#include "umsops/base/value.hpp"

namespace umsops::model {

/// How one of our fields is made from a foreign record.
struct FieldMapping {
  std::string field;                 ///< ours, `attributes.NAME`, or `action` and `act_key` (JSON intake)
  std::vector<std::string> columns;  ///< theirs, nested ones as `a.b`; several are joined with `joiner`
  std::string joiner = " ";
  std::vector<std::pair<std::string, std::string>> values;  ///< their word → ours; empty: leave it out
  std::string otherwise;                                    ///< for an absent or empty column; empty: leave it out
  bool leaves_others_out = false;                           ///< words without a value leave the field out
  std::string time_format;                                  ///< strptime form of their time; empty: RFC 3339
  bool is_time = false;                                     ///< our field is a time
  std::size_t cut = 0;                                      ///< longest text in code points, 0: do not cut

  // Of a log of events only.
  std::vector<std::string> keep;  ///< their words that keep the value of the previous event; `*`: all without a value
  bool once_passed = false;       ///< a time ignored in events before it
};

/// For a log of events: several foreign records make one of ours. Each is an event with the whole state after it.
struct EventMapping {
  std::vector<std::string> by;  ///< columns that are equal in all events of a record
  std::string at, time_format;  ///< column of the event's time, and its strptime form (empty: RFC 3339)
  std::string actor;            ///< column of who acted; empty: nobody is named
  bool by_time = false;         ///< sort by time; false: they are in order
  bool as_given = false;        ///< in order, even where a time goes back
  bool scattered = false;       ///< rows of a record need not stand together
};

/// A mapping file as a value: foreign column names and words to ours.
struct ImportMapping {
  std::vector<FieldMapping> fields;
  std::vector<std::string> ignore;   ///< columns left out on purpose; `*`: all that are not named
  std::vector<std::string> unknown;  ///< words that mean an empty cell, in every column
  std::optional<EventMapping> events;
  base::TimeZone zone;  ///< of times without an offset
  std::string list;     ///< of a JSON file: the member that holds the records, `issues`; empty: `items`
  std::string file;
};

/// The foreign record under our names; a word of `keep` takes the member of `before`. Throws `record.invalid` for a
/// column that is not named or a word without mapping.
base::Value apply(ImportMapping const& mapping, base::Value const& foreign, base::Value const& before = {});

}  // namespace umsops::model
