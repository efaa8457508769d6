// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

/// Files that the build puts into the program (see cmake/Embed.cmake).
namespace umsops::embedded {

struct File {
  std::string_view name, bytes;
};

std::span<File const> chinese();
std::span<File const> migrations();
std::span<File const> schemas();
std::span<File const> builtin_rules();
std::span<File const> builtin_flows();
std::span<File const> builtin_senders();
std::span<File const> builtin_sender_trees();  ///< what is read of each, in the same order
std::span<File const> builtin_report_trees();  ///< what is read of each file
std::span<File const> builtin_templates();
std::span<File const> starter_files();
std::span<File const> report_assets();
std::span<File const> site_assets();
std::span<File const> status_assets();
std::span<File const> message_templates();

}  // namespace umsops::embedded
