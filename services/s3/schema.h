#pragma once
#include <span>

#include "services/storage/database.h"

namespace cumulite::s3 {

/// The tables of s3.db; append only.
std::span<const storage::Migration> Migrations();

}  // namespace cumulite::s3
