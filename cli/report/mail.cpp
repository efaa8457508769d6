// SPDX-License-Identifier: Apache-2.0
// A report as a message: its page, and the tables as text for who does not open that.
#include "cli/report/reports.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/report_output.hpp"

namespace umsops::cli::reports {

namespace {

constexpr std::size_t kLongestText = 30'000;

class Text final : public format::Sink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  void flush() override {}
  std::string text;
};

std::string page_of(Env& env, report::Result const& result) {
  Text page;
  format::write_report_page(page, result, env.language(), env.zone());
  return std::move(page.text);
}

/// Whole lines, as many as a message bears.
std::string tables_as_text(Env& env, report::Result const& result) {
  format::Style style;
  style.language = env.language();
  style.zone = env.zone();
  Text out;
  format::write_report(out, style, result, false);
  if (out.text.size() > kLongestText) {
    out.text.resize(out.text.rfind('\n', kLongestText) + 1);
    out.text += "...\n";
  }
  return std::move(out.text);
}

std::string span_of(Env& env, report::Result const& result) {
  auto const& table = result.tables.front();
  if (result.composed || !table.since || !table.until) return {};
  return env.phrase(Phrase::report_span, {{"since", env.zone().format(*table.since)},
                                          {"until", env.zone().format(*table.until)},
                                          {"zone", table.zone},
                                          {"count", std::to_string(table.counted)}});
}

}  // namespace

void send(Env& env, Call const& call, report::Result const& result) {
  auto const recipients = call.all("send-to");
  if (recipients.empty()) return;
  desk::ReportMail mail;
  auto const day = env.zone().format(result.as_of.value_or(result.now)).substr(0, 10);
  auto const title = text_of(env, result.title);
  mail.report = result.name;
  mail.title = (title.empty() ? result.name : title) + " " + day;
  auto const span = span_of(env, result);
  mail.text = (span.empty() ? "" : span + "\n\n") + tables_as_text(env, result);
  mail.file = result.name + "-" + day + ".html";
  mail.page = page_of(env, result);
  for (auto const& recipient : recipients) {
    auto const id = env.desk().reports().send(mail, recipient, env.dry_run());
    if (!id.empty()) env.out().told().stored(id);
    env.hint(env.phrase(id.empty() ? Phrase::report_would_go : Phrase::report_queued,
                        {{"id", id}, {"recipient", recipient}}));
  }
}

}  // namespace umsops::cli::reports
