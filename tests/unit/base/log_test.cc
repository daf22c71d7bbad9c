#include "base/log.h"

namespace cumulite::base {
namespace {

class LogTest : public testing::Test {
 protected:
  ~LogTest() override { SetLogLevel(LogLevel::kInfo); }
};

/// Counts how often it is formatted.
struct Counted {
  int* formatted;
};

}  // namespace
}  // namespace cumulite::base

template <>
struct fmt::formatter<cumulite::base::Counted> {
  constexpr auto parse(format_parse_context& context) { return context.begin(); }
  auto format(const cumulite::base::Counted& value, format_context& context) const {
    return fmt::format_to(context.out(), "{}", ++*value.formatted);
  }
};

namespace cumulite::base {
namespace {

TEST_F(LogTest, WritesOneLineWithTheNameAndTheLevelToStandardError) {
  testing::internal::CaptureStderr();
  Logger("sqs")->info("queue created name={} fifo={}", "orders", true);
  EXPECT_THAT(
      testing::internal::GetCapturedStderr(),
      testing::MatchesRegex("[0-9-]{10}T[0-9:.]{12}Z info sqs queue created name=orders fifo=true\n"));
}

TEST_F(LogTest, ADisabledLevelFormatsNothing) {
  int formatted = 0;
  testing::internal::CaptureStderr();
  SetLogLevel(LogLevel::kWarn);
  Logger("sqs")->info("{}", Counted{&formatted});
  EXPECT_EQ(formatted, 0);
  Logger("sqs")->warn("{}", Counted{&formatted});
  EXPECT_EQ(formatted, 1);
  SetLogLevel(LogLevel::kOff);
  Logger("sqs")->error("{}", Counted{&formatted});
  EXPECT_EQ(formatted, 1);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::EndsWith("Z warning sqs 1\n"));
}

TEST_F(LogTest, NoValueBreaksTheLine) {
  testing::internal::CaptureStderr();
  Logger("s3")->info("key={}", "a\r\nb\x1b[31m\t\xc3\xa9");
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::EndsWith("key=a??b?[31m?\xc3\xa9\n"));
}

TEST_F(LogTest, EventsQuoteWhatWouldBreakTheirFields) {
  testing::internal::CaptureStderr();
  const LogField fields[] = {{"code", "NoSuchKey"}, {"resource", ""}, {"message", "no \"such\"\nkey"}};
  Logger("server")->Event(LogLevel::kInfo, "request failed", fields);
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::EndsWith("request failed code=NoSuchKey message=\"no \\\"such\\\"?key\"\n"));
}

TEST_F(LogTest, JsonLinesAreObjects) {
  SetLogFormat(LogFormat::kJson);
  testing::internal::CaptureStderr();
  const LogField fields[] = {{"code", "NoSuchKey"}};
  Logger("server")->Event(LogLevel::kInfo, "request failed", fields);
  Logger("s3")->info("path=\"{}\"", "C:\\x");
  const std::string lines = testing::internal::GetCapturedStderr();
  SetLogFormat(LogFormat::kText);
  EXPECT_THAT(lines, testing::HasSubstr(
                         R"("level":"info","log":"server","message":"request failed","code":"NoSuchKey"})"));
  EXPECT_THAT(lines, testing::HasSubstr(R"("log":"s3","message":"path=\"C:\\x\""})"));
}

TEST_F(LogTest, AServiceKeepsItsLog) { EXPECT_EQ(Logger("sqs"), Logger("sqs")); }

}  // namespace
}  // namespace cumulite::base
