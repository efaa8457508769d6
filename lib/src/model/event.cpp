// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/event.hpp"

#include <array>

#include "model/attributes.hpp"
#include "model/refusal.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {

using base::Field;
using base::FieldType;
using base::Value;
using namespace base;  // the trait names below

namespace {

constexpr unsigned kShown = kFilter | kInTable | kInWide;

constexpr std::array kEventFields{
    Field{"seq", FieldType::integer, "seq", kAlways | kShown, "Place in the chain, from 1", "链上序号", "序号"},
    Field{"at", FieldType::time, "at", kAlways | kShown, "When it was recorded", "记录时间", "时间"},
    limited({"actor", FieldType::text, "actor", kShown | kPersonal | kPerson, "Who acted, as claimed", "操作人（声称）",
             "操作人"},
            kLongestPerson),
    limited({"login", FieldType::text, "login", kFilter | kInWide | kPersonal, "Who acted, as the system says",
             "系统登录名", "登录名"},
            100),
    limited({"db_user", FieldType::text, "db_user", kFilter | kInWide | kPersonal,
             "Who stored it, as the database server says", "数据库服务器所示的用户", "数据库用户"},
            100),
    limited(
        {"command", FieldType::text, "command", kAlways | kFilter | kInWide, "By which command", "所用命令", "命令"},
        64),
    limited({"noun", FieldType::text, "noun", kAlways | kFilter, "Kind of record", "记录类型", "类型"}, 32),
    limited(
        {"record_id", FieldType::text, "", kComputed | kFilter, "Internal id of the record", "记录内部编号", "记录"},
        64),
    limited({"kind", FieldType::text, "kind", kAlways | kShown, "What happened", "事件", "事件"}, 32),
    Field{"rev", FieldType::integer, "rev", kAlways | kShown | kLess, "The record's revision after it", "修改后的版本",
          "版本"},
    limited({"reason", FieldType::block, "reason", kFilter | kInWide | kPersonal, "Why, in the actor's words", "原因",
             "原因"},
            1000),
    limited({"rules_version", FieldType::text, "rules_version", kFilter, "Rule set of the classification made with it",
             "所用规则集版本", "规则版本"},
            64),
    Field{"changes", FieldType::object, "changes", kShown, "Field: [before, after]", "字段：[前, 后]", "变更"},
    Field{"given_time", FieldType::boolean, "given_time", kFilter | kInWide, "The time was given, not the clock's",
          "时间由命令给定，非系统时钟", "给定时间"},
    limited({"previous_hash", FieldType::text, "", 0, "Hash of the entry before", "前一条的哈希", "前哈希"}, 64),
    limited({"hash", FieldType::text, "", 0, "Hash of this entry", "本条的哈希", "哈希"}, 64)};

constexpr std::array kResponseFields{
    limited({"id", FieldType::text, "id", 0, "Internal id", "内部编号", "编号"}, 26),
    limited({"responder_id", FieldType::text, "responder_id", kInTable | kInWide | kPersonal | kPerson, "Who wrote it",
             "回复人", "回复人"},
            kLongestPerson),
    limited({"content", FieldType::block, "content", kInTable | kInWide | kPersonal, "The text", "内容", "内容"},
            kLongestText),
    limited({"response_type", FieldType::text, "response_type", kInTable | kInWide, "INTERNAL or EXTERNAL",
             "内部或外部", "类型"},
            16),
    Field{"is_private", FieldType::boolean, "is_private", kInWide, "Hidden from the requester", "对请求人不可见",
          "私有"},
    Field{"created_at", FieldType::time, "created_at", kInTable | kInWide, "When it was written", "时间", "时间"},
    Field{"time_spent_minutes", FieldType::integer, "time_spent_minutes", kInWide, "Minutes that its author spent",
          "花费的时间（分钟）", "耗时分钟"}};

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

namespace {

constexpr std::string_view kChanges = "changes";

/// History comes back in through here: its texts pass the same door as a record's.
void check_texts(std::string const& field, Value const& value) {
  if (auto const problem = check_text(value.text(), TextShape::block)) {
    refuse(kChanges, field + ": " + problem->what + " at byte " + std::to_string(problem->offset));
  }
  if (auto const* list = value.get_if<Value::List>()) {
    for (auto const& item : *list) check_texts(field, item);
  }
  if (auto const* object = value.get_if<Value::Object>()) {
    for (auto const& [name, member] : *object) {
      check_texts(field, Value(name));
      check_texts(field, member);
    }
  }
}

Change change_from(std::string const& field, Value const& value) {
  if (value == Value(Value::Object{{"erased", true}})) return {field, {}, {}, false, true};
  auto const* pair = value.get_if<Value::List>();
  if (!pair || pair->size() != 2) refuse(kChanges, echo(field) + " is not [before, after]");
  check_texts(field, value);
  return {field, (*pair)[0], (*pair)[1], false, false};
}

}  // namespace

std::vector<Change> changes_from_value(Value const& value) {
  auto const* object = value.get_if<Value::Object>();
  if (!object) refuse(kChanges, "not an object");
  std::vector<Change> out;
  for (auto const& [field, change] : *object) {
    if (!is_attribute_name(field)) refuse(kChanges, echo(field) + " is no name of a field");
    out.push_back(change_from(field, change));
  }
  return out;
}

Row to_row(Event const& e) {
  return {e.seq,
          e.at,
          base::text_or_null(e.actor.name),
          base::text_or_null(e.actor.login),
          base::text_or_null(e.actor.db_user),
          base::text_or_null(e.actor.command),
          base::text_or_null(e.noun),
          base::text_or_null(e.record_id),
          base::text_or_null(e.kind),
          e.rev,
          base::text_or_null(e.reason),
          base::text_or_null(e.rules_version),
          changes_to_value(e.changes),
          e.given_time ? Value(true) : Value(),
          base::text_or_null(e.previous_hash),
          base::text_or_null(e.hash)};
}

Row to_row(Response const& r) {
  Row row{r.id, base::text_or_null(r.responder_id), r.content, r.response_type, r.is_private, r.created_at};
  r.time_spent_minutes ? row.emplace_back(*r.time_spent_minutes) : row.emplace_back();
  return row;
}

}  // namespace umsops::model
