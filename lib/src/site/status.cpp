// SPDX-License-Identifier: Apache-2.0
#include "umsops/site/status.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/embedded.hpp"
#include "site/page.hpp"
#include "umsops/base/html.hpp"
#include "umsops/base/json.hpp"

namespace umsops::site {

namespace {

using base::Language;
using base::Milliseconds;
using base::TimePoint;
using base::Value;

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kMuch{1};  // of a day

/// What the page says in one language.
struct Words {
  std::string_view language, folder, title, good, bad, running, services, history, works, disrupted, disruption_of,
      since, from_to, minutes, nothing, days, as_of, other;
};

Words words_of(Language language) {
  if (language == Language::zh) {
    return {"zh-CN",
            "zh",
            "服务状态",
            "所有服务运行正常",
            "部分服务受到影响",
            "当前影响",
            "服务",
            "过去 90 天",
            "正常",
            "受影响",
            "{services}",
            "自 {at} 起",
            "{from} 至 {to}",
            "{n} 分钟",
            "过去 90 天没有发布任何影响。",
            "过去 90 天可用率 {share} %",
            "截至 {at}",
            "English"};
  }
  return {"en",
          "en",
          "Service status",
          "All services work",
          "Some services are disrupted",
          "Disruptions",
          "Services",
          "The last 90 days",
          "works",
          "disrupted",
          "{services}",
          "since {at}",
          "{from} to {to}",
          "{n} minutes",
          "No disruption was published in the last 90 days.",
          "worked {share} % of the last 90 days",
          "As of {at}",
          "中文"};
}

struct Span {
  TimePoint begin, end;
};

/// When the service was disrupted, one after the other, as far as that lies within the window.
std::vector<Span> spans_of(Status const& status, std::string const& service, TimePoint from) {
  std::vector<Span> all;
  for (auto const& one : status.disruptions) {
    if (std::find(one.services.begin(), one.services.end(), service) == one.services.end()) continue;
    Span const span{std::max(one.began_at, from), std::min(one.ended_at.value_or(status.at), status.at)};
    if (span.begin < span.end) all.push_back(span);
  }
  std::sort(all.begin(), all.end(), [](Span const& a, Span const& b) { return a.begin < b.begin; });
  std::vector<Span> joined;
  for (auto const& span : all) {
    if (!joined.empty() && span.begin <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, span.end);
    } else {
      joined.push_back(span);
    }
  }
  return joined;
}

Milliseconds within(std::vector<Span> const& spans, TimePoint from, TimePoint to) {
  Milliseconds sum{0};
  for (auto const& span : spans) {
    auto const begin = std::max(span.begin, from), end = std::min(span.end, to);
    if (begin < end) sum += end - begin;
  }
  return sum;
}

TimePoint window_of(Status const& status) { return status.at - kStatusDays * kDay; }

bool is_running(Disruption const& one) { return !one.ended_at; }

bool is_disrupted(Status const& status, std::string const& service) {
  return std::any_of(status.disruptions.begin(), status.disruptions.end(), [&](Disruption const& one) {
    return is_running(one) && std::find(one.services.begin(), one.services.end(), service) != one.services.end();
  });
}

/// Hundredths of a per cent, never rounded up: nobody reads 100 % where something was.
std::int64_t share_of(Status const& status, std::string const& service) {
  auto const from = window_of(status);
  auto const down = within(spans_of(status, service, from), from, status.at);
  auto const all = status.at - from;
  return (all - down).count() * 10'000 / all.count();
}

std::string share_text(std::int64_t hundredths) { return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100); }

std::string joined(std::vector<std::string> const& names, Language language) {
  std::string out;
  for (auto const& name : names) out += (out.empty() ? "" : language == Language::zh ? "、" : ", ") + name;
  return out;
}

class Page {
 public:
  Page(Status const& status, Options const& options, Language language)
      : status_(status), options_(options), language_(language), words_(words_of(language)) {}

  std::string text() const {
    std::string const root = language_ == options_.language ? "" : "../";
    std::string out = head(root) + top(root) + "<main><div class=\"frame\">\n" + overall();
    out += disruptions(true) + services() + disruptions(false);
    return out + "</div></main>\n<footer><div class=\"frame\">" +
           tag("p", filled(words_.as_of, "at", when(status_.at)) + " " + options_.zone.name()) +
           "</div></footer>\n</body>\n</html>\n";
  }

 private:
  std::string title() const { return options_.title.empty() ? std::string(words_.title) : options_.title; }
  std::string when(TimePoint at) const { return options_.zone.format(at); }

