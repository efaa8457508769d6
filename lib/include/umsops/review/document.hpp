// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/model/review.hpp"
#include "umsops/review/facts.hpp"

namespace umsops::review {

/// An action with where its ticket stands.
struct ActionState {
  model::ReviewAction action;
  std::string status;    ///< of the ticket; empty: it is not here
  std::string assignee;  ///< of the ticket
};

/// What a section is called in the document: `Contributing factors`, `促成因素`.
std::string_view section_heading(std::string_view section, base::Language language);
/// `1 h 5 min`, `12 s`.
std::string length_text(base::Milliseconds length);

/// `markdown`: what the records say is escaped, so that nothing in it is markup. `page`: the same for a page whose
/// title stands elsewhere; headings begin at the first level. `plain`: it is left as it is, for people to read.
enum class Form { markdown, page, plain };

/// The whole review as Markdown; what people wrote stands as they wrote it. All times are UTC. Equal values give equal
/// bytes.
std::string document(model::Review const& review, Facts const& facts, std::vector<ActionState> const& actions,
                     base::Language language, Form form = Form::markdown);

}  // namespace umsops::review
