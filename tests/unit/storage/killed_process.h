#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

namespace cumulite::storage {

/// Runs `work` in a forked process that dies without running destructors, as by kill -9; gives what it said.
template <class F>
std::string InKilledProcess(F work) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) return "no pipe";
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string said = work();
    const bool written = ::write(pipe[1], said.data(), said.size()) == static_cast<ssize_t>(said.size());
    ::_exit(written ? 0 : 1);
  }
  ::close(pipe[1]);
  std::string said(4096, '\0');
  const ssize_t count = ::read(pipe[0], said.data(), said.size());
  ::close(pipe[0]);
  ::waitpid(child, nullptr, 0);
  said.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return said;
}

}  // namespace cumulite::storage
