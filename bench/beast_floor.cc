// A bare Boost.Beast server in the usual pattern (a fresh string body, header map and timer for every
// request), with the threads and socket options of Cumulite: what the plain library costs. beast_floor PORT
// THREADS
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <memory>
#include <thread>
#include <vector>

namespace {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr std::string_view kAnswer = R"({"status":"ok","services":{"s3":"running","sqs":"running"}})";

asio::awaitable<void> Serve(tcp::socket socket) {
  beast::tcp_stream stream(std::move(socket));
  stream.socket().set_option(tcp::no_delay(true));
  beast::flat_buffer buffer;
  try {
    for (;;) {
      http::request<http::string_body> request;
      stream.expires_after(std::chrono::seconds(30));
      co_await http::async_read(stream, buffer, request, asio::use_awaitable);
      http::response<http::string_body> response(http::status::ok, request.version());
      response.set(http::field::content_type, "application/json");
      response.body() = kAnswer;
      response.prepare_payload();
      stream.expires_after(std::chrono::seconds(30));
      co_await http::async_write(stream, response, asio::use_awaitable);
    }
  } catch (const std::exception&) {
    // The client left.
  }
}

asio::awaitable<void> Accept(tcp::acceptor& acceptor, std::vector<std::unique_ptr<asio::io_context>>& loops) {
  for (std::size_t turn = 0;; ++turn) {
    asio::io_context& loop = *loops[turn % loops.size()];
    tcp::socket socket = co_await acceptor.async_accept(loop, asio::use_awaitable);
    asio::co_spawn(loop, Serve(std::move(socket)), asio::detached);
  }
}
}  // namespace

int main(int, char** argv) {
  const auto port = static_cast<std::uint16_t>(std::stoi(argv[1]));
  std::vector<std::unique_ptr<asio::io_context>> loops;
  for (int i = 0; i < std::stoi(argv[2]); ++i) loops.push_back(std::make_unique<asio::io_context>(1));
  tcp::acceptor acceptor(*loops[0], tcp::endpoint(asio::ip::address_v4::loopback(), port));
  asio::co_spawn(*loops[0], Accept(acceptor, loops), asio::detached);
  std::vector<std::thread> threads;
  for (auto& loop : loops) {
    threads.emplace_back([&loop] {
      const auto work = asio::make_work_guard(*loop);
      loop->run();
    });
  }
  for (auto& thread : threads) thread.join();
}
