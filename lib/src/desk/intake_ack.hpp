// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "desk/open_desk.hpp"
#include "umsops/desk/intake.hpp"

namespace umsops::desk {

/// An answer `ack` by staff to what was sent about an incident: acknowledges it. Nullopt: the mail is something else.
std::optional<MailResult> acknowledged_by_mail(OpenDesk& desk, mail::Message const& message,
                                               MailOptions const& options);

}  // namespace umsops::desk
