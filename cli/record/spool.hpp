// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cli/env.hpp"
#include "umsops/desk/spool.hpp"

namespace umsops::cli::record {

inline constexpr Flag kSpool{
    .name = "spool",
    .doc = {"if the desk is out of reach or absent, keep the report on this machine for 'umsops db flush'; exit 0",
            "无法访问数据或数据文件不存在时，将报告保存在本机文件中，等待 umsops db flush；退出码为 0"}};

/// The key of what may have to wait: it is there before the first try, so whatever became of that one, it is done once.
std::string spool_key(Env& env, std::string const& given);

/// Calls `act`, which does something at the desk and gives what writes the answer. Where the desk is out of reach, what
/// `report` gives is kept for it, and the answer says so, by that schema.
int act_or_spool(Env& env, std::string_view schema, std::function<std::function<void()>()> const& act,
                 std::function<desk::SpooledReport()> const& report);

}  // namespace umsops::cli::record
