#pragma once
#include <string_view>
#include <type_traits>

#include "protocol/context.h"
#include "protocol/members.h"
#include "runtime/task.h"

namespace cumulite::protocol {

/// Reads one request into a struct and writes one response from a struct, by their tables.
/// rpc.h chooses the implementation by the protocol of the request.
class Codec {
 public:
  virtual ~Codec() = default;
  /// Errors: AwsError for what the tables forbid (missing, wrong type, out of range).
  virtual void Decode(void* request, Members members) = 0;
  virtual void Encode(const void* response, Members members) = 0;
};

/// One row of a service's operation table. A handler is
///   Task<XResponse> X(Service&, const RequestContext&, XRequest)
/// and Operation::Of<&X>("X") is all that registers it, unless its IAM action is another one's, as a batch's
/// is, or those may call it who do not sign: Of<&XBatch>("XBatch").Action("X"), Of<&X>("X").Anonymous().
struct Operation {
  std::string_view name;
  Members (*request)();
  Members (*response)();
  runtime::Task<void> (*invoke)(void* service, const RequestContext& context, Codec& codec);
  std::string_view action;  // what IAM calls it, without the service
  bool anonymous = false;   // strict mode lets calls without a signature reach the handler

  constexpr Operation Action(std::string_view iam_action) const {
    Operation changed = *this;
    changed.action = iam_action;
    return changed;
  }
  constexpr Operation Anonymous() const {
    Operation changed = *this;
    changed.anonymous = true;
    return changed;
  }

  template <auto Handler>
  static constexpr Operation Of(std::string_view name);
};

namespace detail {
template <class T>
struct HandlerTraits;
template <class S, class Request, class Response>
struct HandlerTraits<runtime::Task<Response> (*)(S&, const RequestContext&, Request)> {
  using Service = S;
  using Req = Request;
  using Resp = Response;
};

template <auto Handler>
runtime::Task<void> Invoke(void* service, const RequestContext& context, Codec& codec) {
  using Traits = HandlerTraits<decltype(Handler)>;
  typename Traits::Req request;
  codec.Decode(&request, Traits::Req::Describe());
  runtime::Task<typename Traits::Resp> task =
      Handler(*static_cast<typename Traits::Service*>(service), context, std::move(request));
  const typename Traits::Resp response = co_await task;
  codec.Encode(&response, Traits::Resp::Describe());
}
}  // namespace detail

template <auto Handler>
constexpr Operation Operation::Of(std::string_view name) {
  using Traits = detail::HandlerTraits<decltype(Handler)>;
  return {name, &Traits::Req::Describe, &Traits::Resp::Describe, &detail::Invoke<Handler>, name};
}

}  // namespace cumulite::protocol
