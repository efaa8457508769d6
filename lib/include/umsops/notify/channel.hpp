// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/priority.hpp"

namespace umsops::notify {

enum class ChannelType { smtp, sendmail, webhook, command, file };
std::span<std::string_view const> channel_type_names();
/// What a webhook is sent: our own JSON, or what that product takes.
enum class BodyType { generic, slack, dingtalk, feishu, wecom, teams, pagerduty };
std::span<std::string_view const> body_type_names();

/// At most so many messages to one contact within that time.
struct Limit {
  std::int64_t count = 0;
  base::Milliseconds span{};
};

using Command = std::vector<std::string>;  ///< argv; no shell ever sees it

/// A way by which messages leave.
struct Channel {
  std::string name;
  ChannelType type = ChannelType::file;
  // smtp and webhook
  std::string url;
  Command url_command;         ///< prints the URL, where that is a secret itself
  std::string ca_file;         ///< certificates to trust in place of the system's
  bool plain_allowed = false;  ///< smtp:// without TLS, http://: on this host, or inside a network of one's own
  int redirects = 0;           ///< of a webhook; never to another scheme
  bool private_redirects = false;
  // smtp and sendmail
  std::string from, reply_to, user;
  Command password_command;
  // webhook
  BodyType body = BodyType::generic;
  Command secret_command;  ///< prints what signs a message, or the routing key of PagerDuty
  std::vector<std::pair<std::string, std::string>> headers;
  Command authorization_command;  ///< prints the value of the field Authorization
  // command and sendmail; file
  Command command;
  std::string path;

  base::Milliseconds timeout{30'000};
  std::int64_t attempts = 12;  ///< then a message is dead
  std::vector<Limit> limits;   ///< for one contact
  base::SourceSpot spot;

  bool is_mail() const { return type == ChannelType::smtp || type == ChannelType::sendmail; }
};

/// A group that is told of an incident as a whole.
struct Audience {
  std::string name;
  /// The incident must be at least this; empty: it does not matter. All of them must hold.
  std::optional<model::Priority> severity, impact, business_impact, priority;
  std::string message;          ///< the kind of its message, `incident.disruption`
  std::vector<std::string> to;  ///< persons, `team:NAME`, `oncall:SCHEDULE`, `channel:NAME`, mail addresses
  base::SourceSpot spot;
};

/// How messages leave: what a file of the kind `channels` says.
struct Setup {
  std::vector<Channel> channels;
  std::vector<std::string> usual;  ///< in which order a person is tried who has no order of his own
  std::string mail_domain;         ///< of accounts that the roster does not know; empty: they have no address
  std::string link;                ///< where a record can be seen, with `{number}`; empty: nowhere
  std::string templates;           ///< folder with templates in the place of built-in ones; empty: none
  base::Language language = base::Language::en;  ///< for whom none is known
  std::vector<Audience> audiences;
  /// How long a message is of use, by its kind or a prefix of it (`incident.`); the longest that fits counts.
  std::vector<std::pair<std::string, base::Milliseconds>> expires;

  Channel const* channel(std::string_view name) const;
  Audience const* audience(std::string_view name) const;
  base::Milliseconds use_of(std::string_view kind) const;
};

/// Without any file: the three audiences of an incident, who reach nobody yet.
Setup builtin_setup();
/// What holds where a channel says nothing of its limits.
std::vector<Limit> usual_limits(ChannelType type, BodyType body);

/// Whether an incident of that assessment is one for the audience.
struct Assessed {
  model::Priority severity = model::Priority::low, priority = model::Priority::low;
  std::optional<model::Priority> impact, business_impact;
};
bool is_for(Audience const& audience, Assessed const& incident);

}  // namespace umsops::notify
