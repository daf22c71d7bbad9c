#include "net/resolver.h"

#include <netdb.h>
#include <pthread.h>

#include <cstring>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "runtime/loop.h"

namespace cumulite::net {
namespace {
using boost::asio::ip::tcp;
namespace ip = boost::asio::ip;

/// A name server that does not answer holds a thread for its time-out.
constexpr std::size_t kMaxThreads = 8;

bool IsLocalhost(std::string_view host) { return host == "localhost" || host.ends_with(".localhost"); }

Resolver::Found Ask(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  Resolver::Found found;
  if (const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list); error != 0) {
    found.error = ::gai_strerror(error);
    return found;
  }
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    tcp::endpoint endpoint;
    if (entry->ai_addrlen > endpoint.capacity()) continue;
    std::memcpy(endpoint.data(), entry->ai_addr, entry->ai_addrlen);
    endpoint.resize(entry->ai_addrlen);
    endpoint.port(port);
    found.endpoints.push_back(endpoint);
  }
  ::freeaddrinfo(list);
  if (found.endpoints.empty()) found.error = "no address";
  return found;
}
}  // namespace

struct LookupJob {
  std::string host;
  std::uint16_t port = 0;
  std::mutex mutex;
  runtime::Loop* loop = nullptr;  // guarded: null once nobody waits
  Resolver::Found found;          // the worker's until it posts, then the waiter's
  std::coroutine_handle<> waiter;

  void Resume() {
    if (const auto resumed = std::exchange(waiter, nullptr)) resumed.resume();
  }
};

struct Resolver::State {
  std::mutex mutex;
  std::deque<std::shared_ptr<LookupJob>> queue;
  std::size_t threads = 0;
};

Resolver::Resolver() : state_(std::make_shared<State>()) {}

Resolver::~Resolver() {
  const std::scoped_lock lock(state_->mutex);
  state_->queue.clear();
}

void Resolver::Submit(std::shared_ptr<LookupJob> job) {
  const std::scoped_lock lock(state_->mutex);
  if (state_->threads < kMaxThreads) {
    // Detached, and holding what it needs: getaddrinfo cannot be told to stop, and nobody should wait for it.
    std::thread([state = state_] { Work(state); }).detach();
    ++state_->threads;
  }
  state_->queue.push_back(std::move(job));
}

void Resolver::Work(const std::shared_ptr<State>& state) {
  ::pthread_setname_np(::pthread_self(), "resolver");
  std::unique_lock lock(state->mutex);
  while (!state->queue.empty()) {
    const std::shared_ptr<LookupJob> job = std::move(state->queue.front());
    state->queue.pop_front();
    lock.unlock();
    Found found = Ask(job->host, job->port);
    {
      const std::scoped_lock job_lock(job->mutex);
      if (job->loop != nullptr) {
        job->found = std::move(found);
        std::exchange(job->loop, nullptr)->Post([job] { job->Resume(); });
      }
    }
    lock.lock();
  }
  --state->threads;
}

Resolver::Lookup::Lookup(Resolver& resolver, std::string host, std::uint16_t port)
    : resolver_(resolver), job_(std::make_shared<LookupJob>()) {
  job_->host = std::move(host);
  job_->port = port;
}

bool Resolver::Lookup::await_ready() {
  boost::system::error_code not_an_address;
  const ip::address address = ip::make_address(job_->host, not_an_address);
  if (!not_an_address) {
    job_->found.endpoints = {{address, job_->port}};
  } else if (IsLocalhost(job_->host)) {
    job_->found.endpoints = {{ip::address_v4::loopback(), job_->port},
                             {ip::address_v6::loopback(), job_->port}};
  }
  return !job_->found.endpoints.empty();
}

void Resolver::Lookup::await_suspend(std::coroutine_handle<> waiter) {
  runtime::Loop& loop = runtime::Loop::Current();
  job_->waiter = waiter;
  job_->loop = &loop;
  try {
    resolver_.Submit(job_);
  } catch (const std::system_error& failure) {
    job_->found.error = failure.what();
    job_->loop = nullptr;
    loop.Post([job = job_] { job->Resume(); });
  }
}

Resolver::Found Resolver::Lookup::await_resume() { return std::move(job_->found); }

void Resolver::Lookup::Abandon() {
  const std::scoped_lock lock(job_->mutex);
  if (job_->loop == nullptr) return;  // the answer is on its way
  job_->found.error = "given up";
  std::exchange(job_->loop, nullptr)->Post([job = job_] { job->Resume(); });
}

}  // namespace cumulite::net
