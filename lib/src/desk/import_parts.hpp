// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/base/value.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/model/feedback.hpp"
#include "umsops/model/timeline_entry.hpp"

namespace umsops::desk {

/// What an imported record brings beside its fields, responses and history, as an export gives it. What comes
/// again is known by its id, or by what it is.
struct ImportedParts {
  std::vector<model::Escalation> escalations;
  std::vector<model::TimelineEntry> timeline;
  std::vector<RecordLink> links;
  std::vector<StoredAttachment> attachments;
  std::vector<model::Callback> callbacks;
  std::vector<LadderStep> ladder_steps;
  std::vector<model::Mail> mails;
  std::vector<ChangeKey> keys;
  std::vector<model::Feedback> feedback;

  bool empty() const {
    return escalations.empty() && timeline.empty() && links.empty() && attachments.empty() && callbacks.empty() &&
           ladder_steps.empty() && mails.empty() && keys.empty() && feedback.empty();
  }
};

/// Reads the member of a record of that kind when it is one of these; false: it is another. Throws `record.invalid`.
bool read_part(ImportedParts& parts, std::string_view noun, std::string const& name, base::Value const& value);

/// Throws `import.rejected` for a part whose id belongs to another record here; `record` has no id where it is new.
void refuse_foreign_parts(store::Connection& db, model::Ref const& record, ImportedParts const& parts);
/// Stores what is not there yet of all but the links; true: something was. A call-back that is open here and done there
/// becomes done.
bool add_parts(store::WriteTx& tx, model::Ref const& record, ImportedParts const& parts);

}  // namespace umsops::desk
