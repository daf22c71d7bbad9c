#include "server/service_slot.h"

#include <chrono>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace cumulite::server {

ServiceSlot::ServiceSlot(const ServiceDescriptor& descriptor, const Environment& environment)
    : descriptor_(descriptor), environment_(environment), openers_(environment.workers) {}

runtime::Task<services::Service*> ServiceSlot::Open() {
  static constexpr std::chrono::hours kLong{24};  // an opening always ends and wakes those who wait
  for (;;) {
    runtime::Signal::Subscription waiting(settled_);
    if (services::Service* const service = opened()) co_return service;
    if (!opening_.exchange(true)) break;
    co_await waiting.Until(environment_.clock.Now() + kLong, nullptr);
  }
  std::exception_ptr failure;
  try {
    runtime::Task<void> opening = OpenNow();
    co_await opening;
  } catch (const std::exception& error) {
    failure = std::current_exception();
    base::Logger("server")->error("service not opened service={} cause={}", name(), error.what());
  }
  opening_ = false;
  opening_.notify_all();
  settled_.NotifyAll();
  if (failure) std::rethrow_exception(failure);
  co_return opened();
}

runtime::Task<void> ServiceSlot::OpenNow() {
  const auto start = std::chrono::steady_clock::now();
  // Another opening may have ended between the caller's look and its turn.
  if (opened() != nullptr) co_return;
  if (closed_) throw std::runtime_error("the server stops");
  auto open = [this] { return descriptor_.open(environment_); };
  service_ = co_await openers_.Run(std::move(open));
  try {
    service_->Start();
  } catch (...) {
    service_.reset();
    throw;
  }
  opened_.store(service_.get(), std::memory_order_release);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  base::Logger("server")->debug("service opened service={} ms={:.1f}", name(), took.count());
}

void ServiceSlot::Close() {
  closed_ = true;
  opening_.wait(true);
}

bool ServiceSlot::HasState() const {
  if (opened() != nullptr) return true;
  std::error_code unreadable;
  return !descriptor_.file.empty() &&
         std::filesystem::exists(environment_.data.path() / descriptor_.file, unreadable);
}

void ServiceSlot::RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) const {
  if (descriptor_.render_error != nullptr) return descriptor_.render_error(error, exchange);
  const protocol::RpcModel* const routed = exchange.route.model;
  protocol::RenderRpcError(routed == nullptr ? *descriptor_.models.front() : *routed, error, exchange);
}

runtime::Task<services::Service*> OpenedOrNull(ServiceSlot& slot) {
  if (services::Service* const open = slot.opened()) co_return open;
  try {
    runtime::Task<services::Service*> opening = slot.Open();
    co_return co_await opening;
  } catch (const std::exception&) {
    co_return nullptr;
  }
}

}  // namespace cumulite::server
