// SPDX-License-Identifier: Apache-2.0
#include "alert/labels.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "umsops/mail/text.hpp"

namespace umsops::alert {
namespace {

using base::TextShape;
using base::Value;

constexpr std::size_t kMostRemarks = 20;

/// Collects names and values; the first value of a name stays.
class Labels {
 public:
  explicit Labels(Event& event) : event_(event) {}

  void take(Value const& value) {
    if (auto const* members = value.get_if<Value::Object>()) {
      for (auto const& [name, member] : *members) add_value(name, member);
    } else if (auto const* items = value.get_if<Value::List>()) {
      for (auto const& item : *items) take_item(item);
    } else {
      take_words(value.text());
    }
  }

  void add(std::string_view name, std::string_view value) {
    auto& all = event_.labels;
    auto key = kept_text("a label's name", name, TextShape::line, kLongestLabelName, event_);
    if (key.empty() || value.empty()) return;
    if (std::any_of(all.begin(), all.end(), [&](auto const& label) { return label.first == key; })) return;
    if (all.size() == kMostLabels) {
      if (!std::exchange(full_, true))
        event_.remarks.push_back(fmt::format("labels: only the first {} are kept", kMostLabels));
      return;
    }
    auto const what = "label " + key;
    auto kept = kept_text(what, value, TextShape::line, kLongestLabel, event_);
    if (!kept.empty()) all.emplace_back(std::move(key), std::move(kept));
  }

 private:
  void add_value(std::string_view name, Value const& value) {
    if (!full_ && value.get_if<Value::Object>() == nullptr) add(name, text_of(value));
  }

  /// `{key: a, value: b}`, `{name: a, value: b}`, `[a, b]`, `a:b`.
  void take_item(Value const& item) {
    if (full_) return;
    if (auto const* pair = item.get_if<Value::List>()) {
      if (pair->size() == 2) add_value(text_of((*pair)[0]), (*pair)[1]);
      return;
    }
    if (item.get_if<Value::Object>() == nullptr) return take_words(text_of(item));
    Value const* name = item.find("key");
    if (name == nullptr) name = item.find("name");
    if (name == nullptr) name = item.find("tag");
    Value const* value = item.find("value");
    if (value != nullptr && value->find("stringValue") != nullptr) value = value->find("stringValue");
    if (name != nullptr && value != nullptr) add_value(text_of(*name), *value);
  }

  /// `env:prod, team:db`, `env=prod`; a word alone is a tag of its own.
  void take_words(std::string_view text) {
    while (!text.empty() && !full_) {
      auto const end = std::min(text.find(','), text.size());
      auto const word = mail::trimmed(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      auto const mark = word.find_first_of(":=");
      if (mark == std::string_view::npos) {
        add(word, "true");
      } else {
        add(mail::trimmed(word.substr(0, mark)), mail::trimmed(word.substr(mark + 1)));
      }
    }
  }

  Event& event_;
  bool full_ = false;
};

}  // namespace

void read_labels(LabelRule const& rule, Scope const& scope, Event& event) {
  Labels labels(event);
  for (auto const& [name, choice] : rule.set) {
    std::string text;
    if (choose(choice, scope, text)) labels.add(name, text);
  }
  for (auto const& path : rule.take) {
    each_value(path, scope, [&](Value const& value) {
      labels.take(value);
      return true;
    });
  }
}

std::string kept_text(std::string_view name, std::string_view text, TextShape shape, std::size_t most, Event& event) {
  auto const remark = [&](std::string_view what) {
    if (event.remarks.size() < kMostRemarks) event.remarks.push_back(fmt::format("{}: {}", name, what));
  };
  std::string sound;
  if (auto const problem = base::check_text(text, TextShape::block)) {
    if (problem->what != "control character U+000D") remark(problem->what + " replaced");
    sound = base::sound_text(text, shape);
  } else if (shape == TextShape::line && text.find_first_of("\n\t") != std::string_view::npos) {
    sound = base::sound_text(text, shape);
  } else {
    sound = text;
  }
  std::string_view const trimmed = mail::trimmed(sound);
  if (most == 0 || trimmed.size() <= most) return std::string(trimmed);
  auto cut = base::shortened(trimmed, most);
  if (cut.size() < trimmed.size()) remark(fmt::format("cut to {} characters", most));
  return cut;
}

}  // namespace umsops::alert
