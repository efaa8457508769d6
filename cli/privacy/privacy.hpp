// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/flags.hpp"
#include "umsops/desk/privacy_desk.hpp"

/// What the verbs about personal data share.
namespace umsops::cli::privacy {

inline constexpr Argument kPerson[] = {
    {"PERSON",
     {"number in the directory, account, address, phone, or any name that tickets have",
      "请求人编号、账号、邮箱、电话，或工单中的任何称呼"},
     true}};
inline constexpr Flag kAlso{
    .name = "also",
    .value = "NAME",
    .type = FlagType::text,
    .doc = {"a further name of theirs, which the directory does not know", "目录中没有的其他称呼"},
    .repeatable = true};
inline constexpr Flag kLeave{
    .name = "leave",
    .value = "NAME",
    .type = FlagType::text,
    .doc = {"a name of the directory that is not looked for, being a common word", "不查找的称呼，例如与常用词相同者"},
    .repeatable = true};
inline constexpr Flag kKeepStatistics{
    .name = "keep-statistics",
    .doc = {"keep what figures are made of: attributes of tickets, department and site, a stand-in for the person",
            "保留统计所需内容：工单属性、部门和地点，并以代号代替此人"}};

desk::WhichPerson which_person(Call const& call);

base::Value value_of(desk::Person const& person);
base::Value value_of(std::vector<desk::PlaceCount> const& places);
base::Value value_of(std::vector<desk::BeyondReach> const& beyond);
/// Lines for people: whom it is about, how much there is where, what is not reached.
std::string lines_of(Env& env, desk::Person const& person);
std::string lines_of(Env& env, std::vector<desk::PlaceCount> const& places);
std::string lines_of(Env& env, std::vector<desk::BeyondReach> const& beyond);
void write_lines(Env& env, std::string const& lines);

/// What was found as a page that needs nothing else.
void write_page(Env& env, format::Sink& sink, std::string const& person, base::Value const& document);

}  // namespace umsops::cli::privacy
