// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/report_desk.hpp"

#include "desk/open_desk.hpp"
#include "report/knowledge.hpp"
#include "report/support.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

constexpr report::Description kReports[] = {report::kSupport, report::kKnowledge};

[[noreturn]] void refuse(std::string const& name) {
  std::vector<std::string_view> names;
  for (auto const& known : kReports) names.push_back(known.name);
  std::string const best = base::nearest(name, names);
  throw base::Error(base::errors::report_unknown,
                    {{"name", name.substr(0, 80)},
                     {"suggestion", best.empty() ? "see: umsops report list" : "did you mean " + best + "?"}});
}

}  // namespace

std::span<report::Description const> reports() { return kReports; }

report::Table ReportDesk::run(std::string const& name, ReportOptions const& options) {
  bool const knowledge = name == report::kKnowledge.name;
  if (name != report::kSupport.name && !knowledge) refuse(name);
  report::Window window;
  window.now = desk_.now();
  window.until = options.until.value_or(window.now);
  window.since = options.since.value_or(window.until - std::chrono::days(30));
  window.zone = options.zone;
  auto* const store = desk_.reading();
  auto* const db = store ? &store->connection() : nullptr;
  return knowledge ? report::knowledge(db, window) : report::support(db, window);
}

}  // namespace umsops::desk
