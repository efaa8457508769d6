// SPDX-License-Identifier: Apache-2.0
// A review as Markdown. Sections after PagerDuty's template for post-mortems.
#include "umsops/review/document.hpp"

#include <algorithm>
#include <array>

#include "umsops/base/markdown.hpp"
#include "umsops/base/time.hpp"
#include "umsops/review/measurement.hpp"

namespace umsops::review {
namespace {

using base::Language;

struct Words {
  std::string_view name, en, zh;
  std::string_view of(Language language) const { return language == Language::zh ? zh : en; }
};

constexpr Words kHeadings[] = {
    {"overview", "Overview", "概述"},
    {"what_happened", "What happened", "事件经过"},
    {"contributing_factors", "Contributing factors", "促成因素"},
    {"resolution", "Resolution", "解决过程"},
    {"impact", "Impact", "影响"},
    {"responders", "Responders", "参与人员"},
    {"measurements", "Measurements", "度量"},
    {"timeline", "Timeline (UTC)", "时间线（UTC）"},
    {"told", "Who was told", "通知情况"},
    {"steps", "Runbook steps", "运行手册步骤"},
    {"articles", "Articles used", "使用的知识条目"},
    {"went_well", "What went well", "做得好的方面"},
    {"did_not_go_well", "What did not go well", "做得不好的方面"},
    {"actions", "Action items", "改进措施"},
    {"internal_message", "Internal message", "内部通报"},
    {"external_message", "External message", "对外通报"},
};

/// What a section should say, for whoever writes it.
constexpr Words kPrompts[] = {
    {"overview", "In two sentences: what broke, for whom, for how long, and what ended it.",
     "用两句话说明：什么出了问题、影响了谁、持续多久、如何结束。"},
    {"what_happened", "What was seen, in which order, and what people thought then.",
     "按顺序说明看到了什么，当时是如何判断的。"},
    {"contributing_factors", "Everything that had to come together, not only the last cause.",
     "列出共同促成事件的各种因素，而不只是最后的原因。"},
    {"resolution", "What ended it, and how that was known.", "如何解决，以及如何确认已解决。"},
    {"impact", "What it did to whom, beyond the numbers.", "数字之外，对哪些人造成了什么影响。"},
    {"went_well", "What is to stay as it is.", "哪些做法应当保持。"},
    {"did_not_go_well", "What made it longer or worse.", "哪些因素延长或加重了事件。"},
    {"internal_message", "For those who work here.", "面向内部人员的说明。"},
    {"external_message", "For those who were hit.", "面向受影响用户的说明。"},
};

constexpr std::array<Words, 4> kMeasures{{{"ttd", "Time to detect", "发现用时"},
                                          {"tta", "Time to acknowledge", "确认用时"},
                                          {"ttm", "Time to mitigate", "恢复用时"},
                                          {"ttr", "Time to resolve", "解决用时"}}};

template <std::size_t N>
std::string_view word(Words const (&words)[N], std::string_view name, Language language) {
  for (auto const& one : words) {
    if (one.name == name) return one.of(language);
  }
  return name;
}

class Writer {
 public:
  Writer(model::Review const& review, Facts const& facts, Language language, Form form)
      : review_(review), facts_(facts), language_(language), form_(form) {}

  std::string write(std::vector<ActionState> const& actions) {
    write_head();
    for (auto const* name : {"overview", "what_happened", "contributing_factors", "resolution"}) write_section(name);
    write_impact();
    write_responders();
    write_measurements();
    write_timeline();
    write_told();
    write_steps();
    write_articles();
    for (auto const* name : {"went_well", "did_not_go_well"}) write_section(name);
    write_actions(actions);
    for (auto const* name : {"internal_message", "external_message"}) write_section(name);
    return std::move(out_);
  }

