// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/desk/classifier_desk.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::desk {

/// Whether the caller has set that field.
bool is_said(std::vector<std::string> const& said, std::string_view field);
/// The words that a rule found, each once.
std::vector<std::string> words_of(rules::Hit const& hit);
/// What rules say of one field, as a record keeps it. `value` is for the caller to fill in: what the record carries.
model::FieldDecision decision_of(rules::Outcome const& outcome, rules::Verdict const& verdict);

/// The decision on that field; where there is none yet, a new one by default, of no value.
model::FieldDecision& decision_on(model::Classification& classification, std::string_view field);
/// Fills in what a stored classification leaves out, as far as the rules and the model are still those that decided. A
/// record can be shown whatever state their files are in.
void restore_reasons(OpenDesk& desk, model::Ticket& ticket);
void restore_reasons(OpenDesk& desk, model::Incident& incident);
/// What the model says of such a record, by the names of its fields; nothing where there is none, or it cannot be used.
/// `classification` notes which model it was.
std::vector<ModelWord> ask_model(OpenDesk& desk, model::Classification& classification, base::RecordType const& type,
                                 learn::Text const& text);

}  // namespace umsops::desk
