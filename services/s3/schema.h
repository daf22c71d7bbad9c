#pragma once
#include <span>

#include "base/clock.h"
#include "services/storage/database.h"

namespace cumulite::s3 {

/// The tables of s3.db; append only.
std::span<const storage::Migration> Migrations();

/// The moment that a column ..._at_ms holds.
inline base::TimePoint Milliseconds(std::int64_t value) {
  return base::TimePoint(std::chrono::milliseconds(value));
}

}  // namespace cumulite::s3
