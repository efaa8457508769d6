// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "alert/walk.hpp"
#include "umsops/alert/event.hpp"
#include "umsops/base/text.hpp"

namespace umsops::alert {

/// Names and values, in whatever shape the sender has them.
void read_labels(LabelRule const& rule, Scope const& scope, Event& event);

/// What is kept of a text: sound, trimmed, at most so many code points (0: all). The event is told what was changed.
std::string kept_text(std::string_view name, std::string_view text, base::TextShape shape, std::size_t most,
                      Event& event);

}  // namespace umsops::alert
