// SPDX-License-Identifier: Apache-2.0
#include "cli/review/findings.hpp"

#include "umsops/base/text.hpp"

namespace umsops::cli::review {

namespace {

using base::Value;
using umsops::review::Finding;

/// The action that came of a finding, from 1; null: none.
Value accepted(desk::WholeReview const& whole, Finding const& finding) {
  for (std::size_t i = 0; i < whole.actions.size(); ++i) {
    if (whole.actions[i].action.finding == finding.code) return static_cast<std::int64_t>(i) + 1;
  }
  return {};
}

void write_line(Env& env, std::string const& line) {
  env.out().write("  " + base::terminal_text(line, base::TextShape::line) + "\n");
}

}  // namespace

Value findings_of(Env& env, desk::WholeReview const& whole) {
  bool const zh = env.language() == base::Language::zh;
  Value::List list;
  for (auto const& finding : whole.findings) {
    list.emplace_back(Value::Object{{"code", finding.code},
                                    {"title", zh ? finding.title_zh : finding.title},
                                    {"evidence", zh ? finding.evidence_zh : finding.evidence},
                                    {"target", model::to_string(finding.target)},
                                    {"action", accepted(whole, finding)}});
  }
  return list;
}

void write_actions(Env& env, desk::WholeReview const& whole) {
  bool const zh = env.language() == base::Language::zh;
  int place = 0;
  if (!whole.actions.empty()) env.out().write(env.phrase(Phrase::actions) + "\n");
  for (auto const& [action, status, assignee] : whole.actions) {
    std::string line = std::to_string(++place) + "  " + action.ticket + " " + status + "  " + action.title;
    if (!action.name.empty()) line += " (" + std::string(model::to_string(action.target)) + " " + action.name + ")";
    if (action.applied_at) line += " " + env.phrase(Phrase::applied, {{"time", env.zone().format(*action.applied_at)}});
    write_line(env, line);
  }
  place = 0;
  if (!whole.findings.empty()) env.out().write(env.phrase(Phrase::proposals) + "\n");
  for (auto const& finding : whole.findings) {
    auto const action = accepted(whole, finding);
    std::string line = std::to_string(++place) + "  " + (zh ? finding.title_zh : finding.title) + (zh ? "：" : ": ") +
                       (zh ? finding.evidence_zh : finding.evidence);
    if (auto const* const number = action.get_if<std::int64_t>())
      line += " " + env.phrase(Phrase::is_action, {{"place", std::to_string(*number)}});
    write_line(env, line);
  }
}

}  // namespace umsops::cli::review
