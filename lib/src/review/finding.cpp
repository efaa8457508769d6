// SPDX-License-Identifier: Apache-2.0
#include "umsops/review/finding.hpp"

#include <algorithm>

#include "umsops/review/document.hpp"
#include "umsops/review/measurement.hpp"

namespace umsops::review {
namespace {

using model::ActionTarget;

constexpr std::size_t kMostNamed = 3;

/// `INC-000003, INC-000007 (+2)`
template <class Item, class NameOf>
std::string some_of(std::vector<Item> const& items, NameOf const& name_of) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kMostNamed, items.size()); ++i)
    text.append(i == 0 ? "" : ", ").append(name_of(items[i]));
  return items.size() > kMostNamed ? text + " (+" + std::to_string(items.size() - kMostNamed) + ")" : text;
}

void find_late(std::vector<Finding>& out, Facts const& facts) {
  if (!facts.acknowledge_within) return;
  std::string const limit = length_text(*facts.acknowledge_within);
  auto const taken = measure(facts.incident, Measure::acknowledge);
  if (taken.validity == Validity::not_applicable) {
    out.push_back({"never_acknowledged", "Make sure that somebody acknowledges such incidents", "确保此类事件有人确认",
                   "nobody acknowledged it; the escalation calls after " + limit,
                   "始终无人确认；升级策略在 " + limit + " 后通知"});
  } else if (taken.length && *taken.length > *facts.acknowledge_within) {
    std::string const length = length_text(*taken.length);
    out.push_back({"acknowledged_late", "Acknowledge such incidents earlier", "更早确认此类事件",
                   "acknowledged after " + length + "; the escalation calls after " + limit,
                   length + " 后才确认；升级策略在 " + limit + " 后通知"});
  }
}

void find_undelivered(std::vector<Finding>& out, Facts const& facts) {
  std::vector<ToldPerson> lost;
  std::copy_if(facts.told.begin(), facts.told.end(), std::back_inserter(lost),
               [](ToldPerson const& one) { return one.state == "DEAD"; });
  if (lost.empty()) return;
  auto const names = some_of(lost, [](ToldPerson const& one) {
    return (one.person.empty() ? one.audience : one.person) + " (" + one.channel + ")";
  });
  auto const count = std::to_string(lost.size());
  out.push_back({"undelivered", "Mend the ways on which people are told", "修复通知渠道",
                 count + " messages did not arrive: " + names, count + " 条消息未送达：" + names});
}

/// What a step's state suggests.
struct Trouble {
  std::string_view state, code, title, title_zh, evidence, evidence_zh;
};
constexpr Trouble kTroubles[] = {
    {"FAILED", "step_failed", "Mend the step {step} of the runbook {runbook}", "修正运行手册 {runbook} 的步骤 {step}",
     "the step failed", "该步骤失败"},
    {"TIMED_OUT", "step_failed", "Mend the step {step} of the runbook {runbook}",
     "修正运行手册 {runbook} 的步骤 {step}", "the step ran out of time", "该步骤超时"},
    {"ASSUMED", "step_assumed", "Let the step {step} of the runbook {runbook} tell by itself whether it worked",
     "让运行手册 {runbook} 的步骤 {step} 能自行判断结果", "somebody had to say whether it took effect",
     "该步骤的结果由人工认定"},
    {"PASSED_OVER", "step_passed_over", "Make the step {step} of the runbook {runbook} do without being passed over",
     "使运行手册 {runbook} 的步骤 {step} 无需略过即可完成", "somebody went on behind it", "有人略过该步骤继续执行"},
};

std::string named(std::string_view text, StepRun const& run) {
  std::string out(text);
  for (auto const& [mark, name] :
       {std::pair<std::string_view, std::string const&>("{step}", run.step), {"{runbook}", run.runbook}}) {
    if (auto const at = out.find(mark); at != std::string::npos) out.replace(at, mark.size(), name);
  }
  return out;
}

/// Phases of the response that somebody passed over.
void find_phases(std::vector<Finding>& out, Facts const& facts) {
  for (auto const& entry : facts.timeline) {
    auto const *const phase = entry.data.find("phase"), *const forced = entry.data.find("forced");
    if (entry.kind != model::TimelineKind::phase || !phase || !forced || *forced != base::Value(true)) continue;
    std::string const name(phase->text());
    auto const* const why = entry.data.find("reason");
    std::string const reason = why && !why->text().empty() ? ": " + std::string(why->text()) : std::string();
    out.push_back({"phase_forced:" + name, "Make the phase " + name + " possible without force",
                   "使 " + name + " 阶段无需强制即可完成", "it was passed over" + reason, "该阶段被强制跳过" + reason});
  }
}

void find_steps(std::vector<Finding>& out, Facts const& facts) {
  if (facts.steps.empty()) {
    std::string const type(model::to_string(facts.incident.type));
    out.push_back({"no_runbook", "Write a runbook for incidents of type " + type, "为 " + type + " 类事件编写运行手册",
                   "no runbook was run", "未运行任何运行手册", ActionTarget::runbook});
  }
  for (auto const& run : facts.steps) {
    for (auto const& trouble : kTroubles) {
      if (run.state != trouble.state) continue;
      std::string code = std::string(trouble.code) + ":" + run.step;
      bool const known = std::any_of(out.begin(), out.end(), [&](auto const& one) { return one.code == code; });
      std::string const note = run.note.empty() ? "" : ": " + run.note;
      if (!known)
        out.push_back({std::move(code), named(trouble.title, run), named(trouble.title_zh, run),
                       std::string(trouble.evidence) + note, std::string(trouble.evidence_zh) + note,
                       ActionTarget::runbook});
    }
  }
}

void find_article(std::vector<Finding>& out, Facts const& facts) {
  if (!facts.articles.empty()) return;
  out.push_back({"no_article", "Write down how it was solved", "记录解决方法", "no article was used for it",
                 "处理中未使用任何知识条目", ActionTarget::article});
}

void find_recurrence(std::vector<Finding>& out, Facts const& facts) {
  if (facts.earlier.empty()) return;
  auto const names = some_of(facts.earlier, [](OtherIncident const& one) { return one.incident_number; });
  auto const count = std::to_string(facts.earlier.size());
  out.push_back({"recurred", "Remove what lets it happen again", "消除反复发生的原因",
                 count + " of the same type in the 30 days before: " + names,
                 "之前 30 天内同类事件 " + count + " 起：" + names});
}

void find_correction(std::vector<Finding>& out, Facts const& facts) {
  auto const* const judged = facts.incident.classification.find("severity");
  if (!judged || judged->origin != "caller" || judged->suggested.empty() || judged->suggested == judged->value) return;
  out.push_back({"severity_corrected", "Let the rules see how grave it is", "让规则正确判断严重程度",
                 "the rules said " + judged->suggested + ", somebody said " + judged->value,
                 "规则判为 " + judged->suggested + "，人工改为 " + judged->value, ActionTarget::rule});
}

}  // namespace

std::vector<Finding> findings(Facts const& facts) {
  std::vector<Finding> out;
  find_late(out, facts);
  find_undelivered(out, facts);
  find_phases(out, facts);
  find_steps(out, facts);
  find_article(out, facts);
  find_recurrence(out, facts);
  find_correction(out, facts);
  return out;
}

}  // namespace umsops::review
