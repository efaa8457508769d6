// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "store/store.hpp"
#include "umsops/base/value.hpp"
#include "umsops/desk/ticket_verbs.hpp"
#include "umsops/model/event.hpp"

/// Files that come with a record or with what is said of it.
namespace umsops::desk {

/// Stores attachments, whose ids keep the order in which they came.
class AttachmentKeeper {
 public:
  explicit AttachmentKeeper(OpenDesk& desk) : desk_(&desk) {}
  /// `content` in base64; none: it is only listed. Sets id and time.
  void keep(store::WriteTx& tx, model::Attachment attachment, std::optional<std::string> const& content);

 private:
  OpenDesk* desk_;
  std::string first_id_;
  int kept_ = 0;
};

/// Whether the desk takes files of that type: by `attachment_types`.
bool takes_type(Options const& options, std::string_view media_type);
/// Throws `attachment.refused` for the first one that is too large, of a type that the desk does not take, or whose
/// name is none.
void refuse_unfit(OpenDesk& desk, std::vector<GivenFile> const& files);
/// The next event vouches for them. `response`: the id of what they came with; empty: with the record itself.
void store_files(OpenDesk& desk, store::WriteTx& tx, model::Ref const& record, std::string const& response,
                 std::vector<GivenFile> const& files);
/// What tells these files from others, for the content of a key; null for none.
base::Value content_of(std::vector<GivenFile> const& files);

}  // namespace umsops::desk
