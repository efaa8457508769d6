// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/process.hpp"
#include "umsops/notify/sender.hpp"

namespace umsops::cli {

/// Carries parcels away: over the network through the helper program `umsops-send`, to other programs, and to files.
class Carrier : public notify::Sender {
 public:
  notify::Secrets const& secrets(notify::Channel const& channel) override;
  void submit(notify::Parcel parcel) override;
  std::vector<notify::Sent> wait() override;

 private:
  struct OnItsWay {
    std::string key;
    notify::Channel const* channel = nullptr;
  };
  void post(notify::Parcel const& parcel);
  notify::Sent run(notify::Parcel const& parcel);
  static notify::Sent append(notify::Parcel const& parcel);
  void take(std::string const& line);

  std::map<std::string, notify::Secrets> secrets_;
  std::unique_ptr<Companion> helper_;
  std::map<std::int64_t, OnItsWay> on_their_way_;
  std::int64_t last_ = 0;
  std::vector<notify::Sent> ended_;
};

}  // namespace umsops::cli
