// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/knowledge_care.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "umsops/base/ascii.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/desk.hpp"
#include "umsops/desk/review_desk.hpp"

namespace umsops::desk {
namespace {

using base::Value;
using model::Article;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `KB-`: the number without the digits that it ends in.
std::string_view prefix_of(std::string_view number) {
  std::size_t const end = number.find_last_not_of("0123456789");
  return number.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

/// `a/b/../c.md` as `a/c.md`; empty: it leads out.
std::string normal_path(std::string const& path) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= path.size();) {
    std::size_t const end = std::min(path.find('/', at), path.size());
    std::string part = path.substr(at, end - at);
    at = end + 1;
    if (part == "." || part.empty()) continue;
    if (part != "..") {
      parts.push_back(std::move(part));
    } else if (parts.empty()) {
      return {};
    } else {
      parts.pop_back();
    }
  }
  std::string out;
  for (auto const& part : parts) out += (out.empty() ? "" : "/") + part;
  return out;
}

class Check {
 public:
  Check(Desk& desk, KnowledgeCheck const& wanted, base::TimePoint now) : desk_(desk), wanted_(wanted), now_(now) {}

  std::vector<KnowledgeFinding> run() {
    query::Query all;
    desk_.knowledge().list(all, [&](Article const& article) {
      numbers_.insert(article.kb_number);
      if (!article.file.empty() && article.status != model::ArticleStatus::archived) files_.insert(article.file);
      if (article.status == model::ArticleStatus::published) articles_.push_back(article);
      return true;
    });
    for (auto const& article : articles_) {
      check_use(article);
      check_links(article);
    }
    if (wanted_.coverage_of > 0) check_coverage();
    return std::move(findings_);
  }

 private:
  void add(char const* what, Article const& article, std::string problem) {
    findings_.push_back({what, article.kb_number, article.title, std::move(problem)});
  }

  void check_use(Article const& article) {
    if (article.review_by && *article.review_by <= now_)
      add("review", article, "was to be looked at by " + base::format_rfc3339(*article.review_by).substr(0, 10));
    auto const good = article.helpful_count + article.worked_count;
    auto const all = good + article.not_helpful_count + article.used_count - article.worked_count;
    if (all >= wanted_.least_voices && static_cast<double>(good) <= wanted_.unhelpful_share * static_cast<double>(all))
      add("unhelpful", article, "helped " + std::to_string(good) + " of " + std::to_string(all));
    if (all == 0 && article.view_count == 0 && article.created_at + wanted_.unused_after <= now_)
      add("unused", article, "nobody has read it since " + base::format_rfc3339(article.created_at).substr(0, 10));
  }

  void check_links(Article const& article) {
    auto const found = references_in(article.content, prefix_of(article.kb_number));
    for (auto const& number : found.numbers) {
      bool const known = std::any_of(numbers_.begin(), numbers_.end(),
                                     [&](auto const& each) { return each == number || same_place(each, number); });
      if (!known) add("link", article, "there is no " + number);
    }
    std::string const folder = article.file.substr(0, article.file.rfind('/') + 1);
    for (auto const& file : found.files) {
      if (!article.file.empty() && !files_.contains(normal_path(folder + file)))
        add("link", article, "there is no " + file);
    }
    for (auto const& incident : article.related_incidents) {
      if (!is_incident(incident)) add("link", article, "there is no incident " + incident);
    }
  }

  /// `KB-7` is `KB-000007`.
  static bool same_place(std::string_view a, std::string_view b) {
    auto const digits = [](std::string_view number) {
      number.remove_prefix(prefix_of(number).size());
      number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
      return number;
    };
    return prefix_of(a) == prefix_of(b) && digits(a) == digits(b);
  }

  bool is_incident(std::string const& number) {
    auto const [known, fresh] = incidents_.try_emplace(number, true);
    if (!fresh) return known->second;
    try {
      desk_.incidents().show(number);
    } catch (base::Error const& error) {
      if (error.kind() != base::ErrorKind::not_found && error.kind() != base::ErrorKind::conflict) throw;
      known->second = false;
    }
    return known->second;
  }

  /// Types of incidents without a solution; categories that people ask about and nobody has written about.
  void check_coverage() {
    std::set<std::string_view> types;
    std::set<std::string> categories;
    for (auto const& article : articles_) {
      if (article.incident_type) types.insert(to_string(*article.incident_type));
      categories.insert(article.category);
    }
    std::map<std::string, std::int64_t> asked;
    std::map<std::string_view, std::int64_t> broke;
    query::Query newest;
    newest.limit = wanted_.coverage_of;
    newest.details = false;
    desk_.tickets().list(newest, [&](model::Ticket const& ticket) {
      if (!ticket.category.empty()) ++asked[ticket.category];
      return true;
    });
    desk_.incidents().list(newest, [&](model::Incident const& incident) {
      ++broke[to_string(incident.type)];
      return true;
    });
    for (auto const& [type, count] : broke) {
      if (!types.contains(type))
        findings_.push_back({"coverage", "", "",
                             "no solution for incidents of type " + std::string(type) + ": " + std::to_string(count) +
                                 " of the newest"});
    }
    for (auto const& [category, count] : asked) {
      if (!categories.contains(category))
        findings_.push_back(
            {"coverage", "", "",
             "no article of the category " + category + ": " + std::to_string(count) + " of the newest tickets"});
    }
  }

