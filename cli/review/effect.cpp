// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/review/review.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::int64_t kUsualDays = 90, kMostDays = 3650;

Value seconds_of(std::optional<base::Milliseconds> const& length) {
  return length ? Value(std::int64_t{length->count() / 1000}) : Value();
}

Value period_of(desk::ReviewPeriod const& period) {
  Value::List figures;
  for (auto const& figure : period.figures)
    figures.emplace_back(Value::Object{
        {"measure", to_string(figure.measure)}, {"n", figure.n}, {"median_seconds", seconds_of(figure.median)}});
  return Value::Object{{"from", period.from},
                       {"until", period.until},
                       {"count", static_cast<std::int64_t>(period.incidents.size())},
                       {"incidents", Value::List(period.incidents.begin(), period.incidents.end())},
                       {"figures", std::move(figures)}};
}

std::string median_text(desk::ReviewPeriod::Figure const& figure) {
  return figure.median ? umsops::review::length_text(*figure.median) + " (n=" + std::to_string(figure.n) + ")"
                       : std::string("- (n=0)");
}

void write_for_people(Env& env, desk::ReviewEffect const& effect) {
  auto const day = [&](base::TimePoint at) { return env.zone().format(at); };
  auto const period = [&](Phrase phrase, desk::ReviewPeriod const& one) {
    std::string text = env.phrase(
        phrase, {{"from", day(one.from)}, {"until", day(one.until)}, {"count", std::to_string(one.incidents.size())}});
    for (auto const& number : one.incidents) text += " " + number;
    env.out().write(base::terminal_text(text, base::TextShape::line) + "\n");
  };
  env.out().write(base::terminal_text(effect.review.review_number + " " + effect.review.title, base::TextShape::line) +
                  "\n");
  if (!effect.changed) env.out().write(env.phrase(Phrase::nothing_applied) + "\n");
  period(Phrase::before_review, effect.before);
  period(Phrase::after_review, effect.after);
  for (std::size_t i = 0; i < effect.before.figures.size(); ++i) {
    env.out().write("  " + base::ascii_upper(to_string(effect.before.figures[i].measure)) + "  " +
                    median_text(effect.before.figures[i]) + " -> " + median_text(effect.after.figures[i]) + "\n");
  }
}

int run_effect(Env& env, Call const& call) {
  auto const days = call.integer("days").value_or(kUsualDays);
  if (days < 1 || days > kMostDays)
    throw base::Error(base::errors::usage_bad_value,
                      {{"flag", "--days"}, {"value", std::to_string(days)}, {"expected", "1 to 3650"}});
  auto const effect = env.desk().reviews().effect(call.words[0], static_cast<int>(days));
  bool const again = !effect.after.incidents.empty();
  auto const style = env.style(review::kKind.number);
  if (env.human()) {
    write_for_people(env, effect);
  } else if (style.format != format::Format::id) {
    format::write_document(env.out(), style,
                           Value::Object{{"schema", call.command->schema},
                                         {"review_number", effect.review.review_number},
                                         {"incident", effect.review.incident},
                                         {"type", model::to_string(effect.review.type)},
                                         {"applied", Value(effect.changed)},
                                         {"came_back", Value(again)},
                                         {"before", period_of(effect.before)},
                                         {"after", period_of(effect.after)}});
  }
  env.out().flush();
  return call.on("exit-code") && again ? exit_code(base::ErrorKind::condition) : 0;
}

constexpr Flag kFlags[] = {
    {.name = "days",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"how many days before and after", "前后各多少天"},
     .fallback = "90"},
    {.name = "exit-code", .doc = {"exit 10 when it came back", "再次发生时退出码为 10"}},
};
constexpr Example kExamples[] = {
    {"umsops review effect REV-1", {"did it come back, and how do medians move", "是否再次发生，中位数如何变化"}},
    {"umsops review effect REV-1 --days 30 -o json | jq '[.came_back, .after.count]'", {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kReviewEffect{
    .path = "review effect",
    .summary = {"tell whether it came back", "查看改进是否有效"},
    .description =
        {"Compares incidents of the same type (and of the same services, where the incident names any) before and "
         "after: those of so many days up to the incident, and those since the last action took effect ('umsops review "
         "action --applied'), or since the incident ended where none did. For both how many, which, and the medians of "
         "time to detect, acknowledge, mitigate and resolve, each with how many it is of.",
         "比较前后的同类事件（事件指明服务时，限于相同服务）：截至该事件的若干天内，以及最后一项措施生效（umsops "
         "review "
         "action --applied）以来；没有措施生效时自事件结束起计。分别给出数量、编号，以及发现、确认、恢复、解决用时的中"
         "位数及其样本数。"},
    .arguments = review::kJustOne,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.review.effect/v1",
    .run = run_effect,
};

}  // namespace umsops::cli