  std::string head(std::string const& root) const {
    return fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'\">\n<meta http-equiv=\"refresh\" content=\"60\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n{}\n<link rel=\"icon\" href=\"data:,\">\n"
        "<link rel=\"stylesheet\" href=\"{}assets/status.css\">\n</head>\n<body>\n",
        words_.language, tag("title", title()), root);
  }

  std::string top(std::string const& root) const {
    auto const other = words_of(language_ == Language::zh ? Language::en : Language::zh);
    std::string const address = root.empty() ? std::string(other.folder) + "/index.html" : std::string("../index.html");
    return "<header><div class=\"frame\">" + tag("span", title(), " class=\"name\"") + "<span class=\"other\">" +
           link(address, words_.other, fmt::format(" lang=\"{0}\" hreflang=\"{0}\"", other.language)) +
           "</span></div></header>\n";
  }

  std::string overall() const {
    bool const bad = std::any_of(status_.disruptions.begin(), status_.disruptions.end(), is_running);
    return tag("p", bad ? words_.bad : words_.good, bad ? " class=\"overall disrupted\"" : " class=\"overall\"") + "\n";
  }

  std::string disruptions(bool running) const {
    std::string cards;
    for (auto const& one : status_.disruptions) {
      if (is_running(one) == running) cards += card(one);
    }
    if (running && cards.empty()) return {};
    if (cards.empty()) cards = tag("p", words_.nothing) + "\n";
    return tag("h2", running ? words_.running : words_.history) + "\n" + cards;
  }

  std::string card(Disruption const& one) const {
    std::string out = "<article class=\"card\">" +
                      tag("h3", filled(words_.disruption_of, "services", joined(one.services, language_)));
    out += tag("p", span_text(one), " class=\"when\"") + "<ul class=\"updates\">\n";
    for (auto update = one.updates.rbegin(); update != one.updates.rend(); ++update)
      out += "<li>" + tag("p", when(update->at), " class=\"when\"") + tag("p", update->text) + "</li>\n";
    return out + "</ul></article>\n";
  }

  std::string span_text(Disruption const& one) const {
    if (is_running(one)) return filled(words_.since, "at", when(one.began_at));
    auto const minutes = (*one.ended_at - one.began_at) / std::chrono::minutes(1);
    return filled(filled(words_.from_to, "from", when(one.began_at)), "to", when(*one.ended_at)) +
           (language_ == Language::zh ? "，" : ", ") + filled(words_.minutes, "n", std::to_string(minutes));
  }

  std::string services() const {
    std::string out = tag("h2", words_.services) + "\n<ul class=\"services\">\n";
    for (auto const& name : status_.services) {
      bool const bad = is_disrupted(status_, name);
      out +=
          "<li class=\"card\"><div class=\"line\">" + tag("strong", name) +
          tag("span", bad ? words_.disrupted : words_.works, bad ? " class=\"state disrupted\"" : " class=\"state\"") +
          "</div>" + days(name) +
          tag("p", filled(words_.days, "share", share_text(share_of(status_, name))), " class=\"when\"") + "</li>\n";
    }
    return out + "</ul>\n";
  }

  /// A bar a day, the last one up to now.
  std::string days(std::string const& name) const {
    auto const spans = spans_of(status_, name, window_of(status_));
    std::string out = "<div class=\"days\" aria-hidden=\"true\">";
    for (int day = kStatusDays; day > 0; --day) {
      auto const from = status_.at - day * kDay;
      auto const down = within(spans, from, from + kDay);
      std::string_view const much = down >= kMuch ? " class=\"much\"" : down.count() > 0 ? " class=\"some\"" : "";
      out += fmt::format("<i{} title=\"{}\"></i>", much, day_text(when(from).substr(0, 10), down));
    }
    return out + "</div>";
  }

  std::string day_text(std::string const& day, Milliseconds down) const {
    auto const minutes = std::chrono::ceil<std::chrono::minutes>(down).count();
    return base::html_text(day + ": " + filled(words_.minutes, "n", std::to_string(minutes)));
  }

  Status const& status_;
  Options const& options_;
  Language language_;
  Words words_;
};

Value disruption_value(Disruption const& one) {
  Value::List updates;
  for (auto const& update : one.updates) updates.emplace_back(Value::Object{{"at", update.at}, {"text", update.text}});
  return Value::Object{{"services", Value::List(one.services.begin(), one.services.end())},
                       {"began_at", one.began_at},
                       {"ended_at", one.ended_at ? Value(*one.ended_at) : Value()},
                       {"updates", std::move(updates)}};
}

std::string json_of(Status const& status) {
  Value::List services, running, history;
  for (auto const& name : status.services) {
    services.emplace_back(Value::Object{{"name", name},
                                        {"state", is_disrupted(status, name) ? "disrupted" : "works"},
                                        {"uptime_90_days", static_cast<double>(share_of(status, name)) / 100}});
  }
  for (auto const& one : status.disruptions) (is_running(one) ? running : history).push_back(disruption_value(one));
  return base::to_json(Value::Object{{"schema", "umsops.status.page/v1"},
                                     {"at", status.at},
                                     {"services", std::move(services)},
                                     {"running", std::move(running)},
                                     {"history", std::move(history)}}) +
         "\n";
}

}  // namespace

std::vector<File> make_status(Status const& status, Options const& options) {
  auto const other = options.language == Language::zh ? Language::en : Language::zh;
  std::vector<File> files;
  files.push_back({"index.html", Page(status, options, options.language).text()});
  files.push_back({std::string(words_of(other).folder) + "/index.html", Page(status, options, other).text()});
  files.push_back({"status.json", json_of(status)});
  for (auto const& asset : embedded::status_assets())
    files.push_back({"assets/" + std::string(asset.name), std::string(asset.bytes)});
  std::sort(files.begin(), files.end(), [](File const& a, File const& b) { return a.path < b.path; });
  return files;
}

}  // namespace umsops::site
