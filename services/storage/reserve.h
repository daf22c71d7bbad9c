#pragma once
#include <cstdint>
#include <filesystem>
#include <utility>

namespace cumulite::storage {

/// Space on the disk that is set aside in a file, to be given up when there is no other.
///
/// Thread: one.
class Reserve {
 public:
  /// `most_bytes` 0: nothing is ever set aside.
  Reserve(std::filesystem::path file, std::uint64_t most_bytes)
      : file_(std::move(file)), most_bytes_(most_bytes) {}

  bool wanted() const { return most_bytes_ != 0; }
  bool held() const { return held_; }

  /// Sets space aside: a sixteenth of what is free, so that there is room besides. False when that is too
  /// little to be of use.
  bool Take();
  /// Gives it up; false when there was nothing to give, for instance since it was given up before.
  bool GiveUp();

  /// Bytes that are free on the disk of a file.
  static std::uint64_t SpaceAt(const std::filesystem::path& file);

 private:
  const std::filesystem::path file_;
  const std::uint64_t most_bytes_;
  bool held_ = false;
};

}  // namespace cumulite::storage
