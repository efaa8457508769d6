// SPDX-License-Identifier: Apache-2.0
#include "desk/given_files.hpp"

#include <algorithm>

#include "store/attachments.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kMostFiles = 50;     ///< of one reply or ticket
constexpr std::size_t kLongestName = 255;  ///< code points, as file systems have it
constexpr std::size_t kShownName = 80;

[[noreturn]] void refuse(std::string const& name, std::string problem) {
  throw base::Error(base::errors::attachment_refused,
                    {{"name", name.substr(0, kShownName)}, {"problem", std::move(problem)}});
}

std::string problem_of(Options const& options, GivenFile const& file) {
  if (file.name.empty() || base::code_points(file.name) > kLongestName) return "its name has not 1 to 255 characters";
  if (auto const problem = base::check_text(file.name, base::TextShape::line)) return "its name has " + problem->what;
  if (file.content.size() > static_cast<std::size_t>(options.attachment_limit))
    return "larger than " + std::to_string(options.attachment_limit) + " bytes";
  if (!takes_type(options, file.media_type)) return file.media_type + " is no type that is taken";
  return {};
}

}  // namespace

void AttachmentKeeper::keep(store::WriteTx& tx, model::Attachment attachment,
                            std::optional<std::string> const& content) {
  if (first_id_.empty()) first_id_ = desk_->ids().next_id(desk_->now());
  std::string const place = std::to_string(kept_++);
  attachment.id = first_id_ + "-" + std::string(4 - std::min<std::size_t>(place.size(), 4), '0') + place;
  attachment.created_at = desk_->now();
  store::insert_attachment(tx, attachment, content);
}

bool takes_type(Options const& options, std::string_view media_type) {
  auto const& taken = options.attachment_types;
  auto const fits = [type = base::ascii_lower(media_type)](std::string const& pattern) {
    if (pattern.ends_with("/*")) return type.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
    return type == pattern;
  };
  return taken.empty() || std::any_of(taken.begin(), taken.end(), fits);
}

void refuse_unfit(OpenDesk& desk, std::vector<GivenFile> const& files) {
  if (files.size() > kMostFiles)
    throw base::Error(base::errors::input_too_large,
                      {{"what", "the number of files"}, {"limit", std::to_string(kMostFiles)}});
  for (auto const& file : files) {
    if (auto problem = problem_of(desk.options(), file); !problem.empty()) refuse(file.name, std::move(problem));
  }
}

void store_files(OpenDesk& desk, store::WriteTx& tx, model::Ref const& record, std::string const& response,
                 std::vector<GivenFile> const& files) {
  AttachmentKeeper keeper(desk);
  for (auto const& file : files) {
    model::Attachment attachment;
    attachment.record = record;
    attachment.response_id = response;
    attachment.file_name = file.name;
    attachment.media_type = file.media_type;
    attachment.bytes = static_cast<std::int64_t>(file.content.size());
    attachment.sha256 = base::sha256_hex(file.content);
    keeper.keep(tx, std::move(attachment), base::base64_encode(file.content));
  }
}

base::Value content_of(std::vector<GivenFile> const& files) {
  if (files.empty()) return {};
  base::Value::List list;
  for (auto const& file : files) list.emplace_back(base::Value::List{file.name, base::sha256_hex(file.content)});
  return list;
}

}  // namespace umsops::desk