  Desk& desk_;
  KnowledgeCheck const& wanted_;
  base::TimePoint now_;
  std::vector<Article> articles_;
  std::set<std::string> numbers_, files_;
  std::map<std::string, bool> incidents_;
  std::vector<KnowledgeFinding> findings_;
};

void add_section(std::string& out, std::string_view heading, std::string const& text) {
  if (text.empty()) return;
  out.append(out.empty() ? "" : "\n\n").append("## ").append(heading).append("\n\n").append(text);
}

void put(NewArticle& wanted, char const* field, Value value) {
  if (!value.is_null()) wanted.sets.emplace_back(model::article_type().require(field), std::move(value));
}

NewArticle draft_of(WholeTicket const& whole) {
  auto const& ticket = whole.ticket;
  std::string text, replies;
  add_section(text, "Problem", ticket.description);
  for (auto const& response : whole.responses) {
    // Notes are the desk's own words among themselves; they may hold what is nobody else's business.
    if (!response.is_private) replies += (replies.empty() ? "- " : "\n- ") + response.content;
  }
  add_section(text, "What was said", replies);
  add_section(text, "Solution", ticket.resolution);
  NewArticle wanted;
  put(wanted, "title", ticket.title);
  put(wanted, "content", base::text_or_null(std::string(base::first_code_points(text, 65'536))));
  put(wanted, "category", base::text_or_null(ticket.category));
  wanted.publish = false;
  return wanted;
}

/// What people wrote in its review says more than the record, where there is one.
NewArticle draft_of(WholeIncident const& whole, model::Review const* review) {
  auto const& incident = whole.incident;
  auto const written = [&](std::string_view section, std::string const& otherwise) {
    if (!review) return otherwise;
    for (auto const& [name, text] : review->sections) {
      if (name == section) return text;
    }
    return otherwise;
  };
  std::string text, steps;
  add_section(text, "Symptoms", written("overview", incident.description));
  add_section(text, "Cause", written("contributing_factors", incident.root_cause));
  int count = 0;
  for (auto const& entry : whole.timeline) {
    if (entry.kind == model::TimelineKind::note || entry.kind == model::TimelineKind::decision)
      steps.append(steps.empty() ? "" : "\n").append(std::to_string(++count)).append(". ").append(entry.text);
  }
  add_section(text, "Steps", steps);
  add_section(text, "Solution", written("resolution", incident.resolution));
  std::string services;
  for (auto const& service : incident.affected_services) services += (services.empty() ? "- " : "\n- ") + service;
  add_section(text, "Environment", services);
  NewArticle wanted;
  put(wanted, "kind", "solution");
  put(wanted, "title", incident.title);
  put(wanted, "content", base::text_or_null(std::string(base::first_code_points(text, 65'536))));
  put(wanted, "category", base::text_or_null(incident.category));
  put(wanted, "incident_type", to_string(incident.type));
  put(wanted, "related_incidents", incident.incident_number);
  if (incident.resolved_at) {
    auto const minutes = (*incident.resolved_at - incident.detected_at) / base::Milliseconds{60'000};
    put(wanted, "estimated_time_minutes", std::int64_t{std::max<std::int64_t>(minutes, 0)});
  }
  wanted.publish = false;
  return wanted;
}

NewArticle draft_of_review(Desk& desk, std::string const& from) {
  auto const review = desk.reviews().show(from).review;
  return draft_of(desk.incidents().show(review.incident), &review);
}

}  // namespace

NewArticle draft_from(Desk& desk, std::string const& from) {
  std::optional<base::Error> first;
  std::function<NewArticle()> const ways[] = {[&] { return draft_of(desk.tickets().show(from)); },
                                              [&] { return draft_of(desk.incidents().show(from), nullptr); },
                                              [&] { return draft_of_review(desk, from); }};
  for (auto const& way : ways) {
    try {
      return way();
    } catch (base::Error const& error) {
      if (error.kind() != base::ErrorKind::not_found) throw;
      if (!first) first = error;
    }
  }
  throw base::Error(*std::move(first));
}

std::vector<KnowledgeFinding> check_knowledge(Desk& desk, KnowledgeCheck const& check, base::TimePoint now) {
  return Check(desk, check, now).run();
}

References references_in(std::string_view text, std::string_view prefix) {
  References out;
  auto const is_word = [](char c) {
    return is_digit(c) || (base::ascii_lower(c) >= 'a' && base::ascii_lower(c) <= 'z');
  };
  for (std::size_t at = prefix.empty() ? std::string_view::npos : text.find(prefix); at != std::string_view::npos;
       at = text.find(prefix, at + 1)) {
    std::size_t end = at + prefix.size();
    while (end < text.size() && is_digit(text[end])) ++end;
    bool const begins = at == 0 || !is_word(text[at - 1]), ends = end == text.size() || !is_word(text[end]);
    if (end > at + prefix.size() && begins && ends) out.numbers.emplace_back(text.substr(at, end - at));
  }
  for (std::size_t at = text.find("]("); at != std::string_view::npos; at = text.find("](", at + 1)) {
    std::size_t const begin = at + 2, end = text.find_first_of(") #\n", begin);
    if (end == std::string_view::npos) break;
    auto const target = text.substr(begin, end - begin);
    if (target.ends_with(".md") && target.find(':') == std::string_view::npos && !target.starts_with('/'))
      out.files.emplace_back(target);
  }
  for (auto* list : {&out.numbers, &out.files}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return out;
}

}  // namespace umsops::desk
