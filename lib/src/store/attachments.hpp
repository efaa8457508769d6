// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/event.hpp"

namespace umsops::store {

/// `content` is base64; nullopt: only listed.
void insert_attachment(WriteTx& tx, model::Attachment const& attachment, std::optional<std::string> const& content);

/// Gives all of one record to another; `response` says which response of that one the file came with.
void move_attachments(WriteTx& tx, model::Ref const& from, model::Ref const& into,
                      std::function<std::string(std::string const& response)> const& response);

/// In the order they came; without their content.
std::vector<model::Attachment> attachments_of(Connection& db, model::Ref const& record);

/// The content as stored, base64; empty when it was only listed.
std::string attachment_content(Connection& db, std::string_view id);

}  // namespace umsops::store
