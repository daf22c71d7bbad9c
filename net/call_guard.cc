#include "net/call_guard.h"

#include <algorithm>

#include "base/coarse_clock.h"
#include "net/http2_stream.h"
#include "net/io_loop.h"

namespace cumulite::net {

CallGuard::CallGuard(IoLoop& loop, const HttpCall& call)
    : loop_(loop),
      connect_timeout_(call.connect_timeout),
      progress_timeout_(call.progress_timeout),
      whole_until_(After(call.timeout)),
      position_(loop.Add(*this)) {
  loop_.Expect(deadline());
  if (call.cancel == nullptr) return;
  cancel_.emplace(*call.cancel, [this] { Break(HttpError::Kind::kCancelled); });
  if (call.cancel->requested()) Break(HttpError::Kind::kCancelled);
}

Watched::Deadline CallGuard::After(std::chrono::milliseconds time) const {
  return time.count() <= 0 ? Deadline::max() : base::CoarseSteadyNow() + time;
}

void CallGuard::Break(HttpError::Kind cause) {
  if (cause_) return;
  cause_ = cause;
  if (stream_ != nullptr) stream_->Abort();
  if (lookup_ != nullptr) lookup_->Abandon();
  if (Http2Stream* const stream = std::exchange(http2_, nullptr)) {
    // Not from here: whoever waits on the stream goes on at once, and ends this guard.
    loop_.Post([held = stream->shared_from_this()] { held->Abandon(NGHTTP2_CANCEL); });
  }
}

void CallGuard::End() {
  cancel_.reset();
  stream_ = nullptr;
  http2_ = nullptr;
  if (position_) loop_.Remove(*position_);
  position_.reset();
}

void CallGuard::BeginConnect() {
  phase_until_ = After(connect_timeout_);
  loop_.Expect(deadline());
}

void CallGuard::EndPhase() { phase_until_ = attempt_until_ = Deadline::max(); }

void CallGuard::BeginAttempt(std::size_t left) {
  const Deadline until = std::min(whole_until_, phase_until_);
  attempt_until_ = Deadline::max();
  if (left <= 1 || until == Deadline::max()) return;
  const Deadline now = std::chrono::steady_clock::now();
  attempt_until_ = now + (until - now) / static_cast<std::ptrdiff_t>(left);
  loop_.Expect(attempt_until_);
}

void CallGuard::ExpectProgress() {
  if (progress_timeout_.count() <= 0) return;
  phase_until_ = After(progress_timeout_);
  loop_.Expect(phase_until_);
}

void CallGuard::EndWaitForSource() {
  waits_for_source_ = false;
  if (phase_until_ != Deadline::max()) ExpectProgress();
}

Watched::Deadline CallGuard::deadline() const {
  if (cause_) return Deadline::max();
  return std::min({whole_until_, PhaseUntil(), attempt_until_});
}

bool CallGuard::Expired(Deadline now) {
  if (std::min(whole_until_, PhaseUntil()) <= now) {
    Break(HttpError::Kind::kTimeout);
  } else if (attempt_until_ <= now) {
    attempt_until_ = Deadline::max();
    if (stream_ != nullptr) stream_->Abort();
  }
  return false;
}

}  // namespace cumulite::net