 private:
  bool zh() const { return language_ == Language::zh; }
  std::string_view say(std::string_view en, std::string_view zh_text) const { return zh() ? zh_text : en; }
  static std::string time(std::optional<base::TimePoint> const& at) {
    // Milliseconds tell nothing that people ask for.
    return at ? base::format_rfc3339(std::chrono::floor<std::chrono::seconds>(*at)) : std::string("-");
  }
  /// Anybody's text, in one line.
  std::string line_of(std::string_view text) const {
    if (form_ != Form::plain) return base::markdown_text(text);
    std::string out(text);
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
  }
  std::string cell(std::string_view text) const { return text.empty() ? "-" : line_of(text); }

  void heading(std::string_view name) {
    out_.append(form_ == Form::page ? "\n# " : "\n## ").append(section_heading(name, language_)).append("\n\n");
  }
  void line(std::string_view label, std::string const& text) {
    out_.append("- ").append(label).append(say(": ", "：")).append(text).append("\n");
  }
  void columns(std::vector<std::string_view> const& names) {
    std::string rule = "|";
    out_ += "|";
    for (auto const name : names) {
      out_.append(" ").append(name).append(" |");
      rule += " --- |";
    }
    out_.append("\n").append(rule).append("\n");
  }
  void row(std::vector<std::string> const& cells) {
    out_ += "|";
    for (auto const& one : cells) out_.append(" ").append(one).append(" |");
    out_ += "\n";
  }

  void write_head() {
    auto const& incident = facts_.incident;
    if (form_ != Form::page) out_ = "# " + line_of(review_.review_number) + " " + line_of(review_.title) + "\n\n";
    line(say("Status", "状态"), std::string(model::to_string(review_.status)));
    line(say("Incident", "事件"), line_of(incident.incident_number + " " + incident.title));
    line(say("Type", "类型"), std::string(model::to_string(incident.type)));
    line(say("Severity", "严重程度"), std::string(model::to_string(incident.severity)));
    line(say("Owner", "负责人"), cell(review_.owner));
    line(say("Due", "期限"), time(review_.due_at));
    if (review_.reviewed_at) line(say("Reviewed", "评审"), time(review_.reviewed_at) + " " + cell(review_.reviewed_by));
  }

  void write_section(std::string_view name) {
    heading(name);
    auto const said = std::find_if(review_.sections.begin(), review_.sections.end(),
                                   [&](auto const& section) { return section.first == name; });
    if (said != review_.sections.end()) {
      out_.append(said->second).append(said->second.ends_with('\n') ? "" : "\n");
      return;
    }
    // What somebody has said already is a beginning.
    if (name == "contributing_factors" && !facts_.incident.root_cause.empty())
      out_.append(line_of(facts_.incident.root_cause)).append("\n\n");
    if (name == "resolution" && !facts_.incident.resolution.empty())
      out_.append(line_of(facts_.incident.resolution)).append("\n\n");
    out_.append("_").append(word(kPrompts, name, language_)).append("_\n");
  }

  void write_impact() {
    auto const& incident = facts_.incident;
    write_section("impact");
    out_ += "\n";
    line(say("Began", "开始"), time(incident.impact_started_at));
    line(say("Service back", "恢复"), time(incident.recovered_at));
    line(say("Affected users", "受影响用户"),
         incident.affected_users ? std::to_string(*incident.affected_users) : std::string("-"));
    line(say("Business impact", "业务影响"),
         incident.business_impact ? std::string(model::to_string(*incident.business_impact)) : std::string("-"));
    std::string services;
    for (auto const& service : incident.affected_services)
      services.append(services.empty() ? "" : ", ").append(line_of(service));
    line(say("Services", "服务"), services.empty() ? "-" : services);
  }

  void write_responders() {
    auto const& incident = facts_.incident;
    heading("responders");
    line(say("Commander", "指挥"), cell(incident.commander));
    line(say("Assigned to", "处理人"), cell(incident.assigned_to));
    line(say("Scribe", "记录"), cell(incident.scribe));
    line(say("Communications", "沟通"), cell(incident.communications));
    line(say("Deputy", "副指挥"), cell(incident.deputy));
  }

