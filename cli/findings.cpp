// SPDX-License-Identifier: Apache-2.0
#include "cli/findings.hpp"

#include "umsops/base/chinese.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

std::string findings_text(Env const& env, desk::Findings const& findings) {
  std::string text;
  for (auto const& finding : findings.told) {
    bool const zh = env.language() == base::Language::zh;
    text += base::terminal_text(finding.what + " " + finding.record + (zh ? "：" : ": ") +
                                    (zh ? base::in_chinese(finding.problem) : finding.problem),
                                base::TextShape::line);
    text += "\n";
  }
  std::int64_t const further = findings.total - static_cast<std::int64_t>(findings.told.size());
  if (further > 0) text += env.phrase(Phrase::further_findings, {{"count", std::to_string(further)}}) + "\n";
  return text;
}

void add_findings(base::Value::Object& document, desk::Findings const& findings) {
  base::Value::List list;
  for (auto const& finding : findings.told) {
    list.emplace_back(
        base::Value::Object{{"what", finding.what}, {"record", finding.record}, {"problem", finding.problem}});
  }
  bool const truncated = findings.total > static_cast<std::int64_t>(findings.told.size());
  document.emplace_back("findings", std::move(list));
  document.emplace_back("total", findings.total);
  document.emplace_back("truncated", truncated);
}

}  // namespace umsops::cli
