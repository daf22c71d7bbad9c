#pragma once
#include <list>
#include <optional>

#include "net/http_client.h"
#include "net/resolver.h"
#include "net/stream.h"
#include "net/watched.h"

namespace cumulite::net {

class Http2Stream;
class IoLoop;

/// Breaks a call off when its time is over, its Cancel is requested or the server stops: whatever it waits
/// for then ends at once with an error, and `cause` says which. Thread: the call's loop.
class CallGuard final : public Watched {
 public:
  CallGuard(IoLoop& loop, const HttpCall& call);
  ~CallGuard() override { End(); }

  IoLoop& loop() { return loop_; }
  /// Why the call was broken off, if it was.
  std::optional<HttpError::Kind> cause() const { return cause_; }
  void Break(HttpError::Kind cause);
  /// The call is over: nothing of it is watched any more.
  void End();

  /// What to abort; null when it ends.
  void Use(Stream* stream) { stream_ = stream; }
  void Use(Http2Stream* stream) { http2_ = stream; }
  void Use(Resolver::Lookup* lookup) { lookup_ = lookup; }

  /// Connecting has until then.
  void BeginConnect();
  void EndPhase();
  /// One of several attempts, of which `left` are left with this one: when its share of the time is over, the
  /// stream is aborted without breaking off the call.
  void BeginAttempt(std::size_t left);
  /// Something is to arrive within the progress time-out.
  void ExpectProgress();
  /// Meanwhile it is not the peer who keeps us waiting; what was sent then is progress, too.
  void BeginWaitForSource() { waits_for_source_ = true; }
  void EndWaitForSource();

  // Watched
  Deadline deadline() const override;
  bool Expired(Deadline now) override;
  void Abort() override { Break(HttpError::Kind::kClosed); }

 private:
  Deadline After(std::chrono::milliseconds time) const;
  Deadline PhaseUntil() const { return waits_for_source_ ? Deadline::max() : phase_until_; }

  IoLoop& loop_;
  const std::chrono::milliseconds connect_timeout_;
  const std::chrono::milliseconds progress_timeout_;
  const Deadline whole_until_;
  Deadline phase_until_ = Deadline::max();    // connecting, or progress
  Deadline attempt_until_ = Deadline::max();  // one address
  bool waits_for_source_ = false;
  Stream* stream_ = nullptr;
  Http2Stream* http2_ = nullptr;
  Resolver::Lookup* lookup_ = nullptr;
  std::optional<HttpError::Kind> cause_;
  std::optional<runtime::Cancel::Registration> cancel_;
  std::optional<std::list<Watched*>::iterator> position_;
};

}  // namespace cumulite::net