  void write_measurements() {
    heading("measurements");
    columns({say("Measure", "度量"), say("Time", "用时"), say("From", "从"), say("To", "到")});
    for (auto const& one : measurements(facts_.incident)) {
      row({std::string(kMeasures[static_cast<std::size_t>(one.measure)].of(language_)),
           one.length ? length_text(*one.length) : std::string(to_string(one.validity)), time(one.from), time(one.to)});
    }
  }

  void write_timeline() {
    heading("timeline");
    columns({say("Time", "时间"), say("Kind", "类型"), say("Who", "人员"), say("What", "内容")});
    for (auto const& entry : facts_.timeline)
      row({time(entry.at), std::string(model::to_string(entry.kind)), cell(entry.author), cell(entry.text)});
  }

  void write_told() {
    heading("told");
    if (facts_.told.empty()) return nothing();
    columns({say("Time", "时间"), say("Whom", "对象"), say("Message", "消息"), say("Channel", "渠道"),
             say("State", "状态")});
    for (auto const& one : facts_.told) {
      std::string const whom = one.audience.empty() || one.person.empty()
                                   ? cell(one.person.empty() ? one.audience : one.person)
                                   : cell(one.person) + " (" + cell(one.audience) + ")";
      row({time(one.at), whom, cell(one.kind), cell(one.channel),
           cell(one.note.empty() ? one.state : one.state + ": " + one.note)});
    }
  }

  void write_steps() {
    heading("steps");
    if (facts_.steps.empty()) return nothing();
    columns({say("Time", "时间"), say("Runbook", "运行手册"), say("Step", "步骤"), say("State", "状态")});
    for (auto const& run : facts_.steps)
      row({time(run.at), cell(run.runbook), cell(run.step),
           cell(run.note.empty() ? run.state : run.state + ": " + run.note)});
  }

  void write_articles() {
    heading("articles");
    if (facts_.articles.empty()) return nothing();
    for (auto const& article : facts_.articles)
      line(cell(article.kb_number),
           cell(article.title) + " (" +
               std::string(article.worked ? say("worked", "有效") : say("did not work", "无效")) + ")");
  }

  void write_actions(std::vector<ActionState> const& actions) {
    heading("actions");
    if (actions.empty()) return nothing();
    columns({"#", say("Action", "措施"), say("Ticket", "工单"), say("Status", "状态"), say("Who", "负责人"),
             say("Due", "期限")});
    for (std::size_t i = 0; i < actions.size(); ++i) {
      auto const& [action, status, assignee] = actions[i];
      std::string what = cell(action.title);
      if (!action.name.empty())
        what += " (" + std::string(model::to_string(action.target)) + " " + cell(action.name) + ")";
      row({std::to_string(i + 1), what, cell(action.ticket), cell(status), cell(assignee), time(action.due_at)});
    }
  }

  void nothing() { out_.append(say("None.", "无。")).append("\n"); }

  model::Review const& review_;
  Facts const& facts_;
  Language language_;
  Form form_;
  std::string out_;
};

}  // namespace

std::string_view section_heading(std::string_view section, Language language) {
  return word(kHeadings, section, language);
}

std::string length_text(base::Milliseconds length) {
  std::int64_t const seconds = length.count() / 1000, minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
  auto const with = [](std::int64_t major, char const* unit, std::int64_t minor, char const* small) {
    return std::to_string(major) + unit + (minor == 0 ? "" : " " + std::to_string(minor) + small);
  };
  if (days > 0) return with(days, " d", hours % 24, " h");
  if (hours > 0) return with(hours, " h", minutes % 60, " min");
  if (minutes > 0) return with(minutes, " min", seconds % 60, " s");
  return std::to_string(seconds) + " s";
}

std::string document(model::Review const& review, Facts const& facts, std::vector<ActionState> const& actions,
                     Language language, Form form) {
  return Writer(review, facts, language, form).write(actions);
}

}  // namespace umsops::review
