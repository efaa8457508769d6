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

struct Label {
  std::string_view name;
  Text said;
};
/// Members that are no field of a record.
constexpr Label kLabels[] = {{"numbers", {"numbers in the directory", "请求人编号"}},
                             {"names", {"names", "称呼"}},
                             {"staff", {"works at the desk", "为处理人员"}},
                             {"history", {"History", "历史"}},
                             {"responses", {"Conversation", "对话"}},
                             {"escalations", {"Escalations", "升级"}},
                             {"links", {"Links", "关联"}},
                             {"attachments", {"Attachments", "附件"}},
                             {"callbacks", {"Call-backs", "回电"}},
                             {"mails", {"Mails", "邮件"}},
                             {"keys", {"Keys of requests", "请求的幂等键"}},
                             {"watchers", {"watchers", "关注者"}},
                             {"record", {"record", "记录"}},
                             {"place", {"place", "位置"}},
                             {"field", {"field", "字段"}},
                             {"text", {"passage", "段落"}},
                             {"saved_as", {"file", "文件"}}};
/// What tells a person nothing of what is known of them.
constexpr std::string_view kLeftOut[] = {
    "id",           "record_id",     "response_id", "ticket_id",      "rev",
    "noun",         "rules_version", "given_time",  "classification", "content_hash",
    "ladder_steps", "sha256",        "stored",      "other_id",       "next_action_at"};

/// What people call a field that our outputs name so.
std::string label_of(Env const& env, std::string_view name) {
  for (auto const& [known, said] : kLabels) {
    if (known == name) return std::string(env.text(said));
  }
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
bool is_left_out(std::string_view name, Value const& value) {
  return says_nothing(value) || std::find(std::begin(kLeftOut), std::end(kLeftOut), name) != std::end(kLeftOut);
}
/// A list of objects: a table of its own.
Value::List const* items_of(Value const& value) {
  auto const* const list = value.get_if<Value::List>();
  return list && !list->empty() && list->front().get_if<Value::Object>() ? list : nullptr;
}

class Page {
 public:
  explicit Page(Env& env) : env_(env) {}

  std::string body(Value const& document) {
    for (auto const& [member, title] : kParts) {
      auto const* const part = document.find(member);
      if (!part || says_nothing(*part)) continue;
      out_ += "<section><h2>" + html_text(env_.text(title)) + "</h2>\n";
      add_part(member, *part);
      out_ += "</section>\n";
    }
    return std::move(out_);
  }

 private:
  void add_part(std::string_view member, Value const& part) {
    auto const* const items = items_of(part);
    if (!items) return add_facts(*part.get_if<Value::Object>());
    if (member == "mentions") return add_items(*items);
    for (auto const& item : *items) add_record(item);
  }
  /// A ticket, or an entry of the directory: what it says, and a table for each list that it has.
  void add_record(Value const& record) {
    auto const text = [&](char const* name) {
      auto const* const value = record.find(name);
      return value ? std::string(value->text()) : std::string();
    };
    out_ += "<h3>" + html_text(text("ticket_number") + text("requester_number") + " " + text("title") + text("name")) +
            "</h3>\n";
    add_facts(*record.get_if<Value::Object>());
    for (auto const& [name, value] : *record.get_if<Value::Object>()) {
      auto const* const items = items_of(value);
      if (!items || is_left_out(name, value)) continue;
      out_ += "<h4>" + html_text(label_of(env_, name)) + "</h4>\n";
      add_items(*items);
    }
  }
  void add_facts(Value::Object const& object) {
    out_ += "<table><tbody>\n";
    for (auto const& [name, value] : object) {
      if (is_left_out(name, value) || items_of(value)) continue;
      out_ += "<tr><th scope=\"row\">" + html_text(label_of(env_, name)) + "</th><td>" + cell(value) + "</td></tr>\n";
    }
    out_ += "</tbody></table>\n";
  }
  void add_items(Value::List const& items) {
    std::vector<std::string> names;
    for (auto const& item : items) {
      for (auto const& [name, value] : *item.get_if<Value::Object>()) {
        if (!is_left_out(name, value) && std::find(names.begin(), names.end(), name) == names.end())
          names.push_back(name);
      }
    }
    out_ += "<table><thead><tr>";
    for (auto const& name : names) out_ += "<th scope=\"col\">" + html_text(label_of(env_, name)) + "</th>";
    out_ += "</tr></thead><tbody>\n";
    for (auto const& item : items) {
      out_ += "<tr>";
      for (auto const& name : names) {
        auto const* const value = item.find(name);
        out_ += "<td>" + (value ? cell(*value) : std::string()) + "</td>";
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  std::string cell(Value const& value) const {
    if (value.is_null()) return {};
    if (auto const* const at = value.get_if<base::TimePoint>()) return html_text(env_.zone().format(*at));
    if (auto const* const text = value.get_if<std::string>()) return lines_of_text(*text);
    if (auto const* const list = value.get_if<Value::List>()) return joined(*list, ", ");
    auto const* const object = value.get_if<Value::Object>();
    if (!object) return html_text(base::to_json(value));
    std::string out;
    for (auto const& [name, member] : *object) {
      auto const* const pair = member.get_if<Value::List>();
      // Before and after.
      bool const change = pair && pair->size() == 2;
      out += (out.empty() ? "" : "<br>\n") + html_text(label_of(env_, name)) + ": ";
      out += !change ? cell(member) : pair->front().is_null() ? cell(pair->back()) : joined(*pair, " → ");
    }
    return out;
  }
  std::string joined(Value::List const& list, std::string_view between) const {
    std::string out;
    for (std::size_t i = 0; i < list.size(); ++i) out.append(i == 0 ? "" : between).append(cell(list[i]));
    return out;
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
