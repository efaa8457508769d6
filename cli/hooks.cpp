// SPDX-License-Identifier: Apache-2.0
#include "cli/hooks.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "cli/process.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

using base::Error;
using std::filesystem::path;

constexpr std::size_t kLongestName = 64;

[[noreturn]] void refuse(std::string hook, std::string problem, std::string suggestion = "see: umsops help hooks") {
  throw Error(base::errors::hook_invalid,
              {{"hook", std::move(hook)}, {"problem", std::move(problem)}, {"suggestion", std::move(suggestion)}});
}

struct stat look_at(path const& file) {
  struct stat status = {};
  if (stat(file.c_str(), &status) != 0) refuse(file.string(), std::strerror(errno), "see: umsops config list --origin");
  return status;
}

/// Who could change it would run programs as this user.
void refuse_unsafe(path const& file) {
  struct stat const status = look_at(file);
  if (status.st_uid != 0 && status.st_uid != geteuid()) {
    refuse(file.string(), "it belongs to another user", "chown " + std::to_string(geteuid()) + " " + file.string());
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    refuse(file.string(), "others may write it", "chmod go-w " + file.string());
}

/// Above the folder it is enough that nobody else can put another one in its place.
void refuse_movable(path const& file) {
  for (path folder = file.parent_path(); folder != folder.parent_path(); folder = folder.parent_path()) {
    auto const mode = look_at(folder).st_mode;
    if ((mode & S_IWOTH) != 0 && (mode & S_ISVTX) == 0) {
      refuse(file.string(), "others may write " + folder.string(), "chmod o-w " + folder.string());
    }
  }
}

bool is_sound_name(std::string_view name) {
  return name.size() <= kLongestName && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                  c == '.';
         });
}

path real(path const& named) {
  std::error_code problem;
  auto found = std::filesystem::canonical(named, problem);
  if (problem) refuse(named.string(), problem.message(), "see: umsops config list --origin");
  return found;
}

/// A program that others could change is refused, wherever a link leads to.
void refuse_unsafe_program(path const& named) {
  path const file = real(named);
  refuse_unsafe(file);
  refuse_movable(file);
}

}  // namespace

std::vector<std::string> HookFolder::hooks(std::string_view occasion) {
  path const folder = real(folder_);
  refuse_unsafe(folder);
  refuse_movable(folder);
  std::error_code problem;
  std::vector<std::string> names;
  for (auto entry = std::filesystem::directory_iterator(folder, problem);
       !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    std::string const name = entry->path().filename().string();
    struct stat status = {};
    bool const program = name.starts_with(occasion) && stat(entry->path().c_str(), &status) == 0 &&
                         S_ISREG(status.st_mode) && (status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0;
    if (!program) continue;
    if (!is_sound_name(name)) refuse(entry->path().string(), "a name is letters, digits, '-', '_' and '.', at most 64");
    refuse_unsafe_program(entry->path());
    names.push_back(name);
  }
  if (problem) refuse(folder_, problem.message());
  std::sort(names.begin(), names.end());
  return names;
}

desk::HookAnswer HookFolder::run(std::string const& hook, std::string_view noun, std::string const& input) {
  Task task{{folder_ + "/" + hook}, environment_, input, limit_};
  task.environment.push_back("UMSOPS_NOUN=" + std::string(noun));
  task.environment.push_back(std::string("UMSOPS_HOOK=") + (hook.starts_with("on-add") ? "on-add" : "on-modify"));
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
