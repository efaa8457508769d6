// SPDX-License-Identifier: Apache-2.0
#include "umsops/dialogue/flow.hpp"

#include <algorithm>

#include "model/attributes.hpp"

namespace umsops::dialogue {
namespace {

constexpr std::string_view kFields[] = {"title", "description", "requester", "phone", "callback_at", "category"};
constexpr std::string_view kAttribute = "attributes.";

}  // namespace

std::string_view to_string(Channel channel) { return channel == Channel::chat ? "chat" : "phone"; }

std::optional<Channel> parse_channel(std::string_view text) {
  if (text == "chat") return Channel::chat;
  if (text == "phone") return Channel::phone;
  return std::nullopt;
}

Node const* Flow::find(std::string_view node) const {
  auto const found = std::find_if(nodes.begin(), nodes.end(), [&](Node const& n) { return n.name == node; });
  return found == nodes.end() ? nullptr : &*found;
}

Question const* Flow::find_question(std::string_view id) const {
  auto const found = std::find_if(questions.begin(), questions.end(), [&](Question const& q) { return q.id == id; });
  return found == questions.end() ? nullptr : &*found;
}

bool is_field(std::string_view name) {
  if (name.starts_with(kAttribute)) return model::is_attribute_name(name.substr(kAttribute.size()));
  return std::find(std::begin(kFields), std::end(kFields), name) != std::end(kFields);
}

std::vector<std::string_view> field_names() { return {std::begin(kFields), std::end(kFields)}; }

}  // namespace umsops::dialogue
