// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/env.hpp"
#include "umsops/base/field.hpp"
#include "umsops/desk/ticket_verbs.hpp"
#include "umsops/model/escalation.hpp"
#include "umsops/model/event.hpp"

/// What the verbs of all kinds of records share. A noun has one constant `Kind`, its own help texts and flags, and a
/// few lines of `run` for each verb.
namespace umsops::cli::record {

/// A flag and the field that it is about.
struct FieldFlag {
  std::string_view flag, field;
};

/// A kind of record, as the verbs of its noun treat it.
struct Kind {
  base::RecordType const& (*type)();
  std::string_view number;                  ///< the field by which people name a record; -q prints it
  std::string_view since = "created_at";    ///< the time that --since and --until look at
  std::string_view body = {};               ///< the field that --body, --body-file and --edit set
  std::span<FieldFlag const> filters = {};  ///< flags that leave out records
  std::span<FieldFlag const> setters = {};  ///< flags that set a field
  /// What a person looks for first in a record: `show` begins with it, goes on with what people said, and then tells
  /// the rest. Empty: the order of the fields.
  std::span<std::string_view const> first = {};
};

/// The name of a JSON Schema: `umsops.ticket.results/v1` for `results`.
std::string schema_of(Kind const& kind, std::string_view what);

/// The row as an object.
base::Value record_of(std::span<base::Field const> fields, base::Row row);
/// An event as a list shows it: to people each change is `category: vpn -> vpx`.
base::Row event_row(Env& env, model::Event const& event);
/// The events without their place in the chain, which belongs to one store.
base::Value history_of(std::vector<model::Event> const& events);
/// Both ends of a record's links: for programs, and as lines for people.
base::Value links_of(std::vector<desk::ShownLink> const& links);
base::Value link_lines(std::vector<desk::ShownLink> const& links);
/// The same of its escalations.
base::Value escalations_of(std::vector<model::Escalation> const& escalations);
base::Value escalation_lines(Env& env, std::vector<model::Escalation> const& escalations);

}  // namespace umsops::cli::record
