// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/event.hpp"

#include <array>

#include "umsops/base/error.hpp"

namespace umsops::model {

using base::Field;
using base::FieldType;
using base::Value;
using namespace base;  // the trait names below

namespace {

constexpr unsigned kShown = kFilter | kInTable | kInWide;

constexpr std::array kEventFields{
    Field{"seq", FieldType::integer, "seq", kShown, "Place in the chain, from 1", "链上序号", "序号"},
    Field{"at", FieldType::time, "at", kShown, "When it was recorded", "记录时间", "时间"},
    Field{"actor", FieldType::text, "actor", kShown | kPersonal, "Who acted, as claimed", "操作人（声称）", "操作人", {}, 100},
    Field{"login", FieldType::text, "login", kFilter | kInWide | kPersonal, "Who acted, as the system says",
          "系统登录名", "登录名", {}, 100},
    Field{"command", FieldType::text, "command", kFilter | kInWide, "By which command", "所用命令", "命令", {}, 64},
    Field{"noun", FieldType::text, "noun", kFilter, "Kind of record", "记录类型", "类型", {}, 32},
    Field{"record_id", FieldType::text, "record_id", kFilter, "Internal id of the record", "记录内部编号", "记录", {}, 64},
    Field{"kind", FieldType::text, "kind", kShown, "What happened", "事件", "事件", {}, 32},
    Field{"rev", FieldType::integer, "rev", kShown, "The record's revision after it", "修改后的版本", "版本"},
    Field{"reason", FieldType::block, "reason", kFilter | kInWide | kPersonal, "Why, in the actor's words", "原因", "原因",
          {}, 1000},
    Field{"rules_version", FieldType::text, "rules_version", kFilter, "Rule set of the classification made with it",
          "所用规则集版本", "规则版本", {}, 64},
    Field{"changes", FieldType::object, "changes", kInTable | kInWide, "Field: [before, after]", "字段：[前, 后]", "变更"},
    Field{"previous_hash", FieldType::text, "previous_hash", 0, "Hash of the entry before", "前一条的哈希", "前哈希", {}, 64},
    Field{"hash", FieldType::text, "hash", 0, "Hash of this entry", "本条的哈希", "哈希", {}, 64}};

constexpr std::array kResponseFields{
    Field{"id", FieldType::text, "id", 0, "Internal id", "内部编号", "编号", {}, 26},
    Field{"responder_id", FieldType::text, "responder_id", kInTable | kInWide | kPersonal, "Who wrote it", "回复人", "回复人",
          {}, 100},
    Field{"content", FieldType::block, "content", kInTable | kInWide | kPersonal, "The text", "内容", "内容", {}, 65536},
    Field{"response_type", FieldType::text, "response_type", kInTable | kInWide, "INTERNAL or EXTERNAL", "内部或外部", "类型",
          {}, 16},
    Field{"is_private", FieldType::boolean, "is_private", kInWide, "Hidden from the requester", "对请求人不可见", "私有"},
    Field{"created_at", FieldType::time, "created_at", kInTable | kInWide, "When it was written", "时间", "时间"}};

Value or_null(std::string const& text) { return text.empty() ? Value() : Value(text); }

}  // namespace

RecordType const& event_type() {
  static constexpr RecordType kType{"event", kEventFields};
  return kType;
}

RecordType const& response_type() {
  static constexpr RecordType kType{"response", kResponseFields};
  return kType;
}

Value changes_to_value(std::vector<Change> const& changes) {
  Value::Object object;
  for (auto const& change : changes) {
    if (change.erased) {
      object.emplace_back(change.field, Value::Object{{"erased", true}});
    } else {
      object.emplace_back(change.field, Value::List{change.before, change.after});
    }
  }
  return object;
}

std::vector<Change> changes_from_value(Value const& value) {
  auto const refuse = [](std::string problem) {
    throw Error(errors::record_invalid, {{"field", "changes"}, {"problem", std::move(problem)}});
  };
  std::vector<Change> out;
  auto const* object = value.get_if<Value::Object>();
  if (!object) refuse("not an object");
  for (auto const& [field, pair] : *object) {
    auto const* list = pair.get_if<Value::List>();
    bool const erased = pair.find("erased") != nullptr;
    if (!erased && (!list || list->size() != 2)) refuse(field.substr(0, 80) + " is not [before, after]");
    Change change{field, {}, {}, false, erased};
    if (list) {
      change.before = (*list)[0];
      change.after = (*list)[1];
    }
    out.push_back(std::move(change));
  }
  return out;
}

Row to_row(Event const& e) {
  return {e.seq,
          e.at,
          or_null(e.actor.name),
          or_null(e.actor.login),
          or_null(e.actor.command),
          or_null(e.noun),
          or_null(e.record_id),
          or_null(e.kind),
          e.rev,
          or_null(e.reason),
          or_null(e.rules_version),
          changes_to_value(e.changes),
          or_null(e.previous_hash),
          or_null(e.hash)};
}

Row to_row(Response const& r) {
  return {r.id, or_null(r.responder_id), r.content, r.response_type, r.is_private, r.created_at};
}

}  // namespace umsops::model
