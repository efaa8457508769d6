// SPDX-License-Identifier: Apache-2.0
#include "cli/hooks.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "cli/process.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/config/trusted_file.hpp"

namespace umsops::cli {

namespace {

using base::Error;
using config::TrustedFile;

constexpr std::size_t kLongestName = 64;
constexpr std::string_view kSkipped = " (skipped)";

[[noreturn]] void refuse(std::string hook, std::string problem, std::string suggestion = "see: umsops help hooks") {
  throw Error(base::errors::hook_invalid,
              {{"hook", std::move(hook)}, {"problem", std::move(problem)}, {"suggestion", std::move(suggestion)}});
}

/// Hooks have an error of their own for what others could change.
void refuse_hook(std::string const& file, config::Distrust const& why) { refuse(file, why.problem, why.suggestion); }

TrustedFile trusted(std::string const& file, TrustedFile::For what) {
  struct stat status = {};
  if (stat(file.c_str(), &status) != 0) refuse(file, std::strerror(errno), "see: umsops config list --origin");
  return TrustedFile(file, what, refuse_hook);
}

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

bool is_sound_name(std::string_view name) {
  return name.size() <= kLongestName && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                  c == '.';
         });
}

}  // namespace

std::vector<std::string> HookFolder::hooks(std::string_view occasion) {
  // In a folder that others can write, each could put a hook.
  TrustedFile const folder = trusted(folder_, TrustedFile::For::listing);
  std::unique_ptr<DIR, CloseFolder> const listing(fdopendir(fcntl(folder.descriptor(), F_DUPFD_CLOEXEC, 3)));
  if (!listing) refuse(folder_, std::strerror(errno));
  std::vector<std::string> names;
  while (dirent const* entry = readdir(listing.get())) {
    std::string const name = entry->d_name;
    struct stat status = {};
    bool const program = name.starts_with(occasion) && fstatat(folder.descriptor(), name.c_str(), &status, 0) == 0 &&
                         S_ISREG(status.st_mode) && (status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0;
    if (!program) continue;
    if (!is_sound_name(name)) refuse(folder_ + "/" + name, "a name is letters, digits, '-', '_' and '.', at most 64");
    trusted(folder_ + "/" + name, TrustedFile::For::running);
    names.push_back(passes_over_ ? name + std::string(kSkipped) : name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

desk::HookAnswer HookFolder::run(std::string const& hook, std::string_view noun, std::string const& input) {
  if (passes_over_) {  // the last line is the record as it is to be
    auto const line = input.rfind('\n', input.size() - 2);
    return {0, input.substr(line == std::string::npos ? 0 : line + 1), {}};
  }
  // Opened anew for each run, and run by what was looked at: whoever exchanges it meanwhile exchanges nothing.
  std::string const file = folder_ + "/" + hook;
  TrustedFile const program = trusted(file, TrustedFile::For::running);
  Task task{{file}, environment_, input, limit_};
  task.program = program.descriptor();
  task.environment.push_back("UMSOPS_NOUN=" + std::string(noun));
  task.environment.push_back(std::string("UMSOPS_HOOK=") + (hook.starts_with("on-add") ? "on-add" : "on-modify"));
  task.environment.push_back("UMSOPS_HOOK_FILE=" + file);
  TaskEnd end = run_task(task);
  switch (end.how) {
    case TaskEnd::How::exited:
      break;
    case TaskEnd::How::killed:
      refuse(hook, "it was ended by signal " + std::to_string(end.status));
    case TaskEnd::How::not_started:
      refuse(hook, std::string("it cannot be started: ") + std::strerror(end.status));
    case TaskEnd::How::too_long:
      refuse(hook, "it printed more than " + std::to_string(task.most) + " bytes");
    case TaskEnd::How::timed_out:
      throw Error(base::errors::hook_timeout, {{"hook", hook}, {"seconds", std::to_string(limit_.count() / 1000)}});
    case TaskEnd::How::interrupted:
      signals::check();
  }
  return {end.status, std::move(end.output), std::move(end.errors)};
}

}  // namespace umsops::cli
