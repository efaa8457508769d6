// SPDX-License-Identifier: Apache-2.0
// The one description of a requester's fields: what each is, and how it is read and set.
// FROZEN: hashed. Fields enter a row's hash by name, and the texts of choices with them: never rename one.
#include <array>

#include "model/attributes.hpp"
#include "model/choice.hpp"
#include "model/fields.hpp"
#include "model/requester_text.hpp"
#include "model/word_list.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {

using base::FieldType;
using base::Value;

namespace {

using namespace base;  // the trait names below

constexpr std::array<std::string_view, 2> kState{"ACTIVE", "LEFT"};

constexpr unsigned kGiven = kWritable | kFilter;
constexpr unsigned kOld = kImport | kFilter;

using R = Requester;

/// What directories write for it.
bool truth_from(std::string_view name, Value const& value) {
  if (is_absent(value)) return false;
  if (auto const* flag = value.get_if<bool>()) return *flag;
  if (auto const* number = value.get_if<std::int64_t>(); number && (*number == 0 || *number == 1)) return *number == 1;
  std::string const word = ascii_lower(value.text());
  for (auto const yes : {"true", "yes", "1", "y", "是"}) {
    if (word == yes) return true;
  }
  for (auto const no : {"false", "no", "0", "n", "否"}) {
    if (word == no) return false;
  }
  refuse(name, "not true or false");
}

constexpr Access<R> kVip{[](R const& r) { return Value(r.vip); },
                         [](R& r, std::string_view name, Value const& v) { r.vip = truth_from(name, v); }};
constexpr Access<R> kAttributes{[](R const& r) { return to_value(r.attributes); },
                                [](R& r, std::string_view, Value const& v) { r.attributes = attributes_from(v); }};
constexpr Access<R> kRev{[](R const& r) { return Value(r.rev); },
                         [](R& r, std::string_view name, Value const& v) {
                           auto const rev = integer_from(name, v);
                           if (!rev || *rev < 1) refuse(name, "not a number from 1");
                           r.rev = *rev;
                         }};

Field text_field(std::string_view name, unsigned traits, std::size_t longest, std::string_view doc,
                 std::string_view doc_zh, std::string_view label_zh) {
  return limited({name, FieldType::text, name, traits, doc, doc_zh, label_zh}, longest);
}
Field list_field(std::string_view name, unsigned traits, std::string_view doc, std::string_view doc_zh,
                 std::string_view label_zh) {
  return {name, FieldType::list, name, traits | kGiven | kPersonal, doc, doc_zh, label_zh};
}

std::vector<Entry<R>> who_it_is() {
  return {
      {text_field("id", kUnlogged | kAlways | kOld, 26, "Internal id (ULID); never changes",
                  "内部编号（ULID），永不改变", "内部编号"),
       text<&R::id>},
      {text_field("requester_number", kUnlogged | kAlways | kOld | kInTable | kInWide, 64, "The number that people use",
                  "供人使用的编号", "编号"),
       text<&R::requester_number>},
      {text_field("account", kGiven | kPersonal | kInTable | kInWide, kLongestPerson, "What they sign in with",
                  "登录账号", "账号"),
       text<&R::account>},
      {text_field("name", kGiven | kPersonal | kInTable | kInWide, 200, "Name, as people read it", "姓名", "姓名"),
       text<&R::name>},
      {list_field("mails", kInTable | kInWide, "Mail addresses; the first is the one to use",
                  "邮箱地址，第一个为主要地址", "邮箱"),
       words<&R::mails>},
      {list_field("phones", kInWide, "Phone numbers; the first is the one to use", "电话号码，第一个为主要号码",
                  "电话"),
       words<&R::phones>},
      {list_field("aliases", 0, "Whatever else they are called by: an older account, a chat name",
                  "其他称呼：旧账号、聊天昵称等", "别名"),
       words<&R::aliases>},
      {text_field("department", kGiven | kInTable | kInWide, 200, "Department", "部门", "部门"), text<&R::department>},
      {text_field("site", kGiven | kInWide, 200, "Where they work", "办公地点", "地点"), text<&R::site>},
      {text_field("manager", kGiven | kPersonal | kInWide, kLongestPerson, "Account of whom they report to",
                  "上级的账号", "上级"),
       text<&R::manager>},
      {text_field("language", kGiven, 35, "Language, as the directory writes it: zh-CN", "语言，例如 zh-CN", "语言"),
       text<&R::language>},
      {{"vip", FieldType::boolean, "vip", kAlways | kGiven | kInTable | kInWide, "Whether they come first",
        "是否为重要人员", "VIP"},
       kVip},
      {{"attributes", FieldType::object, "attributes", kGiven | kPersonal, "Further named values", "附加属性", "属性"},
       kAttributes},
  };
}

std::vector<Entry<R>> how_it_stands() {
  return {
      {{"state", FieldType::choice, "state", kAlways | kGiven | kInTable | kInWide, "ACTIVE, or LEFT for who is gone",
        "ACTIVE 在职，LEFT 已离开", "状态", kState},
       choice<&R::state, parse_requester_state, requester_state_names>},
      {{"left_at", FieldType::time, "left_at", kOld, "When they were first known to be gone", "得知离开的时间",
        "离开时间"},
       time<&R::left_at>},
      {text_field("directory", kOld | kInWide, 64, "The directory whose import keeps it", "来源目录", "目录"),
       text<&R::directory>},
      {text_field("merged_into", kOld, 64, "The one that it was merged into", "合并到的请求人", "合并到"),
       text<&R::merged_into>},
      {{"created_at", FieldType::time, "created_at", kUnlogged | kAlways | kOld, "When it was first known",
        "首次登记时间", "创建时间"},
       time<&R::created_at>},
      {{"updated_at", FieldType::time, "updated_at", kUnlogged | kAlways | kOld | kInWide, "When it last changed",
        "更新时间", "更新时间"},
       time<&R::updated_at>},
      {{"rev", FieldType::integer, "rev", kUnlogged | kAlways | kOld | kInWide, "Revision; grows with each change",
        "版本，每次修改加一", "版本"},
       kRev},
  };
}

Fields<R> const& fields() {
  static auto const kEntries = [] {
    auto entries = who_it_is();
    for (auto const& entry : how_it_stands()) entries.push_back(entry);
    return entries;
  }();
  static Fields<R> const kFields({.noun = "requester", .fields = {}, .number_field = "requester_number"}, kEntries);
  return kFields;
}

}  // namespace

std::span<std::string_view const> requester_state_names() { return kState; }
std::string_view to_string(RequesterState v) { return kState[static_cast<std::size_t>(v)]; }
std::optional<RequesterState> parse_requester_state(std::string_view text) {
  return parse_choice<RequesterState>(text, kState);
}

base::RecordType const& requester_type() { return fields().type(); }
Ref ref_of(Requester const& requester) { return {std::string(requester_type().noun), requester.id}; }
Value get(Requester const& requester, std::size_t field) { return fields().get(requester, field); }
std::string_view text_of(Requester const& requester, std::size_t field) { return fields().text(requester, field); }
void set(Requester& requester, std::size_t field, Value const& value) { fields().set(requester, field, value); }
base::Row to_row(Requester const& requester) { return fields().to_row(requester); }

}  // namespace umsops::model
