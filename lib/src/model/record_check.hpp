// SPDX-License-Identifier: Apache-2.0
// What is checked of the records of every kind.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/attributes.hpp"
#include "umsops/base/field.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// What looks like nothing.
bool is_blank(std::string_view text);
void check_text(std::vector<Problem>& out, std::string_view field, std::string_view text, base::TextShape shape,
                std::size_t longest);
/// Every text of the type's fields, by its limits.
void check_texts(std::vector<Problem>& out, base::RecordType const& type,
                 std::function<std::string_view(std::size_t field)> const& text_of);
/// Every time lies in the years that four digits can write.
void check_times(std::vector<Problem>& out, base::RecordType const& type,
                 std::function<base::Value(std::size_t field)> const& get);
void check_attributes(std::vector<Problem>& out, Attributes const& attributes);
/// Its texts come from rules and from imports: sound characters, but no lengths of their own.
void check_classification(std::vector<Problem>& out, Classification const& classification);

}  // namespace umsops::model
