#pragma once
// Asio and Beast cost seconds a translation unit; server/ parses them once.
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>
