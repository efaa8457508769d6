// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/fitted_source.hpp"

#include <algorithm>

#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Value;

constexpr std::string_view kTitle = "title", kDescription = "description", kBlanks = " \t\n";

std::string text_at(Value const& record, std::string_view name) {
  Value const* const value = record.find(name);
  return value && value->get_if<std::string>() ? std::string(value->text()) : std::string();
}

void set_text(Value& record, std::string_view name, std::string text) {
  if (auto* const members = record.get_if<Value::Object>()) {
    auto const found = std::find_if(members->begin(), members->end(), [&](auto const& m) { return m.first == name; });
    if (found != members->end()) {
      found->second = std::move(text);
      return;
    }
  }
  record.add(std::string(name), std::move(text));
}

std::string first_line(std::string_view text, std::size_t most) {
  text = base::trimmed(text, kBlanks);
  return base::shortened(base::trimmed(text.substr(0, text.find('\n')), kBlanks), most);
}

/// Whether the title had to be changed. Where nothing says what a record is about it stays, and is refused as ever.
bool fit_title(Value& record, std::size_t most) {
  std::string const title = text_at(record, kTitle), description = text_at(record, kDescription);
  std::string_view const whole = base::trimmed(title, kBlanks);
  if (!whole.empty() && whole.find('\n') == std::string_view::npos && base::code_points(whole) <= most) {
    if (whole.size() < title.size()) set_text(record, kTitle, std::string(whole));
    return false;
  }
  auto shown = first_line(whole.empty() ? description : whole, most);
  if (shown.empty()) return false;
  if (!whole.empty()) {
    std::string const rest = description.empty() ? "" : "\n\n" + description;
    set_text(record, kDescription, std::string(whole) + rest);
  }
  set_text(record, kTitle, std::move(shown));
  return true;
}

}  // namespace

ImportSource fitted(ImportSource source, base::RecordType const& type, std::int64_t& count) {
  std::size_t const most = type.fields[type.require(kTitle)].max_length;
  return [source = std::move(source), most, &count]() -> std::optional<ImportRecord> {
    auto record = source();
    if (record && !record->unreadable && record->object.get_if<Value::Object>() && fit_title(record->object, most)) {
      ++count;
    }
    return record;
  };
}

}  // namespace umsops::desk
