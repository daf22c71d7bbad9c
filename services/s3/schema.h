#pragma once
#include <span>

#include "config/clock.h"
#include "services/storage/database.h"

namespace cumulite::s3 {

/// The tables of s3.db; append only.
std::span<const storage::Migration> Migrations();

/// The moment that a column ..._at_ms holds.
inline config::TimePoint Milliseconds(std::int64_t value) {
  return config::TimePoint(std::chrono::milliseconds(value));
}

}  // namespace cumulite::s3
