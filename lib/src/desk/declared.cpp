// SPDX-License-Identifier: Apache-2.0
#include "desk/declared.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using model::FieldProblem;
using Kind = FieldProblem::Kind;

constexpr std::size_t kShown = 80;

std::string words_for(FieldProblem const& problem) {
  std::string const value = "'" + problem.value.substr(0, kShown) + "'";
  switch (problem.kind) {
    case Kind::missing:
      return "required in this category: " + problem.expected;
    case Kind::bad_value:
      return value + " is not " + problem.expected;
    case Kind::undeclared:
      return problem.suggestion.empty() ? "not declared" : "not declared; did you mean " + problem.suggestion + "?";
    case Kind::elsewhere:
      return "belongs to tickets of " + problem.expected;
  }
  return {};
}

bool is_told_only(FieldProblem const& problem) {
  return problem.kind == Kind::undeclared || problem.kind == Kind::elsewhere;
}

bool is_old(FieldProblem const& problem, std::vector<FieldProblem> const& old) {
  return std::any_of(old.begin(), old.end(), [&](FieldProblem const& one) {
    return one.kind == problem.kind && one.name == problem.name && one.value == problem.value;
  });
}

}  // namespace

std::vector<std::string> settle_fields(OpenDesk& desk, model::Ticket& ticket, Strictness strictness,
                                       model::Ticket const* before) {
  auto const* const declared = desk.declared_fields();
  if (!declared) return {};
  std::vector<FieldProblem> old;
  if (before) {
    auto copy = *before;
    old = declared->settle(copy);
  }
  std::vector<std::string> told;
  for (auto const& problem : declared->settle(ticket)) {
    if (is_old(problem, old)) continue;
    if (strictness == Strictness::refuse && !is_told_only(problem)) {
      throw base::Error(
          base::errors::ticket_field,
          {{"field", problem.name}, {"problem", words_for(problem)}, {"suggestion", "see: umsops fields ticket"}});
    }
    told.push_back("field " + problem.name + ": " + words_for(problem));
  }
  return told;
}

}  // namespace umsops::desk
