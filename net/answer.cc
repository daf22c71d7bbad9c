#include "net/answer.h"

namespace cumulite::net {

bool AnswerHasBody(const protocol::HttpRequest& request, const protocol::HttpResponse& response) {
  return request.method != "HEAD" && response.status != 204 && response.status != 304;
}

std::optional<std::uint64_t> AnswerLength(const protocol::HttpResponse& response) {
  if (response.announced_length) return response.announced_length;
  if (response.source) return response.source->content_length();
  std::uint64_t length = response.body.size();
  for (const protocol::FileSegment& file : response.files) length += file.size();
  return length;
}

bool AnswerTellsLength(const protocol::HttpResponse& response) {
  return response.status >= 200 && response.status != 204 &&
         (response.status != 304 || response.announced_length);
}

void AnswerAsServer(protocol::HttpResponse& response) {
  response.AddHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
}

}  // namespace cumulite::net
