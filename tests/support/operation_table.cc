#include "tests/support/operation_table.h"

namespace cumulite::test {

RpcCall OperationTableTest::CallOf(const protocol::RpcModel& model, std::string_view operation,
                                   std::string_view members) const {
  std::string filled(members);
  for (const auto& [name, value] : made_) {
    const std::string mark = "$" + name;
    for (std::size_t at = filled.find(mark); at != std::string::npos; at = filled.find(mark, at)) {
      filled.replace(at, mark.size(), value);
    }
  }
  EXPECT_EQ(filled.find('$'), std::string::npos) << "nothing is called so: " << filled;
  auto call = model.json_target.empty() ? RpcCall::Query(model, operation, filled)
                                        : RpcCall::Json(model, operation, "{" + filled + "}");
  call.clock = &clock_;
  return call;
}

std::string OperationTableTest::Make(services::Service& service, const protocol::RpcModel& model,
                                     std::string_view operation, std::string_view members) {
  const auto pending = CallOf(model, operation, members).Begin(service);
  loop_.RunUntil([&pending] { return pending->done(); });
  const RpcReply reply = pending->Reply();
  EXPECT_EQ(reply.status, 200) << operation << ' ' << reply.body;
  return reply.body;
}

}  // namespace cumulite::test
