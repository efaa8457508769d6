// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "desk/open_desk.hpp"
#include "report/aggregate.hpp"
#include "umsops/desk/report_desk.hpp"

/// Tickets as columns beside the store, for reports over many of them: made by tick or by hand, thrown away at any
/// doubt. Personal texts are not in it. A store on a server has none.
namespace umsops::desk {

/// Gives the aggregator all records of its plan (made with `Where::here`) from the columns, and what changed since from
/// the store. False: there are none, they do not have what the plan needs, or they were written meanwhile; the
/// aggregator is of no use then.
bool read_columns(OpenDesk& desk, report::Aggregator& into);

/// A list that ends after some rows: which ones come first the columns tell, and what stands in these the store, which
/// alone has personal texts. nullopt: it is none, or as above.
std::optional<report::Table> list_by_columns(OpenDesk& desk, report::Definition const& definition,
                                             report::Context const& context);

/// Makes them, or takes in what changed. nullopt: the store can have none.
std::optional<ReportColumns> refresh_columns(OpenDesk& desk);
/// Whether there are any.
bool has_columns(OpenDesk& desk);
/// Takes them away; tick or a report makes them anew.
void drop_columns(OpenDesk& desk);

}  // namespace umsops::desk
