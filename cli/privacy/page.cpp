// SPDX-License-Identifier: Apache-2.0
// All that is known of a person, for the person to read.
#include <algorithm>

#include "cli/privacy/privacy.hpp"
#include "umsops/base/html.hpp"
#include "umsops/base/json.hpp"
#include "umsops/format/report_output.hpp"
#include "umsops/model/callback.hpp"
#include "umsops/model/requester.hpp"

namespace umsops::cli::privacy {

namespace {

using base::html_text;
using base::Value;

struct Heading {
  std::string_view member;
  Text title;
};
constexpr Heading kParts[] = {{"person", {"By what you were looked for", "查找所用的称呼"}},
                              {"directory", {"In the directory", "请求人目录"}},
                              {"tickets", {"What you asked for", "您提出的工单"}},
                              {"mentions", {"Where others name you", "他人提及之处"}}};

/// What people call a field that our outputs name so.
std::string label_of(Env const& env, std::string_view name) {
  if (env.language() == base::Language::zh) {
    for (auto const* type : {&model::ticket_type(), &model::requester_type(), &model::response_type(),
                             &model::event_type(), &model::callback_type(), &model::mail_type()}) {
      auto const field = type->find(name);
      if (field && !type->fields[*field].label_zh.empty()) return std::string(type->fields[*field].label_zh);
    }
  }
  std::string label(name);
  std::replace(label.begin(), label.end(), '_', ' ');
  return label;
}

bool says_nothing(Value const& value) {
  auto const* const list = value.get_if<Value::List>();
  auto const* const object = value.get_if<Value::Object>();
  return value.is_null() || (list && list->empty()) || (object && object->empty());
}

class Page {
 public:
  explicit Page(Env& env) : env_(env) {}

  std::string body(Value const& document) {
    for (auto const& [member, title] : kParts) {
      auto const* const part = document.find(member);
      if (!part || says_nothing(*part)) continue;
      out_ += "<section><h2>" + html_text(env_.text(title)) + "</h2>\n";
      add(*part);
      out_ += "</section>\n";
    }
    return std::move(out_);
  }

 private:
  void add(Value const& value) {
    if (auto const* const object = value.get_if<Value::Object>()) return add_object(*object);
    auto const* const list = value.get_if<Value::List>();
    if (!list) return add_plain(value);
    bool const plain = list->empty() || !list->front().get_if<Value::Object>();
    if (plain) return add_words(*list);
    // A list within a list, and no table within a table: a screen reader keeps its place in it.
    out_ += "<ol>\n";
    for (auto const& item : *list) {
      out_ += "<li>";
      add(item);
      out_ += "</li>\n";
    }
    out_ += "</ol>\n";
  }
  void add_words(Value::List const& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out_ += ", ";
      add_plain(list[i]);
    }
  }
  void add_plain(Value const& value) {
    if (auto const* const at = value.get_if<base::TimePoint>()) {
      out_ += html_text(env_.zone().format(*at));
    } else if (auto const* const text = value.get_if<std::string>()) {
      out_ += lines_of_text(*text);
    } else {
      out_ += html_text(base::to_json(value));
    }
  }
  /// Line ends are kept: it is shown as it was written.
  static std::string lines_of_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
      auto const end = std::min(text.find('\n', at), text.size());
      out += (at == 0 ? "" : "<br>\n") + html_text(text.substr(at, end - at));
      at = end + 1;
    }
    return out;
  }
  void add_object(Value::Object const& object) {
    out_ += "<dl>\n";
    for (auto const& [name, value] : object) {
      if (says_nothing(value)) continue;
      out_ += "<dt>" + html_text(label_of(env_, name)) + "</dt><dd>";
      add(value);
      out_ += "</dd>\n";
    }
    out_ += "</dl>\n";
  }

  Env& env_;
  std::string out_;
};

}  // namespace

void write_page(Env& env, format::Sink& sink, std::string const& person, Value const& document) {
  auto const facts = env.phrase(Phrase::privacy_made, {{"time", env.zone().format(env.clock().now())}});
  format::write_text_page(sink, env.phrase(Phrase::privacy_page, {{"person", person}}), facts, Page(env).body(document),
                          env.language());
}

}  // namespace umsops::cli::privacy
