// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

#include "umsops/base/error.hpp"

namespace umsops::tests {

/// A folder of its own for one test, gone with it.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "umsops-config-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no scratch folder");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;

  std::string path(std::string const& name = "") const { return name.empty() ? path_ : path_ + "/" + name; }
  std::string write(std::string const& name, std::string_view text) const {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

 private:
  std::string path_;
};

/// What the call throws, as `code line:column message`; empty when it throws nothing.
inline std::string thrown(std::function<void()> const& act) {
  try {
    act();
  } catch (base::Error const& error) {
    return std::string(error.code().code) + " " + std::to_string(error.spot().line) + ":" +
           std::to_string(error.spot().column) + " " + error.message();
  }
  return "";
}

}  // namespace umsops::tests
