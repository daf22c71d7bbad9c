#pragma once
#include "services/sqs/queue_store.h"
#include "services/storage/error.h"
#include "tests/support/failing_vfs.h"

namespace cumulite::sqs {

/// From now on nothing more can be queued for the writer, whose disk stands still until faults.Release().
inline void FillWriter(QueueStore& store, storage::Faults& faults) {
  faults.held = true;
  store.JournalTags(1, {{"k", "v"}});
  faults.AwaitStanding();  // before, the writer would still make room
  try {
    for (;;) store.JournalForgetMoveTask("none");
  } catch (const storage::QueueFull&) {
  }
}

}  // namespace cumulite::sqs
