// SPDX-License-Identifier: Apache-2.0
// The prose about people and teams.
#include "cli/help/topics.hpp"

namespace umsops::cli {

constinit Text const kPeopleTopic{
    R"(A roster file lists people, teams and on-call schedules. Put it under 'roster:'
in the configuration (several files make one roster), or give --roster FILE. 'umsops lint' reports its errors by line
and column.

  kind: roster
  zone: Asia/Shanghai                  default for all people and schedules
  people:
    li.na:                             the assignee in tickets
      display_name: 李娜               also: email, phone, zone
      skills: {sign-in: 5, mfa: 4}     a category or subcategory, level 1 to 5
      capacity: 12                     most open tickets
      absences: [{from: 2026-12-24, to: 2026-12-26, reason: leave}]
  teams:
    sso:
      members: [li.na, wang.fang]
      categories: [sign-in, mfa]       new tickets of these are this team's, unless a person or a rule says another
      strategy: skill                  or least_loaded, round_robin
      schedules: [primary]             decide who is on shift; default: all; []: shifts do not matter
      number_format: 'SSO-{seq:5}'     its tickets are counted by themselves; without it: with all others
  schedules:
    primary:
      layers:                          lowest first; a later one wins where it covers
        - {type: weekly, shift_length: 1, start: 2026-11-02 09:00, participants: [li.na, wang.fang]}
        - {name: weekend, type: daily, start: 2026-11-07, participants: [wang.fang], hours: {sat-sun: "00:00-24:00"}}
      overrides: [{from: 2026-12-03 09:00, to: 2026-12-04 09:00, person: wang.fang}]

A rotation is hourly, daily, weekly or monthly. Hand-offs keep their time of day when clocks change (hourly ones keep
their distance in hours); a monthly one on the 31st is on the last day of shorter months. An absence does not change
who is on call: add an override. 'umsops oncall check' shows where one is needed. 'cover: {mon-fri: "08:00-20:00"}' says
when a schedule must have somebody; without it: always.

A ticket lies in a team's queue beside having an assignee: 'ticket create --team', 'ticket assign ID --to team:NAME',
'ticket list --team NAME', 'ticket next --team NAME'. What goes to another team leaves an assignee who is not of it.

'umsops ticket assign ID --auto' picks the best of the ticket's team, of the team of its category, or of everybody:

  score = skill x load x shift
  skill   level / 5, of the better of the ticket's category and subcategory; the attribute 'skill' names another
  load    1 / (1 + open tickets / capacity), capacity being 10 by default
  shift   1 if on call in one of the team's schedules, else 0.25

least_loaded ignores skill, round_robin ignores skill and load. People who are absent (ABSENT), at their capacity
(FULL) or without the required skill (UNSKILLED) are not picked. Ties go to the one picked longest ago, then by name;
round_robin continues after the last one picked. --explain shows all candidates. If nobody can be picked: exit 4,
people.nobody.
)",
    R"(名册文件列出人员、团队和值班表；在配置的 roster: 下列出文件（多个文件合为一份名册），或用 --roster 文件。
umsops lint 按行列指出其中的错误。

  kind: roster
  zone: Asia/Shanghai                  未另行指定者的时区
  people:
    li.na:                             与工单的处理人名字一致
      display_name: 李娜               另有：email、phone、zone
      skills: {sign-in: 5, mfa: 4}     类别或子类别，等级 1 到 5
      capacity: 12                     未完成工单上限
      absences: [{from: 2026-12-24, to: 2026-12-26, reason: 休假}]
  teams:
    sso:
      members: [li.na, wang.fang]
      categories: [sign-in, mfa]       这些类别的新工单归它，除非有人或规则另行指定
      strategy: skill                  或 least_loaded、round_robin
      schedules: [primary]             由哪些值班表判断是否值班；缺省为全部，[] 为不论是否值班
      number_format: 'SSO-{seq:5}'     该团队的工单单独编号；缺省为统一编号
  schedules:
    primary:
      layers:                          低层在前；后面的层有人时优先
        - {type: weekly, shift_length: 1, start: 2026-11-02 09:00, participants: [li.na, wang.fang]}
        - {name: weekend, type: daily, start: 2026-11-07, participants: [wang.fang], hours: {sat-sun: "00:00-24:00"}}
      overrides: [{from: 2026-12-03 09:00, to: 2026-12-04 09:00, person: wang.fang}]

轮值分为 hourly、daily、weekly、monthly。夏令时切换后交接时刻不变（hourly 按小时数计）；31 日交接的月轮值在小月为最后一天。
缺勤不会自动换人：请安排替班（overrides），umsops oncall check 会指出何处需要。
cover: {mon-fri: "08:00-20:00"} 说明值班表何时必须有人；缺省为任何时候。

工单除处理人外还可归入一个团队的队列：ticket create --team、ticket assign 编号 --to team:团队、ticket list --team 团队、
ticket next --team 团队。转给其他团队时，不属于该团队的处理人被取消。

umsops ticket assign 编号 --auto 选出工单所属团队、负责该类别的团队或全体中最合适的人：

  得分 = 技能 × 负载 × 值班
  技能    等级 / 5，取工单类别与子类别中较高者；工单属性 skill 可另行指定
  负载    1 / (1 + 未完成工单数 / 上限)，未设上限时按 10 计
  值班    正在相关值班表中值班为 1，否则为 0.25

least_loaded 不计技能，round_robin 不计技能和负载。缺勤（ABSENT）、达到上限（FULL）或缺少所需技能（UNSKILLED）者不会被选。
得分相同时选最久未被选中者，再按名字；round_robin 从上次之后的人继续。--explain 列出全部候选人。无人可选时退出码为 4，
错误代码为 people.nobody。
)"};

}  // namespace umsops::cli
