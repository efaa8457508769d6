// SPDX-License-Identifier: Apache-2.0
// Files that a person gives with what they say, and the time that it took.
#include <sys/stat.h>

#include <algorithm>

#include "cli/files.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time.hpp"

namespace umsops::cli::ticket {

namespace {

/// More than any desk takes; what this one takes says `attachment_limit`.
constexpr std::size_t kLargest = 64u << 20;

/// What people send to a desk (names of the IANA registry). Anything else is text or bytes, by how it looks.
constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {"7z", "application/x-7z-compressed"},
    {"bmp", "image/bmp"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"heic", "image/heic"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"json", "application/json"},
    {"md", "text/markdown"},
    {"mp4", "video/mp4"},
    {"p12", "application/x-pkcs12"},
    {"pcap", "application/vnd.tcpdump.pcap"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"txt", "text/plain"},
    {"webp", "image/webp"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"yaml", "application/yaml"},
    {"yml", "application/yaml"},
    {"zip", "application/zip"},
};

std::string type_of(std::string_view name, std::string_view content) {
  auto const dot = name.rfind('.');
  auto const ending = dot == std::string_view::npos ? std::string() : base::ascii_lower(name.substr(dot + 1));
  auto const known =
      std::find_if(std::begin(kTypes), std::end(kTypes), [&](auto const& one) { return one.first == ending; });
  if (known != std::end(kTypes)) return std::string(known->second);
  bool const is_text = !base::check_text(content, base::TextShape::block);
  return is_text ? "text/plain" : "application/octet-stream";
}

/// A name of a file is any bytes; a stored one is shown to people.
std::string shown_name(std::string const& path) {
  auto const slash = path.rfind('/');
  return base::terminal_text(slash == std::string::npos ? path : path.substr(slash + 1), base::TextShape::line);
}

/// A pipe has no name, and a folder no bytes.
void refuse_other(std::string const& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode)) return;  // what is wrong, reading it tells
  throw base::Error(base::errors::attachment_refused, {{"name", shown_name(path)}, {"problem", "not a plain file"}});
}

}  // namespace

std::vector<desk::GivenFile> given_files(std::vector<std::string> const& paths) {
  std::vector<desk::GivenFile> files;
  for (auto const& path : paths) {
    refuse_other(path);
    desk::GivenFile file;
    file.name = shown_name(path);
    file.content = read_whole(path, kLargest);
    file.media_type = type_of(file.name, file.content);
    files.push_back(std::move(file));
  }
  return files;
}

std::optional<std::int64_t> time_spent(Call const& call) {
  auto const text = call.text("time-spent");
  if (!text) return std::nullopt;
  auto const length = base::parse_duration(*text);
  auto const minutes = length ? std::chrono::duration_cast<std::chrono::minutes>(*length) : std::chrono::minutes(0);
  if (!length || minutes != *length || minutes.count() < 1) {
    throw base::Error(base::errors::usage_bad_value, {{"flag", "--time-spent"},
                                                      {"value", "'" + text->substr(0, 80) + "'"},
                                                      {"expected", "whole minutes, e.g. 15m or 1h30m"},
                                                      {"suggestion", ""}});
  }
  return minutes.count();
}

}  // namespace umsops::cli::ticket
