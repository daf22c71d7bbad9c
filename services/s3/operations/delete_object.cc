#include "services/s3/operations/delete_object.h"

#include "services/s3/attribute_headers.h"
#include "services/s3/event_log.h"
#include "services/s3/header_rules.h"

namespace cumulite::s3 {

runtime::Task<void> DeleteObject(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const Bypass bypass = ReadBypass(call, *bucket);
  std::vector<Deletion> deletions;
  Deletion& deletion = deletions.emplace_back();
  deletion.key = call.key();
  deletion.version = call.Version();
  if (const auto if_match = call.Header("If-Match")) deletion.if_match = *if_match;
  EventScope events(call, *bucket, EventCause::kDelete);
  runtime::Task<ObjectStore::DeleteResult> deleting =
      call.s3.objects().Delete(*bucket, deletions, bypass, call.Now(), &events);
  ObjectStore::DeleteResult result = co_await deleting;
  events.Wake();
  call.s3.content().Discard(std::move(result.dropped));
  const Deleted& deleted = result.entries.front();
  if (deleted.refusal) throw *deleted.refusal;
  protocol::HttpResponse& response = call.response();
  response.status = 204;
  if (deleted.delete_marker) response.AddHeader("x-amz-delete-marker", "true");
  if (!deleted.version_id.empty()) AddVersionHeader(response, *bucket, deleted.version_id);
}

}  // namespace cumulite::s3
