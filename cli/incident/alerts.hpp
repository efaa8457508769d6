// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "cli/completion/offers.hpp"
#include "cli/env.hpp"
#include "umsops/alert/reader.hpp"

/// What other systems sent, from files and standard input to events.
namespace umsops::cli::incident {

/// Offers the names of the built-in sender files.
void sender_names(Candidates& out);

inline constexpr Argument kFiles[] = {
    {"FILE",
     {"what was sent: JSON (one body, a list, one a line), a form, or a mail; default, or -: standard input",
      "收到的内容：JSON（一份、列表或每行一份）、表单或邮件；省略或为 - 时读取标准输入"},
     false,
     true,
     offer::files}};
inline constexpr Flag kFormat{
    .name = "format",
    .value = "NAME",
    .type = FlagType::text,
    .doc = {"who sent it: auto, mail (any sender of mails), or the name of a sender file; see umsops-sender(5)",
            "发送方：auto、mail（任意邮件发送方）或发送方文件的名字；见 umsops-sender(5)"},
    .fallback = "auto",
    .offer = sender_names};
inline constexpr Flag kSender{
    .name = "sender",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"a sender file beside the configured and the built-in ones", "在已配置和内置的之外再用此发送方文件"},
    .repeatable = true,
    .offer = offer::files};

/// Where an event stands in the input.
struct Place {
  std::string file;
  std::int64_t line = 1;  ///< of its body
};

/// The configured sender files, or those of --sender beside them, and the built-in ones.
alert::Reader reader_of(Env& env, Call const& call);

/// Reads all files of the call, or standard input, and hands over event by event, in their order. What cannot be read
/// is an item that is refused. Throws what no other body could mend: a file that is not there, a sender that nobody
/// knows.
void each_item(Env& env, Call const& call, alert::Reader const& reader,
               std::function<void(Place const&, alert::Item const&)> const& take);

}  // namespace umsops::cli::incident
