// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "base/quiet_thread.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/interruption.hpp"
#include "umsops/base/number.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;
using std::chrono::milliseconds;

constexpr std::size_t kNoteBytes = 16;
constexpr milliseconds kLook{100};  ///< so often a look whether to go on waiting
/// The kernel gives a lock to whoever asks first, and one who waits must wake up before it can ask: after a turn that
/// kept others waiting for so long, so much time is theirs.
constexpr milliseconds kLongTurn{10}, kRoom{1};

/// A place in the kernel's queue that can be given up: `flock` itself knows no time limit.
struct Place {
  std::mutex guard;
  std::condition_variable changed;
  int fd = -1;
  bool answered = false, given_up = false;
  int error = 0;
};

void stand_in_queue(std::shared_ptr<Place> const& place) {
  int result = 0;
  do {
    result = ::flock(place->fd, LOCK_EX);
  } while (result != 0 && errno == EINTR);
  int const error = result == 0 ? 0 : errno;
  // Giving up and getting the lock may coincide; the guard decides who closes the descriptor.
  std::lock_guard const guard(place->guard);
  place->answered = true;
  place->error = error;
  if (place->given_up) ::close(place->fd);  // closing it also gives up the lock
  place->changed.notify_one();
}

std::string read_start(std::string const& path) {
  std::array<char, 64> bytes{};
  int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0) return {};
  ssize_t const got = ::read(fd, bytes.data(), bytes.size());
  ::close(fd);
  std::string text(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  return text.substr(0, text.find_first_of(std::string("\n \0", 3)));
}

[[noreturn]] void fail(std::string const& path, int error) {
  throw Error(errors::store_unavailable, {{"problem", path + ": " + std::strerror(error)}});
}

}  // namespace

LockFile::LockFile(std::string path) : path_(std::move(path)) {}

LockFile::~LockFile() {
  if (fd_ >= 0) ::close(fd_);
}

void LockFile::open() {
  if (fd_ >= 0) return;
  fd_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
  if (fd_ >= 0) {
    struct stat facts {};
    if (::fstat(fd_, &facts) == 0) id_ = {facts.st_dev, facts.st_ino};
    return;
  }
  switch (errno) {
    case EROFS:
      throw Error(errors::store_read_only, {{"path", path_}});
    case EACCES:
    case EPERM:
    case ELOOP:
      throw Error(errors::store_permission, {{"path", path_}});
    case ENOSPC:
    case EDQUOT:
      throw Error(errors::store_full, {{"path", path_}});
    default:
      fail(path_, errno);
  }
}

milliseconds LockFile::acquire(milliseconds limit) {
  if (std::exchange(had_long_turn_, false)) std::this_thread::sleep_for(kRoom);
  milliseconds waited = wait_for_turn(limit, milliseconds{0});
  while (!in_place()) {
    renewed_ = had_turn_;
    ::close(std::exchange(fd_, -1));
    waited += wait_for_turn(limit, waited);
  }
  had_turn_ = true;
  turn_began_ = std::chrono::steady_clock::now();
  std::array<char, kNoteBytes> note;
  note.fill(' ');
  std::string const pid = std::to_string(::getpid());
  std::memcpy(note.data(), pid.data(), std::min(pid.size(), kNoteBytes - 1));
  note.back() = '\n';
  // Only for the message of those who wait: a full disk must not stop a write that needs no room.
  [[maybe_unused]] ssize_t const written = ::pwrite(fd_, note.data(), note.size(), 0);
  return waited;
}

milliseconds LockFile::wait_for_turn(milliseconds limit, milliseconds waited) {
  open();
  // Usually it is free, and no thread is needed. `flock` instead of `fcntl`: such a lock belongs to this descriptor,
  // and another one of the same process neither shares nor drops it.
  if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return milliseconds{0};
  if (errno != EWOULDBLOCK && errno != EINTR) {
    fail(path_, errno);
  }
  auto const start = std::chrono::steady_clock::now();
  if (limit <= waited || !wait_in_queue(limit - waited)) {
    throw Error(errors::store_locked, {{"seconds", std::to_string(limit.count() / 1000)}, {"holder", holder()}});
  }
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
}

bool LockFile::wait_in_queue(milliseconds limit) {
  auto const place = std::make_shared<Place>();
  // The waiting thread cannot be stopped, so the descriptor is its own until it answers.
  place->fd = std::exchange(fd_, -1);
  try {
    base::start_quiet_thread([place] { stand_in_queue(place); }).detach();
  } catch (std::system_error const& failure) {
    fd_ = place->fd;
    throw Error(errors::store_unavailable, {{"problem", std::string("cannot wait for the lock: ") + failure.what()}});
  }
  std::unique_lock guard(place->guard);
  auto const end = std::chrono::steady_clock::now() + limit;
  while (!place->answered && base::interrupting_signal == 0 && std::chrono::steady_clock::now() < end)
    place->changed.wait_until(guard, std::min(end, std::chrono::steady_clock::now() + kLook));
  if (!place->answered) {
    place->given_up = true;
    base::check_interruption();
    return false;
  }
  fd_ = place->fd;
  if (place->error != 0) {
    fail(path_, place->error);
  }
  return true;
}

void LockFile::release() noexcept {
  // The file stays: removing it would split the queue, since those who wait hold the old one open.
  if (fd_ < 0) return;
  ::flock(fd_, LOCK_UN);
  had_long_turn_ = std::chrono::steady_clock::now() - turn_began_ >= kLongTurn;
}

void LockFile::renew() {
  DraftFile draft(path_, DraftFile::Over::existing);
  LockFile next(draft.path());
  next.open();
  if (::flock(next.fd_, LOCK_EX | LOCK_NB) != 0) fail(path_, errno);
  draft.publish();
  ::close(std::exchange(fd_, std::exchange(next.fd_, -1)));  // who waits there goes on to the new one
  id_ = next.id_;
}

std::string LockFile::holder() const {
  auto const pid = base::parse_integer(read_start(path_), 1, 1 << 30);
  if (!pid) return "another program";
  std::string const number = std::to_string(*pid);
  std::string const command = read_start("/proc/" + number + "/comm");
  return "process " + number + (command.empty() ? "" : " (" + command + ")");
}

}  // namespace umsops::store
