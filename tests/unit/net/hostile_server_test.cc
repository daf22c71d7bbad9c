// The outgoing client against servers that are slow, endless, huge, broken or lying.
#include <chrono>

#include "net/http_client.h"
#include "tests/unit/net/client_fixture.h"

namespace cumulite::net {
namespace {
using namespace std::chrono_literals;
using Kind = HttpError::Kind;

using HostileServerTest = ClientFixture;

std::function<void(RawPeer&)> SendingOnce(std::string bytes) {
  return [bytes](RawPeer& peer) {
    peer.ReadHead();
    peer.Send(bytes);
  };
}

TEST_F(HostileServerTest, SilenceEndsWithTheTimeOut) {
  RawServer server([](RawPeer& peer) { peer.WaitForEnd(); });
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Failure({.url = server.Url("/"), .timeout = 200ms}), Kind::kTimeout);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST_F(HostileServerTest, ATrickleDoesNotPushTheTimeOutOn) {
  RawServer server([](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    while (peer.Send("x")) std::this_thread::sleep_for(20ms);  // the trickle is what is tested
  });
  EXPECT_EQ(Failure({.url = server.Url("/"), .timeout = 300ms}), Kind::kTimeout);
}

TEST_F(HostileServerTest, ProgressIsAskedForWhileTheAnswerIsAwaited) {
  RawServer server([](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    peer.WaitForEnd();
  });
  EXPECT_EQ(Failure({.url = server.Url("/"), .timeout = 0ms, .progress_timeout = 200ms}), Kind::kTimeout);
}

TEST_F(HostileServerTest, EndlessAnswersAreCutOff) {
  const std::string piece(64 << 10, 'a');
  RawServer head([&](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nX: ");
    while (peer.Send(piece)) continue;
  });
  EXPECT_EQ(Failure({.url = head.Url("/")}), Kind::kTooLarge);
  RawServer fields([&](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\n");
    while (peer.Send("A: b\r\n")) continue;
  });
  EXPECT_EQ(Failure({.url = fields.Url("/")}), Kind::kTooLarge);
  RawServer body([&](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\n\r\n");
    while (peer.Send(piece)) continue;
  });
  EXPECT_EQ(Failure({.url = body.Url("/")}), Kind::kTooLarge);
  RawServer chunk([&](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;");
    while (peer.Send(piece)) continue;
  });
  EXPECT_EQ(Failure({.url = chunk.Url("/")}), Kind::kMalformed);
  RawServer interim([&](RawPeer& peer) {
    peer.ReadHead();
    while (peer.Send("HTTP/1.1 100 Continue\r\n\r\n")) continue;
  });
  EXPECT_EQ(Failure({.url = interim.Url("/")}), Kind::kMalformed);
}

TEST_F(HostileServerTest, AHugeLengthIsRefusedBeforeAnythingIsReserved) {
  RawServer server(SendingOnce("HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\nx"));
  EXPECT_EQ(Failure({.url = server.Url("/")}), Kind::kTooLarge);
}

TEST_F(HostileServerTest, BodiesUpToTheLimitArrive) {
  RawServer fits(SendingOnce("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
  EXPECT_TRUE(Send({.url = fits.Url("/"), .max_body = 5}).ok());
  RawServer too_large(SendingOnce("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!"));
  EXPECT_EQ(Failure({.url = too_large.Url("/"), .max_body = 5}), Kind::kTooLarge);
}

TEST_F(HostileServerTest, GarbageIsMalformed) {
  for (const std::string garbage :
       {"SSH-2.0-OpenSSH_9.2\r\n", "\x16\x03\x01\x02\x03", "HTTP/2 200\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 99 Low\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nA: b\nB: c\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n", "HTTP/1.1 200 OK\r\nA\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\na",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\na",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabXX0\r\n\r\n"}) {
    RawServer server(SendingOnce(garbage));
    EXPECT_EQ(Failure({.url = server.Url("/"), .timeout = 5s}), Kind::kMalformed) << garbage;
  }
}

TEST_F(HostileServerTest, WhatBreaksOffIsClosed) {
  for (const std::string half : {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
                                 "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
    RawServer server(SendingOnce(half));
    EXPECT_EQ(Failure({.url = server.Url("/")}), Kind::kClosed) << half;
  }
}

TEST_F(HostileServerTest, ClosingWithoutReadingIsClosed) {
  RawServer server([](RawPeer&) {});
  EXPECT_EQ(Failure({.method = "POST", .url = server.Url("/"), .body = std::string(8 << 20, 'x')}),
            Kind::kClosed);
}

TEST_F(HostileServerTest, NobodyThereIsConnect) {
  std::string url;
  {
    RawServer server([](RawPeer&) {});
    url = server.Url("/");
  }
  EXPECT_EQ(Failure({.url = url}), Kind::kConnect);
}

TEST_F(HostileServerTest, ANameWithoutAddressIsDns) {
  EXPECT_EQ(Failure({.url = "http://no-such-host.invalid/"}), Kind::kDns);
}

TEST_F(HostileServerTest, LocalhostAndNamesBelowItAreLoopback) {
  RawServer server(SendingOnce("HTTP/1.1 204 No Content\r\n\r\n"));
  const std::string port = std::to_string(server.port());
  EXPECT_TRUE(Get("http://localhost:" + port + "/").ok());
  EXPECT_TRUE(Get("http://web-1.elb.LOCALHOST:" + port).ok());
}

TEST_F(HostileServerTest, RedirectsAreFollowedAsOftenAsTheCallerSays) {
  RawServer server([](RawPeer& peer) {
    while (!peer.ReadHead().empty()) {
      peer.Send("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 3\r\n\r\nhop");
    }
  });
  EXPECT_EQ(Get(server.Url("/")).answer().url, server.Url("/"));
  HttpResult followed = Send({.url = server.Url("/"), .max_redirects = 5});
  ASSERT_TRUE(followed.ok());
  EXPECT_EQ(followed.answer().status, 302);
  EXPECT_EQ(followed.answer().url, server.Url("/again"));
  EXPECT_EQ(server.accepted(), 1);
  Stop();
}

TEST_F(HostileServerTest, RedirectsKeepTheMethodOrNotAndNeverGiveCredentialsAway) {
  std::vector<std::string> heads;
  RawServer target([&](RawPeer& peer) {
    for (std::string head; !(head = peer.ReadHead()).empty();) {
      heads.push_back(head);
      if (head.starts_with("PUT")) peer.ReadBytes(4);
      peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
  });
  RawServer first([&](RawPeer& peer) {
    const std::string head = peer.ReadHead();
    peer.ReadBytes(4);
    const std::string status = head.starts_with("PUT") ? "307 Temporary Redirect" : "303 See Other";
    peer.Send("HTTP/1.1 " + status +
              "\r\nConnection: close\r\nContent-Length: 0\r\nLocation: " + target.Url("/there") + "\r\n\r\n");
  });
  for (const std::string method : {"PUT", "POST"}) {
    EXPECT_EQ(Send({.method = method,
                    .url = first.Url("/"),
                    .headers = {{"Authorization", "secret"}, {"X-Kept", "yes"}},
                    .body = "body",
                    .max_redirects = 1})
                  .answer()
                  .status,
              200);
  }
  Stop();
  ASSERT_EQ(heads.size(), 2u);
  const std::string host = "Host: 127.0.0.1:" + std::to_string(target.port()) + "\r\n";
  EXPECT_EQ(heads[0], "PUT /there HTTP/1.1\r\nX-Kept: yes\r\n" + host + "Content-Length: 4\r\n\r\n");
  EXPECT_EQ(heads[1], "GET /there HTTP/1.1\r\nX-Kept: yes\r\n" + host + "\r\n");
}

TEST_F(HostileServerTest, RedirectsToElsewhereThanHttpAreAnswers) {
  RawServer server([](RawPeer& peer) {
    while (!peer.ReadHead().empty()) {
      peer.Send("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
    }
  });
  EXPECT_EQ(Send({.url = server.Url("/"), .max_redirects = 5}).answer().status, 302);
  Stop();
}

}  // namespace
}  // namespace cumulite::net
